import type { CallOptions } from './capabilities.ts'

/**
 * Somebody is called while the caller waits. `extension` is mine, which talks with the caller. Nothing here is retried.
 * Errors (all): those of CallControl + no-call.
 */
export interface ThirdPartyControl {
  call(request: { extension: string; target: string }, options?: CallOptions): Promise<void>
  /** `trying` says nothing yet. Error no-call: there is no such call, or it was transferred or made a conference already. */
  state(request: { extension: string }, options?: CallOptions): Promise<'trying' | 'ringing' | 'answered' | 'refused'>
  /** The caller goes to the third party. */
  transfer(request: { extension: string }, options?: CallOptions): Promise<void>
  /** All three talk. */
  conference(request: { extension: string }, options?: CallOptions): Promise<void>
  /** The third party is let go, ringing or answered; the caller is back. */
  resume(request: { extension: string }, options?: CallOptions): Promise<void>
}

/** `caller` and `callee` are the parties of the running call as the PBX shows them; a conference goes by its caller. */
export interface ConferenceControl {
  /** Errors: + no-call, conflict (there is one already), busy; reason `no-resources`. */
  create(request: { caller: string; callee: string; target: string }, options?: CallOptions): Promise<void>
  /** Errors: + not-found (no such conference), rate-limited (still being created), busy; reason `no-resources`. */
  join(request: { caller: string; target: string }, options?: CallOptions): Promise<void>
}

/** Send the caller of a running call to a voice menu. Errors: + not-found (call or menu), conflict (several calls fit). */
export interface VoiceMenuControl {
  transfer(request: { caller: string; extension: string; menu: number }, options?: CallOptions): Promise<void>
}
