import type { CallLogRow } from '../../core/ports/index.ts'
import { shortAgent } from './ids.ts'
import type { HistoryCall } from './operations/histories.ts'
import { readVendorTime } from './time.ts'

const internalCall = 1
/** Customer calls in; every other kind, callbacks included, is dialled by us. */
const inboundKinds = new Set([2, 4, 10])

/** One row of the call history in our words; null for a row without a start, which has no place in a log. */
export function toCallLogRow(row: HistoryCall): CallLogRow | null {
  const startedAt = readVendorTime(row.cStartTime ?? '')
  if (startedAt === null) return null
  const ours = shortAgent(row.tenantId ?? '', row.agent ?? '') || row.dnis || ''
  const customer = row.customer ?? ''
  const incoming = inboundKinds.has(row.callType ?? 0)
  return {
    callId: row.callSid || row.callId || `history-${row.id}`,
    caller: incoming ? customer : ours,
    callee: incoming ? ours : customer,
    name: null,
    startedAt,
    durationSec: row.talksec ?? 0,
    // The filter knows codes, the answer has words (§6.4.1.1.2).
    answered: row.callResult === '已接通' || row.callResult === '2',
    internal: row.callType === internalCall,
    note: null,
    recording: row.filename || null,
  }
}
