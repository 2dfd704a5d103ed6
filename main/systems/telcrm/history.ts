import type { CallHistorySource, CallOptions } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import { lastPages } from '../kit/last-page.ts'
import type { Session } from '../kit/session.ts'
import { toCallLogRow } from './map.ts'
import { callLogQuery } from './operations/call-log.ts'

const dayMs = 86_400_000
/** The manual states no time zone; the sample of its call log proves UTC+8. */
const utcOffsetMs = 8 * 3_600_000
const pageRows = 2000
const quickRows = 500
/** A quarter of a year: small offices have few calls a day. */
const mostWindows = 92
/** Running calls are in the log; some rows come a little late. */
const lateMs = 600_000
/** No call log of this PBX is longer; and a day that no call can be older than. */
const mostRows = 16_777_216
const firstDay = '2000-01-01'

const dayOf = (at: number) => new Date(Math.max(at, 0) + utcOffsetMs).toISOString().slice(0, 10)

/** CALL_LOG_QUERY (manual 003 §21): whole days of UTC+8, newest first; a cursor is a number of rows to skip. */
export function callHistory(session: Session): CallHistorySource {
  async function rows(first: number, maxResults: number, fromDay: string, toDay: string, options?: CallOptions) {
    const params = { first, maxResults, beginDate: fromDay, endDate: toDay }
    const answer = await call(session, callLogQuery, params, options)
    // A long page takes some 20 ms to read and as long to keep: what is due runs in between.
    if (answer.length > quickRows) await new Promise((resolve) => setImmediate(resolve))
    const found = answer.map(toCallLogRow)
    // Rows of one moment keep the PBX's order: the pages depend on it.
    return found.sort((a, b) => b.startedAt - a.startedAt)
  }

  const isLast = lastPages()

  return {
    windowMs: dayMs,
    windowOffsetMs: -utcOffsetMs,
    mostWindows,
    stepMs: dayMs,
    lateMs,
    pageRows,
    async page({ from, to, cursor, limit }, options) {
      const first = Number(cursor ?? 0)
      const found = await rows(first, limit, dayOf(from), dayOf(to - 1), options)
      return { rows: found, next: isLast(found.length, limit) ? null : String(first + found.length) }
    },
    stepBack: (cursor, count) => String(Math.max(0, Number(cursor) - count)),
    async newestBefore(at, options) {
      const [newest] = await rows(0, 1, firstDay, dayOf(at - 1), options)
      return newest?.startedAt ?? null
    },
    async estimateBefore(at, options) {
      // The PBX counts nothing: find the end of its list by doubling, then halve the difference down to a tenth.
      const hasRow = async (place: number) => (await rows(place, 1, firstDay, dayOf(at - 1), options)).length > 0
      let low = 0
      let high = pageRows
      while (high < mostRows && (await hasRow(high))) {
        low = high
        high *= 2
      }
      while (high - low > Math.max(50, low / 10)) {
        const middle = Math.floor((low + high) / 2)
        if (await hasRow(middle)) low = middle
        else high = middle
      }
      return Math.floor((low + high) / 2)
    },
  }
}
