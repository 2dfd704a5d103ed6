import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract'
import type { Contract, SnapshotEvent } from '../../preload/contract/index.ts'

type Area = Exclude<keyof Contract, 'events'>

/** What a procedure's handler takes (validated, defaults filled in; `signal` aborts when the caller gives up) and gives. */
type Handler<Procedure> =
  Procedure extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
    ? (
        input: InferSchemaOutput<Input>,
        signal?: AbortSignal,
      ) => Promise<InferSchemaInput<Output>> | InferSchemaInput<Output>
    : never
type InputOf<Procedure> =
  Procedure extends ContractProcedure<infer Input, infer _O, infer _E, infer _M> ? InferSchemaOutput<Input> : never

/**
 * The whole program as the page sees it: one method per contract procedure, already validated input, CoreError on failure.
 * compose.ts builds it, main/rpc serves it; nothing else may be reached from a page.
 */
export type Desk = {
  [A in Area]: {
    [P in keyof Contract[A]]: Handler<Contract[A][P]>
  }
} & {
  events: {
    /** Every topic at once, then changes, until `signal` aborts. */
    subscribe(input: InputOf<Contract['events']['subscribe']>, signal: AbortSignal): AsyncGenerator<SnapshotEvent, void>
    /** A subscriber that confirms has taken in the events with these numbers. */
    taken(seqs: readonly number[]): void
    /** `client` is one page load. */
    visibility(client: string, visible: boolean): void
    /** The page is gone. */
    closed(client: string): void
  }
}
