import { CoreError } from '../../core/errors.ts'
import type { CallHistorySource, CallOptions, LoggedCall } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import type { Session } from '../kit/session.ts'
import { wholeHistory } from '../kit/whole-history.ts'
import { toLoggedCall } from './map.ts'
import { callHistoryPage } from './operations/histories.ts'
import { toVendorTime } from './time.ts'

const pageSize = 500
const chinaOffsetMs = 8 * 3_600_000
/** A list that changes under the reading this often is not being read. */
const mostReadings = 3

/** The call history (manual 004 §6.4.1.1.2): numbered pages of a list whose order is not stated. */
export function callHistory(session: Session): CallHistorySource {
  const range = ({ from, to }: { from: number; to: number }) => ({
    cStartTimeFrom: toVendorTime(new Date(from).toISOString()) ?? '',
    cStartTimeEnd: toVendorTime(new Date(to - 1).toISOString()) ?? '',
  })

  /** Every row once; null when rows went away meanwhile, which moves others past the reading. */
  async function readOnce(span: { from: number; to: number }, options?: CallOptions): Promise<LoggedCall[] | null> {
    const rows = new Map<string, LoggedCall[]>()
    for (let currentPage = 1; ; currentPage += 1) {
      const page = await call(session, callHistoryPage, { ...range(span), currentPage, pageSize }, options)
      for (const row of page.pageData) rows.set(row.id, toLoggedCall(row))
      if (page.pageData.length === 0 || rows.size >= page.total)
        return rows.size >= page.total ? [...rows.values()].flat() : null
    }
  }

  return wholeHistory(
    {
      async rows(span, options) {
        for (let reading = 0; reading < mostReadings; reading += 1) {
          const rows = await readOnce(span, options)
          if (rows) return rows
        }
        throw new CoreError('unexpected-response', { reason: 'the call history has fewer rows than it counts' })
      },
      hasRows: async (span, options) =>
        (await call(session, callHistoryPage, { ...range(span), pageSize: 1 }, options)).pageData.length > 0,
    },
    { windowOffsetMs: -chinaOffsetMs },
  )
}
