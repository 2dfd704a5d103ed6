import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'
import { rpcError } from './rpc-error.ts'

/** Opening a recording is a stream: it ends when it can be played, when the page cancels it, and when the page goes. */
export function createRecordingsArea(desk: Desk) {
  const { recordings } = procedures
  return {
    open: recordings.open.handler(async function* ({ input, signal, context }) {
      try {
        yield* await desk.recordings.open(input, signal)
      } catch (error) {
        throw rpcError(error, 'recordings.open', context.log)
      }
    }),
    usage: recordings.usage.handler(({ input }) => desk.recordings.usage(input)),
    clear: recordings.clear.handler(({ input }) => desk.recordings.clear(input)),
  }
}
