import type { OperationInfo, ReceivedCall } from '../../preload/contract/index.ts'
import type { InboxEvent } from '../core/calls/inbox-event.ts'
import type { Clock, InboxStore, PushStore, StoredPush } from '../core/ports/index.ts'
import type { Exchange } from '../intake/side-routes.ts'

/** Questions of voice menus and text messages are kept only while the program runs: they may hold what somebody keyed in. */
const mostRemembered = 50
const pushKinds: Readonly<Record<string, StoredPush['kind']>> = {
  'voice-openapi.tts-audit-push': 'tts-audit',
  'voice-openapi.tts-voice-notify-billing-push': 'tts-billing',
}

/** What the other side told or asked us lately, by operation: pops and pushes from the database, the rest from memory. */
export function createReceived(deps: { clock: Clock; inbox: InboxStore; pushes: PushStore }) {
  const { clock, inbox, pushes } = deps
  const remembered = new Map<string, ReceivedCall[]>()
  let count = 0
  return {
    /** A side route answered. */
    add({ route, values, status, body }: Exchange): void {
      const operation = `telcrm.${route}`
      count += 1
      const list = remembered.get(operation) ?? []
      list.unshift({ id: count, at: clock.now(), connection: null, values, status, answer: body })
      remembered.set(operation, list.slice(0, mostRemembered))
    },
    /** Newest first. */
    list({ id, direction }: OperationInfo, limit: number): ReceivedCall[] {
      if (direction !== 'inbound') return []
      if (id === 'telcrm.screen-pop') return inbox.newest(limit).map(ofPop)
      const kind = pushKinds[id]
      if (kind !== undefined) return pushes.list({ kind, limit }).map(ofPush)
      return (remembered.get(id) ?? []).slice(0, limit)
    },
  }
}

function ofPop(event: InboxEvent): ReceivedCall {
  const { id, connection, receivedAt, callId, caller, callee, state, direction, businessId, group } = event
  const values = { id: callId, caller, callee, state, direction, businessId, group }
  return { id, at: receivedAt, connection, values, status: 200, answer: 'OK' }
}

/** What is in the database was taken: anything else was answered with an error and not kept. */
function ofPush({ id, connection, receivedAt, body }: StoredPush): ReceivedCall {
  const report = JSON.parse(body) as Record<string, unknown>
  const values = Object.entries(report).map(([name, value]) => [
    `notify.${name}`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return {
    ...{ id, at: receivedAt, connection, status: 200 },
    values: Object.fromEntries(values) as Record<string, string>,
    answer: '{"result":{"error":0,"msg":""}}',
  }
}
