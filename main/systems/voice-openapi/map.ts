import type { CallLogRow } from '../../core/ports/index.ts'
import { epochOf } from '../kit/wall-time.ts'
import type { Cdr } from './operations/cdr.ts'

/** serviceType of a call between two of our own extensions. */
const internalCall = '3'

/** A record in our words. An unanswered call of the sample repeats its start as its answer: the result decides. */
export function toCallLogRow(cdr: Cdr, timeZone: string): CallLogRow {
  const filename = cdr.filename ?? ''
  return {
    callId: cdr.session || cdr.key,
    caller: cdr.caller ?? '',
    callee: cdr.callee ?? '',
    name: null,
    startedAt: epochOf(cdr.startTime ?? '', timeZone) ?? 0,
    durationSec: cdr.timeLength ?? 0,
    answered: cdr.result === '1' || (cdr.result === undefined && (cdr.timeLength ?? 0) > 0),
    internal: cdr.serviceType === internalCall,
    note: null,
    recording: /[^/.][^/]*$/.test(filename) && !/\/\.\w*$/.test(filename) ? filename : null,
  }
}
