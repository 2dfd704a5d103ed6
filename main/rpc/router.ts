import { RPCHandler } from '@orpc/server/ws'
import { wholeTexts } from '../../preload/contract/index.ts'
import type { Desk } from '../core/desk.ts'
import type { Log } from '../core/ports/index.ts'
import { createAreas } from './areas.ts'
import { bytesAsBase64 } from './bytes-as-base64.ts'
import { createEvents } from './events.ts'
import { createHistory } from './history.ts'
import { createOperations } from './operations.ts'
import { procedures, type RpcContext } from './procedures.ts'
import { createPromptsArea } from './prompts.ts'
import { createRecordingsArea } from './recordings.ts'
import { createSupervisionArea } from './supervision.ts'

/** The desk, ready to be served over any number of ports and sockets. */
export interface RpcRouter {
  readonly handler: RPCHandler<RpcContext>
  readonly log: Log
  /** The page load is gone. */
  closed(client: string): void
}

/** Serves exactly the contract: every procedure of it, nothing else. */
export function createRouter(desk: Desk, log: Log): RpcRouter {
  const router = procedures.router({
    ...createAreas(desk),
    operations: createOperations(desk),
    recordings: createRecordingsArea(desk),
    prompts: createPromptsArea(desk),
    history: createHistory(desk),
    supervision: createSupervisionArea(desk),
    events: createEvents(desk),
  })
  return {
    // One handler for both transports: MessagePort and WebSocket links write the same text messages.
    handler: new RPCHandler<RpcContext>(router, { customJsonSerializers: [bytesAsBase64, ...wholeTexts] }),
    log,
    closed: (client) => desk.events.closed(client),
  }
}
