import type { Line, Presence, SeenPresence } from '../../../preload/contract/index.ts'
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
  /** `number` is the other party as it was dialled or shown. Errors: + no-call. */
  hangup(request: { extension: string; number: string }, options?: CallOptions): Promise<void>
  /** Blind transfer of the extension's running call. Errors: + not-found, offline, no-call, busy. */
  transfer(request: { extension: string; target: string }, options?: CallOptions): Promise<void>
}

/** Set an extension's presence. Errors: + not-found. */
export interface PresenceControl {
  setPresence(request: { extension: string; presence: Presence }, options?: CallOptions): Promise<void>
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

/** One row of a system's call log. Times are epoch ms. */
export interface CallLogRow {
  callId: string
  caller: string
  callee: string
  /** Name that the system knows for the outside party, or null. */
  name: string | null
  startedAt: number
  durationSec: number
  answered: boolean
  internal: boolean
  note: string | null
  /** Path or id for the recording operations; null = none. */
  recording: string | null
}

export interface CallLog {
  /** Newest first, `offset` rows skipped, days inclusive as `yyyy-MM-dd` in the system's time zone. */
  page(
    request: { offset: number; limit: number; fromDay: string; toDay: string },
    options?: CallOptions,
  ): Promise<CallLogRow[]>
}

/** A configured connection, opened. A capability that a system lacks is simply absent: ask for it, never for the system's name. */
export interface TelephonySystem {
  readonly connection: string
  readonly system: string
  readonly address: string
  readonly callControl?: CallControl
  readonly presenceControl?: PresenceControl
  readonly extensionStates?: ExtensionStates
  readonly callLog?: CallLog
  readonly recordings?: RecordingSource
  /** Every documented operation, for IT. */
  readonly operations: OperationRunner
  /** Ask the cheapest harmless thing: does the other side answer, and does it accept us? Errors: as the operation's. */
  check(options?: CallOptions): Promise<void>
  /** Close pooled sockets; calls under way end with `cancelled`. */
  close(): Promise<void>
}
