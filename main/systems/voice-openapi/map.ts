import type { CallDirection } from '../../../preload/contract/index.ts'
import type { LoggedCall } from '../../core/ports/index.ts'
import { epochOf } from '../kit/wall-time.ts'
import type { Cdr } from './operations/cdr.ts'

/** serviceType: 2 = a customer calls, 3 = between two extensions of ours; whatever else there is was dialled here. */
const directions = new Map<string, CallDirection>([
  ['2', 'incoming'],
  ['3', 'internal'],
])

/** A record in our words, none without a time. An unanswered call of the sample repeats its start as its answer: the result decides. */
export function toLoggedCall(cdr: Cdr, timeZone: string): LoggedCall[] {
  const startedAt = epochOf(cdr.startTime ?? '', timeZone)
  if (startedAt === null) return []
  const filename = cdr.filename ?? ''
  const answered = cdr.result === '1' || (cdr.result === undefined && (cdr.timeLength ?? 0) > 0)
  return [
    {
      callId: cdr.session || cdr.key,
      caller: cdr.caller ?? '',
      callee: cdr.callee ?? '',
      direction: directions.get(cdr.serviceType ?? '') ?? (cdr.serviceType ? 'outgoing' : null),
      name: null,
      startedAt,
      durationSec: cdr.timeLength ?? 0,
      outcome: answered ? 'answered' : 'unanswered',
      extension: cdr.agent || null,
      group: null,
      note: null,
      causeCode: cdr.releaseCause || null,
      causeText: null,
      recording:
        /[^/.][^/]*$/.test(filename) && !/\/\.\w*$/.test(filename)
          ? { kind: 'voice-openapi-file', reference: filename }
          : null,
    },
  ]
}
