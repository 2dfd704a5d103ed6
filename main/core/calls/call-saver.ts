import type { Clock, Log } from '../ports/index.ts'
import type { CallRecord } from './call-record.ts'
import { mostHeld } from './held-events.ts'

/** Written after this much quiet, ms… */
const gatherMs = 60
/**
 * …or after this long at the latest. The inbox already holds everything, so a burst must not compete with its own
 * commits, and a call that changes four times in it is written once.
 */
const gatherAtMostMs = 1500
const mostAtOnce = 500
/** Where so many cannot be read, trying more in this batch tells nothing new. */
const mostUnread = 10
/** Between two batches the event loop answers others, ms. */
const betweenBatchesMs = 5
const firstRetryMs = 1000
const lastRetryMs = 30_000

/** Writes changed calls: one batch under way at a time, so at most one pending write per call. */
export interface CallSaver {
  /** The call changed. */
  mark(callId: string): void
  /** Changed and not on disk yet. */
  isUnsaved(callId: string): boolean
  unsaved(): Iterable<string>
  /** The last write failed. */
  failing(): boolean
  forget(callId: string): void
  /** Resolves when no write is under way. */
  settled(): Promise<void>
  /** Write everything now; resolves also when that failed (it is retried). */
  flush(): Promise<void>
  /** Last write; the store's own close waits for it. */
  stop(): void
}

export function createCallSaver(deps: {
  clock: Clock
  log: Log
  /** `unread` = what the store has of it cannot be read now: written like this it would overwrite that. */
  recordOf(callId: string): CallRecord | 'unread' | null
  /** Inbox rows that are folded; handed over only with a batch that leaves nothing behind. */
  foldedThrough(): number | undefined
  save(records: CallRecord[], foldedThrough?: number): Promise<void>
  onSaved(): void
}): CallSaver {
  const { clock, log } = deps
  const marked = new Set<string>()
  const underWay = new Set<string>()
  let writing: Promise<void> | null = null
  let cancel: (() => void) | null = null
  let failures = 0
  let waitingSince = 0
  let markedAt = 0
  /** A call was given up for lack of memory: its inbox rows must be folded again at the next start. */
  let gaveUp = false
  let stopped = false

  function schedule(ms: number): void {
    if (cancel || writing || stopped || marked.size === 0) return
    waitingSince = clock.mono()
    wait(ms)
  }

  function wait(ms: number): void {
    cancel = clock.after(ms, () => {
      cancel = null
      const quietMs = clock.mono() - markedAt
      if (failures === 0 && quietMs < gatherMs && clock.mono() - waitingSince < gatherAtMostMs) wait(gatherMs - quietMs)
      else void write()
    })
  }

  function write(): Promise<void> {
    writing ??= writeBatch().finally(() => {
      writing = null
      schedule(failures === 0 ? betweenBatchesMs : Math.min(firstRetryMs * 2 ** (failures - 1), lastRetryMs))
    })
    return writing
  }

  /** Those that cannot be written yet stay marked, behind the others. */
  function takeBatch(): { records: CallRecord[]; unread: number } {
    const records: CallRecord[] = []
    const unread: string[] = []
    for (const callId of marked) {
      if (records.length === mostAtOnce || unread.length === mostUnread) break
      marked.delete(callId)
      const record = deps.recordOf(callId)
      if (record === 'unread') unread.push(callId)
      else if (record) {
        underWay.add(callId)
        records.push(record)
      }
    }
    for (const callId of unread) marked.add(callId)
    return { records, unread: unread.length }
  }

  async function writeBatch(): Promise<void> {
    const { records, unread } = takeBatch()
    if (unread > 0) failed(unread, 'what is stored of them cannot be read')
    if (records.length === 0) return
    const through = marked.size === 0 && !gaveUp ? deps.foldedThrough() : undefined
    try {
      await deps.save(records, through)
      if (unread === 0) {
        if (failures > 0) log.info('calls-saved-again', { calls: records.length })
        failures = 0
      }
      underWay.clear()
      deps.onSaved()
    } catch (error) {
      underWay.clear()
      for (const { callId } of records) marked.add(callId)
      failed(records.length, error instanceof Error ? error.message : 'unknown')
    }
  }

  function failed(calls: number, reason: string): void {
    if (failures === 0) log.error('calls-not-saved', { calls, reason })
    failures = Math.min(failures + 1, 10)
    bound()
  }

  function bound(): void {
    for (const callId of marked) {
      if (marked.size <= mostHeld) return
      marked.delete(callId)
      if (!gaveUp) log.error('calls-given-up', { kept: mostHeld })
      gaveUp = true
    }
  }

  return {
    mark(callId) {
      marked.add(callId)
      markedAt = clock.mono()
      if (failures > 0) bound()
      schedule(gatherMs)
    },
    isUnsaved: (callId) => marked.has(callId) || underWay.has(callId),
    unsaved: () => [...underWay, ...marked],
    failing: () => failures > 0,
    forget(callId) {
      marked.delete(callId)
    },
    settled: async () => {
      await writing
    },
    async flush() {
      cancel?.()
      cancel = null
      await writing
      do await write()
      while (marked.size > 0 && failures === 0)
    },
    stop() {
      cancel?.()
      stopped = true
      if (marked.size === 0) return
      const found = [...marked].flatMap((callId) => deps.recordOf(callId) ?? [])
      const records = found.filter((record) => record !== 'unread')
      const isAll = records.length === found.length && !gaveUp && !writing
      deps.save(records, isAll ? deps.foldedThrough() : undefined).catch((error: unknown) => {
        log.error('calls-not-saved', {
          calls: records.length,
          reason: error instanceof Error ? error.message : 'unknown',
        })
      })
    },
  }
}
