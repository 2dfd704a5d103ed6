import { CoreError } from '../../core/errors.ts'
import type { CallHistorySource, CallOptions, LoggedCall } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import { lastPages } from '../kit/last-page.ts'
import type { Session } from '../kit/session.ts'
import { wallTime } from '../kit/wall-time.ts'
import { wholeHistory } from '../kit/whole-history.ts'
import { toCallLogRow } from './map.ts'
import { type SoapCallLogRow, soapListCalllog } from './operations/soap/call-records.ts'

/** The PBX writes and reads local time: the sample of its call log proves UTC+8. */
const zone = '+08:00'
const zoneMs = 8 * 3_600_000
const pageRows = 5000
/** Running calls are in the log; some rows come a little late. */
const lateMs = 600_000
/** A log that changes under the reading this often is not being read. */
const mostReadings = 3

/**
 * The same log over the web service (manual 003 §28.3.1), for a PBX whose HTTP interface is off. Its rows have no call id, so the
 * log's own number stands in until they meet their screen pop, or the row that came over HTTP, in the store.
 */
export function soapCallHistory(session: Session): CallHistorySource {
  const ask = (
    { from, to }: { from: number; to: number },
    first: number,
    maxResults: number,
    options?: CallOptions,
  ) => {
    const range = { beginDate: wallTime(from, zone), endDate: wallTime(to - 1, zone) }
    return call(session, soapListCalllog, { ...range, first, maxResults }, options)
  }

  const isLast = lastPages()

  /** Pages share a row: when it is not the same one, the list has moved meanwhile. Null = it has. */
  async function readOnce(span: { from: number; to: number }, options?: CallOptions): Promise<LoggedCall[] | null> {
    const rows = new Map<number, LoggedCall>()
    for (let first = 0, last: number | null = null; ; ) {
      const page = await ask(span, first, pageRows, options)
      if (last !== null && page[0]?.id !== last) return null
      const before = rows.size
      for (const row of page) rows.set(row.id, toCallLogRow(rowOf(row)))
      if (isLast(page.length, pageRows) || rows.size === before) return [...rows.values()]
      last = page.at(-1)?.id ?? null
      first += page.length - 1
    }
  }

  return wholeHistory(
    {
      async rows(span, options) {
        for (let reading = 0; reading < mostReadings; reading += 1) {
          const rows = await readOnce(span, options)
          if (rows) return rows
        }
        throw new CoreError('unexpected-response', { reason: 'the call log changes faster than it can be read' })
      },
      hasRows: async (span, options) => (await ask(span, 0, 1, options)).length > 0,
    },
    { windowOffsetMs: -zoneMs, lateMs },
  )
}

/** Fields that the web service leaves out where they are empty. */
const rowOf = (row: SoapCallLogRow) => ({
  ...row,
  caller: row.caller ?? '',
  callee: row.callee ?? '',
  beginTime: row.beginTime ?? -1,
  duration: row.duration ?? 0,
  state: row.state ?? '',
  callType: row.callType ?? '',
  estimate: undefined,
})
