import type { Call, Party } from '../../../preload/contract/index.ts'
import type { DiallingRules } from '../control/dialled-number.ts'
import { CoreError } from '../errors.ts'
import type { Clock, Log, TelephonySystem } from '../ports/index.ts'

/** A question that is asked again and again: patient when no answer comes, never two at a time. */
export interface Asking {
  /** Asks at once. */
  start(): void
  /** Nothing comes after this. */
  stop(): void
}

export interface ConversationDeps extends DiallingRules {
  clock: Clock
  log: Log
  system(): TelephonySystem | null
  myExtension(): string | null
  /** The call in which this extension has a leg that has not ended. */
  liveCallOf(extension: string): Call | null
  callById(callId: string): Call | null
  identify(number: string): Party
  /** What the board shows of an extension's phone; null = it is not on the board, or the board is old. */
  phoneOf(extension: string): { talking: boolean } | null
  /** Ask `run` about every second until stopped; it rejects when nothing was heard. */
  ask(run: (signal: AbortSignal) => Promise<void>): Asking
  onChange(): void
}

/** The capability of the connection in use, and my extension. */
export function capability<K extends 'thirdParty' | 'conference' | 'voiceMenus'>(
  deps: Pick<ConversationDeps, 'system' | 'myExtension'>,
  name: K,
): { control: NonNullable<TelephonySystem[K]>; extension: string } {
  const system = deps.system()
  if (!system) throw new CoreError('unavailable', { field: 'connections', reason: 'no telephone system is configured' })
  const { connection } = system
  const control = system[name]
  if (!control) throw new CoreError('unavailable', { connection, reason: `this telephone system has no ${name}` })
  const extension = deps.myExtension()
  if (!extension) {
    const field = `connections.${connection}.extension`
    throw new CoreError('unavailable', { connection, field, reason: 'your extension is not set' })
  }
  return { control, extension }
}

/** The named call, or mine; always one that I am in and that was answered. */
export function talkingCall(
  deps: Pick<ConversationDeps, 'liveCallOf' | 'callById'>,
  extension: string,
  callId: string | undefined,
): Call {
  const call = callId === undefined ? deps.liveCallOf(extension) : deps.callById(callId)
  if (!call?.mine) throw new CoreError('no-call', { reason: `extension ${extension} has no such call` })
  if (!isOnPhone(call, extension)) throw new CoreError('no-call', { reason: 'the call was not answered' })
  return call
}

/** Does this extension talk in the call? Who dialled talks once anybody answered. */
function isOnPhone(call: Call, extension: string): boolean {
  if (call.caller.number === extension) return call.state === 'talking'
  return wasCalledHere(call, extension)
}

/** The call came to this extension, which talks: the only kind that manual 003 §6 and §11 know how to pass on. */
export function wasCalledHere(call: Call, extension: string): boolean {
  return call.legs.some((leg) => leg.extension === extension && leg.state === 'talking')
}

/** Nothing was done, for certain. Anything else leaves it open. */
const certain = new Set([
  'unreachable',
  'auth-failed',
  'forbidden',
  'not-found',
  'offline',
  'busy',
  'no-call',
  'conflict',
  'rate-limited',
  'bad-request',
  'unavailable',
])

/** A request that may have been carried out although it failed. */
export function isUnclear(problem: { code: string; details: { reason?: string | undefined } }): boolean {
  if (problem.details.reason === 'no-resources') return false
  if (problem.code === 'timeout') return problem.details.reason !== 'connect'
  return !certain.has(problem.code)
}
