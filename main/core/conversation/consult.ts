import type { Call, Consult, ConsultCommand } from '../../../preload/contract/index.ts'
import { readDialled } from '../control/dialled-number.ts'
import { CoreError, toProblem } from '../errors.ts'
import { maskNumber } from '../numbers/index.ts'
import type { ThirdPartyControl } from '../ports/index.ts'
import { blockOf, type ConsultEvent, type ConsultState, startConsult, stepConsult } from './consult-state.ts'
import {
  type Asking,
  type ConversationDeps,
  capability,
  isUnclear,
  talkingCall,
  wasCalledHere,
} from './conversation-deps.ts'

/** What went well need not be read for long; what did not stays until somebody put it away, ms. */
const lingerMs = 10_000
const lingerTroubleMs = 120_000
const tickMs = 1000

interface Session {
  control: ThirdPartyControl
  extension: string
  callId: string
  caller: Consult['caller']
  /** As it was dialled; null = unknown. */
  target: string | null
  waitingSince: number
  state: ConsultState
  asking: Asking | null
  cancelTimer: (() => void) | null
}

export interface ConsultDesk {
  start(input: { callId?: string | undefined; target: string }): Promise<void>
  finish(input: { callId: string; command: ConsultCommand }): Promise<void>
  dismiss(callId: string): void
  snapshot(): Consult | null
  /** The caller of this call waits. */
  isConsulting(callId: string): boolean
  /** Something changed about calls: look whether ours is still here. */
  callsChanged(): void
  /** After a start: I talk in a call that is older than the program. Was I consulting? Asks once. */
  recover(call: Call): Promise<void>
  stop(): void
}

/** One attended transfer at a time: sends what the state machine wants sent, and asks how the third party's phone is. */
export function createConsult(
  deps: ConversationDeps & {
    /** Somebody is being called into this call: it may be a conference any moment. */
    isInviting(callId: string): boolean
    /** All three talk now. */
    onThreeWay(session: { callId: string; caller: Consult['caller']; target: string | null }): void
  },
): ConsultDesk {
  const { clock, log } = deps
  let session: Session | null = null

  const moment = () => ({ now: clock.now(), mono: clock.mono() })
  const isActive = (one: Session | null): one is Session => one !== null && one.state.phase !== 'ended'

  const isBusy = () => isActive(session)

  function open(one: Omit<Session, 'state' | 'asking' | 'cancelTimer'>): Session {
    if (session) close(session)
    session = { ...one, state: startConsult(moment()), asking: null, cancelTimer: null }
    return session
  }

  function close(one: Session): void {
    one.asking?.stop()
    one.cancelTimer?.()
    one.asking = one.cancelTimer = null
    if (session === one) session = null
  }

  /** Moves the machine; true = its command has to be sent now. */
  function move(one: Session, event: ConsultEvent): boolean {
    if (session !== one) return false
    const before = one.state
    const { state, send } = stepConsult(before, event, moment())
    if (state === before) return false
    one.state = state
    if (state.phase !== before.phase) follow(one)
    else if (state.third === 'gone') one.asking?.stop()
    const shown = ['third', 'phase', 'command', 'trouble'] as const
    if (shown.some((field) => state[field] !== before[field])) deps.onChange()
    if (state.outcome !== before.outcome) {
      log.info('consult-ended', { extension: one.extension, outcome: state.outcome, assumed: state.assumed })
      if (state.outcome === 'three-way') deps.onThreeWay(one)
    }
    return send !== null
  }

  /** A new phase: an answer to what was asked in the one before says nothing about it. */
  function follow(one: Session): void {
    one.asking?.stop()
    one.cancelTimer?.()
    one.asking = one.cancelTimer = null
    const { phase, outcome } = one.state
    if (phase === 'ended') {
      const ms = outcome === 'put-through' || outcome === 'three-way' || outcome === 'back' ? lingerMs : lingerTroubleMs
      one.cancelTimer = clock.after(ms, () => {
        close(one)
        deps.onChange()
      })
      return
    }
    if (phase !== 'open' && phase !== 'checking') return
    one.asking = deps.ask((signal) => askThird(one, phase, signal))
    one.asking.start()
    const tick = () => {
      one.cancelTimer = clock.after(tickMs, tick)
      move(one, { kind: 'tick' })
    }
    one.cancelTimer = clock.after(tickMs, tick)
  }

  async function askThird(one: Session, phase: ConsultState['phase'], signal: AbortSignal): Promise<void> {
    const tell = (event: ConsultEvent) => {
      if (!signal.aborted && one.state.phase === phase) move(one, event)
    }
    try {
      tell({ kind: 'third', state: await one.control.state({ extension: one.extension }, { signal }) })
    } catch (error) {
      if (toProblem(error).code === 'no-call') return tell({ kind: 'not-found' })
      tell({ kind: 'missed' })
      throw error
    }
  }

  /** What the answer to something that was sent means. Returns the error when it was certainly not done. */
  async function answered(one: Session, sent: Promise<void>): Promise<unknown> {
    try {
      await sent
      if (move(one, { kind: 'accepted' })) await send(one)
      return null
    } catch (error) {
      const problem = toProblem(error)
      const unclear = isUnclear(problem)
      log.warn('consult-refused', { extension: one.extension, code: problem.code, unclear })
      if (move(one, { kind: unclear ? 'unclear' : 'refused', problem })) await send(one)
      return unclear ? null : error
    } finally {
      callsChanged()
    }
  }

  /** The command that the machine wants sent now. */
  async function send(one: Session): Promise<void> {
    const { control, extension, callId } = one
    const { command } = one.state
    if (command === null) return
    log.info('consult-finish', { extension, command, callId })
    const sent = { 'put-through': control.transfer, 'three-way': control.conference, back: control.resume }[command]
    await answered(one, sent({ extension }))
  }

  function callsChanged(): void {
    if (!isActive(session)) return
    const call = deps.callById(session.callId)
    if (call === null || call.state === 'hungup' || call.state === 'missed') move(session, { kind: 'call-ended' })
    else if (!wasCalledHere(call, session.extension)) move(session, { kind: 'call-moved' })
  }

  return {
    async start({ callId, target }) {
      const { dialled } = readDialled(target, 'target', deps)
      const { control, extension } = capability(deps, 'thirdParty')
      if (dialled === extension)
        throw new CoreError('bad-request', { field: 'target', reason: 'this is your own extension' })
      if (isBusy()) throw new CoreError('conflict', { reason: 'consult-under-way' })
      const call = talkingCall(deps, extension, callId)
      if (!wasCalledHere(call, extension)) throw new CoreError('no-call', { reason: 'call-not-incoming' })
      if (deps.isInviting(call.callId)) throw new CoreError('conflict', { reason: 'invite-under-way' })
      log.info('consult', { extension, target: maskNumber(dialled), callId: call.callId })
      const one = open({
        control,
        extension,
        callId: call.callId,
        caller: call.caller,
        target: dialled,
        waitingSince: clock.now(),
      })
      deps.onChange()
      const refused = await answered(one, control.call({ extension, target: dialled }))
      if (refused === null) return
      // Who asked is told; the card need not say it a second time, unless it has something else to say.
      if (session === one && one.state.outcome === 'not-started') {
        close(one)
        deps.onChange()
      }
      throw refused
    },

    async finish({ callId, command }) {
      const one = session
      if (!isActive(one) || one.callId !== callId) throw new CoreError('no-call', { reason: 'no-consult' })
      if (one.state.command === command) return
      const blocked = blockOf(one.state, command)
      if (blocked !== null) throw new CoreError('conflict', { reason: `consult-${blocked}` })
      if (move(one, { kind: 'press', command })) await send(one)
    },

    dismiss(callId) {
      const one = session
      if (one?.callId !== callId) return
      if (isActive(one)) {
        move(one, { kind: 'dismiss' })
        return
      }
      close(one)
      deps.onChange()
    },

    snapshot() {
      const one = session
      if (!one) return null
      const { phase, command, third, thirdSince, trouble, outcome, assumed, endedAt } = one.state
      return {
        callId: one.callId,
        caller: deps.callById(one.callId)?.caller ?? one.caller,
        target: one.target === null ? null : deps.identify(one.target),
        waitingSince: one.waitingSince,
        blocked: {
          'put-through': blockOf(one.state, 'put-through'),
          'three-way': blockOf(one.state, 'three-way'),
          back: blockOf(one.state, 'back'),
        },
        ...{ phase, command, third, thirdSince, trouble, outcome, assumed, endedAt },
      }
    },

    isConsulting: (callId) => isActive(session) && session.callId === callId && session.state.third !== 'gone',
    callsChanged,

    async recover(call) {
      const thirdParty = deps.system()?.thirdParty
      const extension = deps.myExtension()
      if (!thirdParty || extension === null || isBusy() || !wasCalledHere(call, extension)) return
      try {
        const said = await thirdParty.state({ extension })
        if (said === 'trying' || isBusy()) return
        log.info('consult-found', { extension, third: said })
        const { callId, caller } = call
        const one = open({ control: thirdParty, extension, callId, caller, target: null, waitingSince: call.startedAt })
        move(one, { kind: 'accepted' })
        move(one, { kind: 'third', state: said })
      } catch (error) {
        // "No such call" is the usual answer; with any other there is nothing to show either.
        log.debug('consult-not-found', { code: toProblem(error).code })
      }
    },

    stop() {
      if (session) close(session)
    },
  }
}
