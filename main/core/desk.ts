import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { Contract, SnapshotEvent } from '../../preload/contract/index.ts'

type Inputs = InferContractRouterInputs<Contract>
type Outputs = InferContractRouterOutputs<Contract>
type Area = Exclude<keyof Contract, 'events'>

/**
 * The whole program as the page sees it: one method per contract procedure, already validated input, CoreError on failure.
 * compose.ts builds it, main/rpc serves it; nothing else may be reached from a page.
 */
export type Desk = {
  [A in Area]: {
    [P in keyof Contract[A]]: P extends keyof Inputs[A] & keyof Outputs[A]
      ? (input: Inputs[A][P]) => Promise<Outputs[A][P]> | Outputs[A][P]
      : never
  }
} & {
  events: {
    /** Every topic at once, then changes, until `signal` aborts. */
    subscribe(input: Inputs['events']['subscribe'], signal: AbortSignal): AsyncGenerator<SnapshotEvent, void>
    /** `client` is one page load. */
    visibility(client: string, visible: boolean): void
    /** The page is gone. */
    closed(client: string): void
  }
}
