import type { CallHistorySource, CallOptions } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import { everyRow } from '../kit/pages.ts'
import type { Session } from '../kit/session.ts'
import { offsetMs, wallTime } from '../kit/wall-time.ts'
import { wholeHistory } from '../kit/whole-history.ts'
import { toLoggedCall } from './map.ts'
import { type CallRecord, recordVoice } from './operations/calls.ts'

/** The call records (manual 001 §2). They come when a call is over, on from the largest id. */
export function callHistory(session: Session, timeZone: string): CallHistorySource {
  // The customer id comes from the connection: see auth.ts.
  const range = ({ from, to }: { from: number; to: number }) =>
    ({ startTime: wallTime(from, timeZone), endTime: wallTime(to - 1, timeZone) }) as never

  return wholeHistory(
    {
      async rows(span, options) {
        const rows = []
        for await (const row of everyRow(session, recordVoice, range(span), options))
          rows.push(toLoggedCall(row as CallRecord, timeZone))
        return rows
      },
      hasRows: async (span, options?: CallOptions) =>
        (await call(session, recordVoice, range(span), options)).length > 0,
    },
    { windowOffsetMs: -offsetMs(timeZone) },
  )
}
