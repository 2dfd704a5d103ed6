import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'
import { rpcError } from './rpc-error.ts'

/** The one stream of snapshots. It ends when the page cancels it and when its port or socket closes. */
export function createEvents(desk: Desk) {
  const { events } = procedures
  return {
    subscribe: events.subscribe.handler(async function* ({ input, signal, context }) {
      try {
        yield* desk.events.subscribe(input, signal ?? new AbortController().signal)
      } catch (error) {
        throw rpcError(error, 'events.subscribe', context.log)
      }
    }),
    visibility: events.visibility.handler(({ input, context }) =>
      desk.events.visibility(context.client, input.visible),
    ),
  }
}
