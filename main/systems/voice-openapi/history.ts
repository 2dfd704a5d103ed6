import type { CallHistorySource } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import { everyRow } from '../kit/pages.ts'
import type { Session } from '../kit/session.ts'
import { offsetMs, wallTime } from '../kit/wall-time.ts'
import { wholeHistory } from '../kit/whole-history.ts'
import { toLoggedCall } from './map.ts'
import { type Cdr, getCdrList } from './operations/cdr.ts'

/** The platform's call records (manual 002 §11): by keys, in an order of its own. */
export function callHistory(session: Session, timeZone: string): CallHistorySource {
  const range = ({ from, to }: { from: number; to: number }) => ({
    startTime: wallTime(from, timeZone),
    endTime: wallTime(to - 1, timeZone),
  })

  return wholeHistory(
    {
      async rows(span, options) {
        const rows = []
        for await (const row of everyRow(session, getCdrList, range(span), options))
          rows.push(...toLoggedCall(row as Cdr, timeZone))
        return rows
      },
      hasRows: async (span, options) => (await call(session, getCdrList, range(span), options)).cdr.length > 0,
    },
    { windowOffsetMs: -offsetMs(timeZone) },
  )
}
