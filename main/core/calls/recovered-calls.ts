import type { MissedStore } from '../ports/index.ts'
import type { InboxEvent } from './inbox-event.ts'

type Unheard = ReturnType<MissedStore['unheard']>[number]

/** A missed call that only a system's log knows, as what would have been reported of it: it rang, and nobody took it. */
export function missedEvents({ connection, callId, number, extension, group, startedAt }: Unheard): InboxEvent[] {
  const said = {
    id: 0,
    connection,
    receivedAt: startedAt,
    source: '',
    callId,
    caller: number,
    callee: extension,
    direction: 'incoming',
    businessId: `log ${callId}`,
    group: group ?? '',
    raw: '',
    charset: 'utf-8' as const,
  }
  return (['ringing', 'canceled'] as const).map((state) => ({ ...said, state }))
}
