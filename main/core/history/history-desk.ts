import type {
  HistoryCall,
  HistoryFilter,
  HistoryHours,
  HistoryTotals,
  Party,
  Settings,
} from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { CoreError } from '../errors.ts'
import type { CallStore, Clock, HistoryQuery, HistoryStore, StoredHistoryEntry } from '../ports/index.ts'
import { stepsOf } from './call-steps.ts'
import { type Archive, exportCalls } from './export.ts'
import { type CanonicalsOf, historyQuery } from './search-terms.ts'

export interface HistoryDeskDeps {
  clock: Clock
  store: HistoryStore
  calls: Pick<CallStore, 'get'>
  /** Numbers of the people in the directory whom a word fits. */
  canonicalsOf: CanonicalsOf
  /** Canonical numbers of somebody in the directory. */
  numbersOf(person: number): string[]
  identify(number: string): Party
  groupName(id: string): string | null
  extensionName(extension: string): string | null
  /** What a system's manual says of a cause. Loaded with the first row that has one. */
  explain(system: string): Promise<ExplainCause>
  archive: Archive
  settings(): Settings
  update(patch: Record<string, unknown>): Promise<void>
  /** Ask every system now. */
  sync(): void
  cancelSync(): void
}

type Sentence = { zh: string; en: string }
export type ExplainCause = (code: string) => Sentence | null

/** Calls in one piece of an export. */
const exportRows = 2000
const otherCalls = 50
/** The offices this is made for keep one time; the PBX's log does too. */
const officeOffsetMs = 8 * 3_600_000

/** The history as the page asks for it. Long looks are cut into short ones, so that nothing else waits for them. */
export function createHistoryDesk(deps: HistoryDeskDeps): Desk['history'] {
  const { clock, store } = deps
  const explainers = new Map<string, ExplainCause>()

  /** Let everything else that is due run first. */
  const pause = () => new Promise<void>((resolve) => void clock.after(0, resolve))

  async function queryOf(filter: HistoryFilter, before: HistoryQuery['before'], limit: number): Promise<HistoryQuery> {
    return { ...(await historyQuery(filter, deps)), before, limit }
  }

  /** A full page, unless the end comes first. */
  async function page(query: HistoryQuery): Promise<{ rows: HistoryCall[]; next: HistoryQuery['before'] }> {
    const rows: StoredHistoryEntry[] = []
    let before = query.before
    for (;;) {
      const slice = store.slice({ ...query, before, limit: query.limit - rows.length })
      rows.push(...slice.rows)
      before = slice.next
      if (before === null || rows.length >= query.limit) return { rows: await toCalls(rows), next: before }
      await pause()
    }
  }

  async function* pages(query: HistoryQuery): AsyncGenerator<HistoryCall[], void> {
    for (let before = query.before; ; ) {
      const { rows, next } = await page({ ...query, before })
      yield rows
      if (next === null) return
      before = next
      await pause()
    }
  }

  async function totals(query: HistoryQuery, atMost: number | null, signal?: AbortSignal): Promise<HistoryTotals> {
    const sums = { calls: 0, answered: 0, missed: 0, talkSec: 0 }
    for (let before = query.before; ; ) {
      const slice = store.totalsSlice({ ...query, before })
      sums.calls += slice.calls
      sums.answered += slice.answered
      sums.missed += slice.missed
      sums.talkSec += slice.talkSec
      if (slice.next === null) return { ...sums, isComplete: true }
      if (atMost !== null && sums.calls >= atMost) return { ...sums, isComplete: false }
      if (signal?.aborted) throw new CoreError('cancelled')
      before = slice.next
      await pause()
    }
  }

  /** Counted as far as the totals are. */
  async function hours(query: HistoryQuery, atMost: number | null): Promise<HistoryHours> {
    const counts = Array.from({ length: 24 }, () => ({ answered: 0, missed: 0, failed: 0 }))
    let calls = 0
    for (let before = query.before; ; ) {
      const slice = store.hoursSlice({ ...query, before }, officeOffsetMs)
      for (const { hour, calls: found, ...more } of slice.hours) {
        const one = counts[hour]
        calls += found
        if (!one) continue
        one.answered += more.answered
        one.missed += more.missed
        one.failed += more.failed
      }
      if (slice.next === null) return { hours: counts, calls, isComplete: true }
      if (atMost !== null && calls >= atMost) return { hours: counts, calls, isComplete: false }
      before = slice.next
      await pause()
    }
  }

  function party(number: string, name: string | null): Party {
    const known = deps.identify(number)
    return known.name === null && name !== null ? { ...known, name, source: 'learned' } : known
  }

  async function toCalls(entries: StoredHistoryEntry[]): Promise<HistoryCall[]> {
    const wanted = new Set(entries.flatMap(({ causeCode, system }) => (causeCode === null ? [] : [system])))
    for (const system of wanted) if (!explainers.has(system)) explainers.set(system, await deps.explain(system))
    return entries.map(toCall)
  }

  function toCall(entry: StoredHistoryEntry): HistoryCall {
    const { causeCode, causeText, recording, recordingKind, number, name, canonical: _canonical, ...call } = entry
    const outside = party(number, name)
    const ours = party(entry.extension, null)
    const incoming = entry.direction === 'incoming'
    return {
      ...call,
      caller: incoming ? outside : ours,
      callee: incoming ? ours : outside,
      groupName: entry.group === null ? null : deps.groupName(entry.group),
      cause:
        causeCode === null && causeText === null
          ? null
          : {
              code: causeCode,
              text: causeText,
              explained: causeCode === null ? null : (explainers.get(entry.system)?.(causeCode) ?? null),
            },
      recording: recording === null ? null : { kind: recordingKind ?? '', reference: recording },
    }
  }

  const savedFilters = () => deps.settings().history.filters

  return {
    async search({ filter, before, limit }) {
      return page(await queryOf(filter, before ?? null, limit))
    },
    totals: async ({ filter, atMost }) => totals(await queryOf(filter, null, 1), atMost),
    hours: async ({ filter, atMost }) => hours(await queryOf(filter, null, 1), atMost),
    async get({ connection, callId }) {
      const entry = store.get(connection, callId)
      if (!entry) throw new CoreError('not-found', { field: 'callId', reason: 'no such call in the history' })
      const record = deps.calls.get(callId)
      const steps = record?.connection === connection ? stepsOf(record, deps.extensionName) : []
      const person = { ...nothingElse, canonicals: [entry.canonical], limit: otherCalls + 1 }
      const rows = entry.canonical === '' ? [] : store.slice(person).rows
      const others = rows.filter(({ row }) => row !== entry.row).slice(0, otherCalls)
      const [call, ...rest] = await toCalls([entry, ...others])
      return { call: call ?? toCall(entry), steps, others: rest }
    },
    async export({ filter, format }, signal) {
      const query = await queryOf(filter, null, exportRows)
      return exportCalls({
        format,
        locale: deps.settings().locale,
        utcOffsetMs: officeOffsetMs,
        now: clock.now(),
        pages: () => pages(query),
        count: async () => (await totals(query, null, signal)).calls,
        archive: deps.archive,
        signal,
      })
    },
    async saveFilter({ name, filter, period, insteadOf }) {
      const entry = { name, filter, period }
      const before = savedFilters()
      const place = before.findIndex((one) => one.name === (insteadOf ?? name))
      const others = before
        .map((one, at) => (at === place ? entry : one))
        .filter((one) => one === entry || one.name !== name)
      await deps.update({ history: { filters: place < 0 ? [...others, entry] : others } })
    },
    async removeFilter({ name }) {
      await deps.update({ history: { filters: savedFilters().filter((one) => one.name !== name) } })
    },
    sync: () => deps.sync(),
    cancelSync: () => deps.cancelSync(),
  }
}

/** A query that asks for nothing. */
export const nothingElse: Omit<HistoryQuery, 'limit'> = {
  terms: [],
  before: null,
  canonicals: null,
  connection: null,
  extension: null,
  group: null,
  direction: null,
  result: null,
  unhandled: false,
  toCallBack: false,
  tags: [],
  followUp: false,
  recorded: null,
  from: null,
  to: null,
  minDurationSec: null,
  maxDurationSec: null,
}
