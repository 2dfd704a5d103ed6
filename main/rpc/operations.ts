import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'
import { rpcError } from './rpc-error.ts'

/** Operations tried by hand. A run is a stream: it ends when it is done, when the page cancels it, and when the page goes. */
export function createOperations(desk: Desk) {
  const { operations } = procedures
  return {
    list: operations.list.handler(({ input }) => desk.operations.list(input)),
    preview: operations.preview.handler(({ input, signal }) => desk.operations.preview(input, signal)),
    run: operations.run.handler(async function* ({ input, signal, context }) {
      try {
        yield* await desk.operations.run(input, signal)
      } catch (error) {
        throw rpcError(error, 'operations.run', context.log)
      }
    }),
    history: operations.history.handler(({ input }) => desk.operations.history(input)),
    received: operations.received.handler(({ input }) => desk.operations.received(input)),
    clearHistory: operations.clearHistory.handler(({ input }) => desk.operations.clearHistory(input)),
  }
}
