import { type SnapshotEvent, textOfBoard, WholeText } from '../../preload/contract/index.ts'
import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'
import { rpcError } from './rpc-error.ts'

/** The one stream of snapshots. It ends when the page cancels it and when its port or socket closes. */
export function createEvents(desk: Desk) {
  const { events } = procedures
  return {
    subscribe: events.subscribe.handler(async function* ({ input, signal, context }) {
      try {
        for await (const event of desk.events.subscribe(input, signal ?? new AbortController().signal)) {
          // The page's link makes the snapshot of it again: what the contract says is what arrives.
          yield { ...event, snapshot: textOf(event) as unknown } as SnapshotEvent
        }
      } catch (error) {
        throw rpcError(error, 'events.subscribe', context.log)
      }
    }),
    taken: events.taken.handler(({ input }) => desk.events.taken(input.seqs)),
    visibility: events.visibility.handler(({ input, context }) =>
      desk.events.visibility(context.client, input.visible),
    ),
  }
}

const boards = new WeakMap<object, WholeText>()

/** A board is large, made anew for each publication, and the same object for every page: one text does for all of them. */
function textOf({ topic, snapshot }: SnapshotEvent): WholeText {
  if (topic !== 'board') return new WholeText(JSON.stringify(snapshot))
  const text = boards.get(snapshot) ?? textOfBoard(snapshot)
  boards.set(snapshot, text)
  return text
}
