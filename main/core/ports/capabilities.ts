import type { Line, Presence, SeenPresence } from '../../../preload/contract/index.ts'
import type { ConferenceControl, ThirdPartyControl, VoiceMenuControl } from './conversations.ts'
import type { CallHistorySource } from './history.ts'
import type { CustomerImport } from './imports.ts'
import type { OperationRunner } from './operations.ts'
import type { RecordingSource } from './recordings.ts'

/** Options of every capability call. Times out by itself; `signal` cancels earlier (error code `cancelled`). */
export interface CallOptions {
  signal?: AbortSignal
}

/**
 * Ring an extension, then a number; end or move its call. Nothing here is ever retried.
 * Errors (all): unreachable, timeout, unexpected-response, server-error, bad-request, cancelled.
 */
export interface CallControl {
  readonly lines: readonly Line[]
  /** Returns the PBX's control id when it gives one. Errors: + not-found, busy, offline. */
  dial(
    request: { extension: string; number: string; line: Line },
    options?: CallOptions,
  ): Promise<{ clickCallId: string | null }>
  /** `number` is the other party as it was dialled or shown; `clickCallId` is there for a call that `dial` began. Errors: + no-call. */
  hangup(request: { extension: string; number: string; clickCallId?: string }, options?: CallOptions): Promise<void>
  /** How far a call is that `dial` began; null for an answer that the document does not list. Absent: the system cannot say. */
  progress?(request: { clickCallId: string }, options?: CallOptions): Promise<DialProgress | null>
  /** Blind transfer of the extension's running call. Errors: + not-found, offline, no-call, busy. */
  transfer(request: { extension: string; target: string }, options?: CallOptions): Promise<void>
}

/** `idle` = nothing rings yet, or it is over. The extension rings first, then the number that it called. */
export type DialProgress = 'idle' | 'extension-ringing' | 'number-ringing' | 'talking'

/** Set an extension's presence. Errors: + not-found. */
export interface PresenceControl {
  setPresence(request: { extension: string; presence: Presence }, options?: CallOptions): Promise<void>
}

/**
 * Enter the running call of an agent from the supervisor's telephone. Nothing here is ever retried.
 * Errors: + forbidden (the supervisor lacks the right), no-call, server-error (reason `no-resources`: the system is full).
 */
export interface Supervision {
  /** The supervisor's telephone hears both sides. */
  listen(request: SupervisedCall, options?: CallOptions): Promise<void>
  /** The supervisor takes the agent's place. */
  takeOver(request: SupervisedCall, options?: CallOptions): Promise<void>
  hangUp(request: SupervisedCall, options?: CallOptions): Promise<void>
}

/** Both are extensions. */
export interface SupervisedCall {
  supervisor: string
  agent: string
}

/** One row of an extension poll, as our words. */
export interface ExtensionState {
  extension: string
  name: string
  registered: boolean
  /** `unknown` for a word the document does not list. */
  phone: 'idle' | 'talking' | 'offline' | 'unknown'
  direction: 'incoming' | 'outgoing' | null
  presence: SeenPresence
  remoteNumber: string | null
  missedCount: number
}

export interface ExtensionStates {
  /** Every extension of the PBX in one answer. */
  list(options?: CallOptions): Promise<ExtensionState[]>
}

/** A configured connection, opened. A capability that a system lacks is simply absent: ask for it, never for the system's name. */
export interface TelephonySystem {
  readonly connection: string
  readonly system: string
  readonly address: string
  readonly callControl?: CallControl
  readonly presenceControl?: PresenceControl
  readonly extensionStates?: ExtensionStates
  readonly thirdParty?: ThirdPartyControl
  readonly conference?: ConferenceControl
  readonly voiceMenus?: VoiceMenuControl
  readonly supervision?: Supervision
  readonly customerImport?: CustomerImport
  readonly history?: CallHistorySource
  readonly recordings?: RecordingSource
  /** Every documented operation, for IT. */
  readonly operations: OperationRunner
  /** Ask the cheapest harmless thing: does the other side answer, and does it accept us? Errors: as the operation's. */
  check(options?: CallOptions): Promise<void>
  /** Close pooled sockets; calls under way end with `cancelled`. */
  close(): Promise<void>
}
