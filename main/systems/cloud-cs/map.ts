import type { CallDirection } from '../../../preload/contract/index.ts'
import type { LoggedCall } from '../../core/ports/index.ts'
import { shortAgent } from './ids.ts'
import type { HistoryCall } from './operations/histories.ts'
import { readVendorTime } from './time.ts'

const internalCall = 1
/** Customer calls in; every other kind, callbacks included, is dialled by us. */
const inboundKinds = new Set([2, 4, 10])

function directionOf(callType: number): CallDirection {
  if (callType === internalCall) return 'internal'
  return inboundKinds.has(callType) ? 'incoming' : 'outgoing'
}

/** Fields that pass through as they came. */
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** One row of the call history in our words; none for a row without a start, which has no place in a log. */
export function toLoggedCall(row: HistoryCall & { queue?: unknown; cHangupCause?: unknown }): LoggedCall[] {
  const startedAt = readVendorTime(row.cStartTime ?? '')
  if (startedAt === null) return []
  const ours = shortAgent(row.tenantId ?? '', row.agent ?? '') || row.dnis || ''
  const customer = row.customer ?? ''
  const direction = directionOf(row.callType ?? 0)
  const incoming = direction === 'incoming'
  return [
    {
      callId: row.callSid || row.callId || `history-${row.id}`,
      caller: incoming ? customer : ours,
      callee: incoming ? ours : customer,
      direction,
      name: null,
      startedAt,
      durationSec: row.talksec ?? 0,
      // The filter knows codes, the answer has words (§6.4.1.1.2).
      outcome: row.callResult === '已接通' || row.callResult === '2' ? 'answered' : 'unanswered',
      extension: null,
      group: textOf(row.queue),
      note: null,
      causeCode: textOf(row.cHangupCause),
      causeText: null,
      recording: row.filename ? { kind: 'cloud-cs-file', reference: row.filename } : null,
    },
  ]
}
