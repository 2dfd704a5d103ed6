import type { Operation } from './operation.ts'
import type { Verdict } from './response.ts'

/** What a request carries besides its parameters. `json` joins the body's top level. */
export interface Credentials {
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly json?: Readonly<Record<string, unknown>>
  /** Kept from before: a refusal may only mean that their time is over. */
  readonly kept?: boolean
}

/** How one system proves who is asking. One per connection; never asked for an operation with `auth: false`. */
export interface Authenticator {
  /** Parameters that the connection's settings know: used where the caller gave none, before anything is checked. */
  defaults?(operation: Operation): Record<string, unknown>
  /** Parameters that are computed, such as signatures: added unless the caller gave them. Called for every operation. */
  complete?(operation: Operation, values: Record<string, unknown>): Record<string, unknown>
  /** Fresh for each request. May ask the other side first. Errors: CoreError auth-failed when settings lack a part. */
  credentials(operation: Operation, signal: AbortSignal | undefined): Credentials | Promise<Credentials>
  /** The same places without asking anybody and without secrets, for showing a request before it is sent. */
  masked(operation: Operation): Credentials
  /**
   * The other side refused. True = these credentials are forgotten, and the request is worth one more try with new ones;
   * one that must not be repeated only when the refused ones were `kept`.
   */
  rejected?(verdict: Verdict, used: Credentials): boolean
}

/** What stands in place of a secret. */
export const mask = '••••••'

/** Words of the other side, which like to quote the token or password that they refuse. */
export function withoutSecrets(text: string, secrets: readonly unknown[]): string {
  const worth = secrets.map((one) => String(one ?? '').replace(/^\w+ /, '')).filter((one) => one.length >= 4)
  return worth.reduce((shown, one) => shown.replaceAll(one, mask), text)
}
