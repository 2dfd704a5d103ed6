import type { Log, Store } from '../ports/index.ts'
import type { CallRecord } from './call-record.ts'
import { deriveCall } from './call-state.ts'
import { isMissed, type PopScope } from './screen-pop.ts'

/** Rows read to count a scope that the store cannot filter by itself (my groups). */
const mostCounted = 1000
const mostListed = 20
const mostAtOnce = 500

export interface MissedCalls {
  count: number
  /** Newest first, not all of them where there are many. */
  records: CallRecord[]
}

/**
 * Missed calls of this desk that nobody dealt with: what the store has, with the calls in memory taken as newer, and
 * those that could not be stored yet. Read again only after something was written.
 */
export function createMissedCalls(deps: {
  log: Log
  store: Pick<Store, 'calls'>
  scope(): PopScope
  inMemory(callId: string): CallRecord | null
  /** Calls that the disk did not take, while it takes nothing. */
  unstored(): CallRecord[]
}): { read(): MissedCalls; all(): MissedCalls; invalidate(): void } {
  let cache: { key: string; missed: MissedCalls } | null = null

  function query(scope: PopScope, listed = mostListed): MissedCalls {
    const counts = (record: CallRecord) => record.handledAt === null && isMissed(record, deriveCall(record), scope)
    const own = scope.scope === 'extension' && scope.extension !== null ? [scope.extension] : null
    const grouped = scope.scope === 'groups' && own === null
    const { rows, count } = deps.store.calls.missed({ extensions: own, limit: grouped ? mostCounted : listed * 2 })
    const records = rows.map((row) => deps.inMemory(row.callId) ?? row).filter(counts)
    const stored = new Set(rows.map((row) => row.callId))
    const unstored = deps.unstored().filter((record) => !stored.has(record.callId) && counts(record))
    const all = [...unstored, ...records].sort((a, b) => startOf(b) - startOf(a))
    return {
      count: grouped ? all.length : count - (rows.length - records.length) + unstored.length,
      records: all.slice(0, listed),
    }
  }

  return {
    read() {
      const scope = deps.scope()
      const key = JSON.stringify(scope)
      if (cache?.key === key) return cache.missed
      try {
        cache = { key, missed: query(scope) }
      } catch (error) {
        deps.log.warn('missed-calls-unreadable', { reason: error instanceof Error ? error.message : 'unknown' })
        return cache?.missed ?? { count: 0, records: [] }
      }
      return cache.missed
    },
    /** The newest 500 records, and how many there are; read anew each time. */
    all: () => query(deps.scope(), mostAtOnce),
    invalidate() {
      cache = null
    },
  }
}

const startOf = (record: CallRecord) => deriveCall(record).startedAt
