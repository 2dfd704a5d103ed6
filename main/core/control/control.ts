import type { Call, Line, Presence } from '../../../preload/contract/index.ts'
import type { ClickCall } from '../calls/click-call.ts'
import type { Desk } from '../desk.ts'
import { CoreError } from '../errors.ts'
import { maskNumber } from '../numbers/index.ts'
import type { CallControl, Log, TelephonySystem } from '../ports/index.ts'
import { type DiallingRules, readDialled } from './dialled-number.ts'

export interface ControlDeps extends DiallingRules {
  /** The connection in use; null = none is configured. */
  system(): TelephonySystem | null
  myExtension(): string | null
  /** The line that is dialled out on when the user does not say. */
  line(): Line
  /** The call in which this extension has a leg that has not ended. */
  liveCallOf(extension: string): Call | null
  callById(callId: string): Call | null
  canSetOthers(): boolean
  /** The caller of this call waits while I talk with somebody else. */
  isConsulting(callId: string): boolean
  /** Calls that were dialled here, by the keys that the PBX gave them. */
  clicks: {
    /** The PBX is about to be asked; call the result when it took the call. */
    dialling(): (click: ClickCall) => void
    /** Null for a call that was not dialled here. */
    keyOf(callId: string): string | null
    ended(clickCallId: string): void
    /** The PBX refused to end it, or nobody knows: how far is it? */
    look(clickCallId: string): void
  }
  /** The PBX accepted it; no poll has shown it yet. */
  onPresenceSet(extension: string, presence: Presence): void
  log: Log
}

/** Dial, hang up, transfer, presence: each asks the PBX exactly once. What makes no sense is refused before it rings anything. */
export function createControl(deps: ControlDeps): Desk['control'] {
  const { log } = deps

  function desk(): { connection: string; control: CallControl; extension: string } {
    const system = deps.system()
    if (!system)
      throw new CoreError('unavailable', { field: 'connections', reason: 'no telephone system is configured' })
    const { connection, callControl } = system
    if (!callControl)
      throw new CoreError('unavailable', { connection, reason: 'this telephone system cannot control calls' })
    const extension = deps.myExtension()
    if (!extension) {
      throw new CoreError('unavailable', {
        connection,
        field: `connections.${connection}.extension`,
        reason: 'your extension is not set',
      })
    }
    return { connection, control: callControl, extension }
  }

  /** The named call, or mine; always one that I am in. */
  function myCall(extension: string, callId: string | undefined): Call {
    const call = callId === undefined ? deps.liveCallOf(extension) : deps.callById(callId)
    if (!call?.mine) throw new CoreError('no-call', { reason: `extension ${extension} has no such call` })
    return call
  }

  return {
    async dial({ number, line = deps.line() }) {
      const { dialled, inside, parsed } = readDialled(number, 'number', deps)
      const { connection, control, extension } = desk()
      if (dialled === extension)
        throw new CoreError('bad-request', { field: 'number', reason: 'this is your own extension' })
      if (!control.lines.includes(line))
        throw new CoreError('unavailable', { field: 'line', reason: `this telephone system has no ${line} line` })
      log.info('dial', { extension, number: maskNumber(dialled), line })
      const accepted = deps.clicks.dialling()
      const { clickCallId } = await control.dial({ extension, number: dialled, line })
      if (clickCallId !== null && control.progress) accepted({ clickCallId, connection, extension, number: dialled })
      return {
        extension,
        dialled,
        display: inside ?? parsed.display,
        suffix: inside === undefined ? parsed.suffix : null,
        clickCallId,
      }
    },

    async hangup({ callId }) {
      const { control, extension } = desk()
      const call = myCall(extension, callId)
      // Ending it would end the caller who waits, not whom I talk with.
      if (deps.isConsulting(call.callId)) throw new CoreError('conflict', { reason: 'consult-under-way' })
      const number = otherParty(call, extension)
      log.info('hang-up', { extension, number: maskNumber(number), callId: call.callId })
      const clickCallId = deps.clicks.keyOf(call.callId)
      if (clickCallId === null) return control.hangup({ extension, number })
      try {
        await control.hangup({ extension, number, clickCallId })
        deps.clicks.ended(clickCallId)
      } catch (error) {
        deps.clicks.look(clickCallId)
        throw error
      }
    },

    async transfer({ callId, target }) {
      const to = target.normalize('NFKC').trim()
      if (!/^\d{1,20}$/.test(to))
        throw new CoreError('bad-request', { field: 'target', reason: 'must be an extension: digits only' })
      const { control, extension } = desk()
      if (to === extension)
        throw new CoreError('bad-request', { field: 'target', reason: 'this is your own extension' })
      const call = myCall(extension, callId)
      if (!isTalking(call, extension))
        throw new CoreError('no-call', { reason: 'only a call that was answered can be transferred' })
      if (deps.isConsulting(call.callId)) throw new CoreError('conflict', { reason: 'consult-under-way' })
      log.info('transfer', { extension, target: to, callId: call.callId })
      await control.transfer({ extension, target: to })
    },

    async setPresence({ extension: named, presence }) {
      const system = deps.system()
      if (!system)
        throw new CoreError('unavailable', { field: 'connections', reason: 'no telephone system is configured' })
      const { connection, presenceControl } = system
      if (!presenceControl)
        throw new CoreError('unavailable', { connection, reason: 'this telephone system cannot set presence' })
      const mine = deps.myExtension()
      const extension = named ?? mine
      if (!extension) {
        throw new CoreError('unavailable', {
          connection,
          field: `connections.${connection}.extension`,
          reason: 'your extension is not set',
        })
      }
      if (extension !== mine && !deps.canSetOthers()) {
        throw new CoreError('forbidden', { field: 'extension', reason: 'this desk may only set its own presence' })
      }
      log.info('set-presence', { extension, presence })
      await presenceControl.setPresence({ extension, presence })
      deps.onPresenceSet(extension, presence)
    },
  }
}

/** The caller talks once anybody answered; everybody else has a leg that says so. */
function isTalking(call: Call, extension: string): boolean {
  if (call.caller.number === extension) return call.state === 'talking'
  return call.legs.some((leg) => leg.extension === extension && leg.state === 'talking')
}

/** As the PBX knows the number: whoever is not me. Manual 003 §2 wants it as `callee`, whichever way the call went. */
function otherParty(call: Call, extension: string): string {
  if (call.caller.number === extension) return call.callee.number
  if (call.callee.number === extension || call.direction !== 'outgoing') return call.caller.number
  return call.callee.number
}
