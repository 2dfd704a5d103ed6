import { directionOf, isMainLeg } from '../../../main/core/calls/call-parties.ts'
import type { CallRecord } from '../../../main/core/calls/call-record.ts'
import { deriveCall, isLive } from '../../../main/core/calls/call-state.ts'
import type { InboxEvent } from '../../../main/core/calls/inbox-event.ts'
import { CoreError } from '../../../main/core/errors.ts'
import type { Store } from '../../../main/core/ports/index.ts'
import { memoryPromptStore } from '../prompts/memory-prompt-store.ts'

export interface MemoryStore extends Omit<Store, 'dispositions' | 'people' | 'imports'> {
  readonly rows: InboxEvent[]
  readonly saved: Map<string, CallRecord>
  readonly saves: { callIds: string[]; foldedThrough: number | undefined }[]
  readonly counted: { lastTalk: number; get: number; missed: number }
  foldedThrough: number
  /** The disk is full: writes fail. */
  full: boolean
  /** The file is gone: reads fail too. */
  unreadable: boolean
}

/** Records are never changed, only replaced. */
const known = new WeakMap<CallRecord, ReturnType<typeof deriveCall>>()
function derived(record: CallRecord): ReturnType<typeof deriveCall> {
  const call = known.get(record) ?? deriveCall(record)
  known.set(record, call)
  return call
}

/** The store port in memory, with a switch for a full disk. */
export function createMemoryStore(): MemoryStore {
  const saved = new Map<string, CallRecord>()
  const rows: InboxEvent[] = []
  const write = () => {
    if (store.full) throw new CoreError('storage-failed', { reason: 'disk full' })
  }
  const read = () => {
    if (store.unreadable) throw new CoreError('storage-failed', { reason: 'unreadable' })
  }
  const byStart = (wanted: (record: CallRecord) => boolean = () => true) =>
    [...saved.values()].filter(wanted).sort((a, b) => derived(b).startedAt - derived(a).startedAt)
  const missedOf = (extensions: string[] | null, wanted?: (record: CallRecord) => boolean) =>
    byStart(wanted).filter(
      (record) =>
        derived(record).state === 'missed' &&
        directionOf(record.caller, record.legs) !== 'outgoing' &&
        record.handledAt === null &&
        (extensions === null || record.legs.some((leg) => !isMainLeg(leg) && extensions.includes(leg.extension))),
    )
  const store: MemoryStore = {
    rows,
    saved,
    saves: [],
    counted: { lastTalk: 0, get: 0, missed: 0 },
    foldedThrough: 0,
    full: false,
    unreadable: false,
    notices: [],
    inbox: {
      async append(event) {
        write()
        rows.push({ ...event, id: rows.length + 1 })
        return rows.length
      },
      newest: (limit) => rows.slice(-limit).reverse(),
      unfolded: () => rows.filter((row) => row.id > store.foldedThrough),
    },
    presence: { last: () => null, save: async () => write(), spans: () => [], forget: async () => write() },
    statistics: { tally: () => [] },
    prompts: memoryPromptStore(),
    pushes: {
      async add() {
        write()
        return true
      },
      list: () => [],
    },
    missed: {
      dealtWith: ({ limit }) =>
        byStart((record) => record.handledAt !== null && derived(record).state === 'missed')
          .slice(0, limit)
          .map((record) => ({ record, returned: null })),
      returnOf: () => null,
      attemptSince: () => null,
      unheard: () => [],
    },
    calls: {
      async save(records, foldedThrough) {
        await Promise.resolve()
        write()
        store.saves.push({ callIds: records.map((record) => record.callId), foldedThrough })
        for (const record of records) saved.set(record.callId, record)
        if (foldedThrough !== undefined) store.foldedThrough = foldedThrough
      },
      get(callId) {
        read()
        store.counted.get += 1
        return saved.get(callId) ?? null
      },
      open: () => byStart().filter((record) => isLive(derived(record).state)),
      list: (query) => ({
        rows: byStart().slice(0, query.limit),
        counts: { all: saved.size, missed: missedOf(query.missedExtensions).length, mine: 0, today: 0 },
        next: null,
      }),
      missed(query) {
        read()
        store.counted.missed += 1
        const all = missedOf(query.extensions)
        return { rows: all.slice(0, query.limit), count: all.length }
      },
      async setHandled(callId, handledAt) {
        write()
        const record = saved.get(callId)
        if (!record) throw new CoreError('not-found', { field: 'callId', reason: 'no such call' })
        saved.set(callId, { ...record, handledAt })
      },
      lastTalk(canonical, before) {
        read()
        store.counted.lastTalk += 1
        const call = byStart((record) => record.canonical === canonical)
          .map((record) => ({ record, call: derived(record) }))
          .find(({ call }) => call.answeredAt !== null && call.startedAt < before)
        return call
          ? {
              at: call.call.answeredAt ?? 0,
              extension: call.call.answeredBy,
              direction: call.record.direction,
              note: null,
            }
          : null
      },
      missedSince: (canonical, since, except) =>
        missedOf(null, (one) => one.canonical === canonical && one.callId !== except).filter(
          (one) => derived(one).startedAt >= since,
        ).length,
      together: (run) => run(),
      recentNumbers: () => [],
      async purge(connection) {
        for (const [callId, record] of saved) if (record.connection === connection) saved.delete(callId)
      },
    },
    directory: {
      lookup: () => null,
      save: async () => ({ id: 1 }),
      learn: async () => {},
      entered: () => [],
      version: () => 0,
    },
    retention: {
      count: () => ({ notes: 0, followUps: 0, openFollowUps: 0, names: 0, presence: 0 }),
      purge: async () => 0,
      scrub: async () => false,
      finish: () => undefined,
    },
    history: {
      save: async () => 0,
      reopen: async () => undefined,
      spans: () => [],
      oldestRunning: () => null,
      unheardMissed: () => ({ count: 0, from: 0, to: 0 }),
      get: () => null,
      slice: () => ({ rows: [], next: null }),
      hoursSlice: () => ({ hours: [], next: null }),
      totalsSlice: () => ({ calls: 0, answered: 0, missed: 0, talkSec: 0, next: null }),
      purge: async () => 0,
      compact: async () => false,
    },
    flush: async () => {},
    close: async () => {},
  }
  return store
}
