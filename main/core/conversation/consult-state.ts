import type {
  ConsultBlock,
  ConsultCommand,
  ConsultOutcome,
  Problem,
  ThirdState,
} from '../../../preload/contract/index.ts'

/** How long the PBX may say nothing about the third party before we stop believing what it said last, ms. */
export const silentAfterMs = 6000
/** How long the PBX is asked what became of a command whose answer was lost, ms. */
export const checkForMs = 8000
/** Only a "no such consultation" that is repeated is believed: the first may have crossed with something. */
const goneAfter = 2

/** An attended transfer, as far as it goes without a PBX: a value, moved on by `stepConsult`. Epoch and monotonic ms. */
export interface ConsultState {
  readonly phase: 'starting' | 'open' | 'sending' | 'checking' | 'ended'
  readonly command: ConsultCommand | null
  readonly third: ThirdState
  readonly thirdSince: number
  /** The PBX has said that there is a consultation, by taking it or by telling the third party's state. */
  readonly confirmed: boolean
  readonly heardMono: number
  readonly notFound: number
  /** Give up checking then, monotonic. */
  readonly checkUntil: number
  /** What became of the caller's call while a command was on its way. */
  readonly call: 'here' | 'ended' | 'moved'
  readonly trouble: { what: 'start' | ConsultCommand; done: 'no' | 'unknown'; problem: Problem } | null
  readonly outcome: ConsultOutcome | null
  readonly assumed: boolean
  readonly endedAt: number | null
}

export type ConsultEvent =
  /** The answer to what was sent last. `unclear`: it may have been done or not. */
  | { kind: 'accepted' }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'unclear'; problem: Problem }
  /** What a question about the third party brought. */
  | { kind: 'third'; state: 'trying' | 'ringing' | 'answered' | 'refused' }
  | { kind: 'not-found' }
  | { kind: 'missed' }
  /** A button. */
  | { kind: 'press'; command: ConsultCommand }
  | { kind: 'dismiss' }
  /** The caller's call ended, or is not mine any more. */
  | { kind: 'call-ended' }
  | { kind: 'call-moved' }
  | { kind: 'tick' }

export interface Moment {
  now: number
  mono: number
}

/** A consultation whose CALL_THIRD is about to be sent. */
export function startConsult({ now, mono }: Moment): ConsultState {
  return {
    phase: 'starting',
    command: null,
    third: 'calling',
    thirdSince: now,
    confirmed: false,
    heardMono: mono,
    notFound: 0,
    checkUntil: 0,
    call: 'here',
    trouble: null,
    outcome: null,
    assumed: false,
    endedAt: null,
  }
}

/**
 * Why a button cannot be pressed; null = it can. Going back is possible whatever the third party does, and from the first
 * moment on: before the PBX has answered it is kept until it has. The two others from ringing on (manual 003 §11.1), and
 * when nobody knows.
 */
export function blockOf(state: ConsultState, command: ConsultCommand): ConsultBlock | null {
  if (state.phase === 'starting' && command === 'back' && state.command === null) return null
  if (state.phase !== 'open') return state.phase
  if (command === 'back') return null
  return state.third === 'calling' || state.third === 'refused' || state.third === 'gone' ? state.third : null
}

/** `send` is what has to be sent now, once. The same state comes back when nothing changed. */
export function stepConsult(
  state: ConsultState,
  event: ConsultEvent,
  at: Moment,
): { state: ConsultState; send: ConsultCommand | null } {
  if (event.kind === 'press') {
    if (blockOf(state, event.command) !== null) return { state, send: null }
    if (state.phase === 'starting') return { state: { ...state, command: event.command }, send: null }
    return { state: { ...state, phase: 'sending', command: event.command, trouble: null }, send: event.command }
  }
  const next = steps[state.phase](state, event, at)
  return { state: next, send: state.phase === 'starting' && next.phase === 'sending' ? next.command : null }
}

type Step = (state: ConsultState, event: Exclude<ConsultEvent, { kind: 'press' }>, at: Moment) => ConsultState

const steps: Record<ConsultState['phase'], Step> = {
  starting(state, event, at) {
    /** Who wanted back meanwhile goes back now. */
    const phase = state.command === null ? 'open' : 'sending'
    if (event.kind === 'accepted') return { ...state, phase, confirmed: true, heardMono: at.mono, thirdSince: at.now }
    if (event.kind === 'refused')
      return end({ ...state, trouble: { what: 'start', done: 'no', problem: event.problem } }, 'not-started', at)
    if (event.kind === 'unclear') {
      const trouble = { what: 'start', done: 'unknown', problem: event.problem } as const
      return { ...state, phase, third: 'unknown', thirdSince: at.now, heardMono: at.mono, trouble }
    }
    return leftHere(state, event, at)
  },
  open(state, event, at) {
    if (event.kind === 'third') return heard(state, event.state, at)
    if (event.kind === 'not-found') {
      const counted = { ...state, notFound: state.notFound + 1 }
      if (counted.notFound < goneAfter || state.third === 'gone') return aged(counted, at)
      return state.confirmed ? withThird(counted, 'gone', at) : end(counted, 'not-started', at)
    }
    if (event.kind === 'missed' || event.kind === 'tick') return aged(state, at)
    if (event.kind === 'dismiss') return state.third === 'gone' ? end(state, 'over', at) : state
    return leftHere(state, event, at)
  },
  sending(state, event, at) {
    const command = state.command ?? 'back'
    if (event.kind === 'call-ended' || event.kind === 'call-moved')
      return state.call === 'here' ? { ...state, call: event.kind === 'call-ended' ? 'ended' : 'moved' } : state
    if (event.kind === 'accepted') {
      // Whoever hung up meanwhile did not come back to me.
      if (command === 'back' && state.call !== 'here') return end(state, gone(state), at)
      return end(state, command, at)
    }
    if (event.kind === 'refused') {
      if (state.call !== 'here') return end(state, gone(state), at)
      if (command === 'back' && state.third === 'gone' && event.problem.code === 'no-call')
        return end(state, 'over', at)
      return reopen(state, { what: command, done: 'no', problem: event.problem })
    }
    if (event.kind !== 'unclear') return state
    if (state.call === 'moved') return movedAway(state, command, at)
    if (state.call === 'ended') return end(state, command === 'back' ? 'caller-left' : 'over', at)
    const trouble = { what: command, done: 'unknown', problem: event.problem } as const
    return { ...state, phase: 'checking', notFound: 0, checkUntil: at.mono + checkForMs, trouble }
  },
  checking(state, event, at) {
    const command = state.command ?? 'back'
    if (event.kind === 'third' && event.state !== 'trying')
      // There still is a consultation, so the command was not carried out.
      return reopen(withThird({ ...state, heardMono: at.mono }, event.state, at), {
        what: command,
        done: 'no',
        problem: state.trouble?.problem ?? { code: 'timeout', details: {} },
      })
    // "No such call, or transferred or made a conference already": manual 003 §11.
    if (event.kind === 'not-found') return end({ ...state, assumed: true, trouble: null }, command, at)
    if (event.kind === 'call-moved') return movedAway(state, command, at)
    if (event.kind === 'call-ended') return end(state, command === 'back' ? 'caller-left' : 'over', at)
    if ((event.kind === 'tick' || event.kind === 'missed') && at.mono >= state.checkUntil)
      return reopen(withThird(state, 'unknown', at), state.trouble)
    return state
  },
  ended: (state) => state,
}

function end(state: ConsultState, outcome: ConsultOutcome, { now }: Moment): ConsultState {
  return { ...state, phase: 'ended', command: null, outcome, endedAt: now }
}

function reopen(state: ConsultState, trouble: ConsultState['trouble']): ConsultState {
  return { ...state, phase: 'open', command: null, notFound: 0, trouble }
}

const gone = (state: ConsultState): ConsultOutcome => (state.call === 'moved' ? 'moved' : 'caller-left')

/** Not here any more: for who wanted to put him through that is the sign that it worked. */
function movedAway(state: ConsultState, command: ConsultCommand, at: Moment): ConsultState {
  if (command !== 'put-through') return end(state, 'moved', at)
  return end({ ...state, assumed: true, trouble: null }, command, at)
}

/** The caller's call went while nothing was on its way. */
function leftHere(state: ConsultState, event: ConsultEvent, at: Moment): ConsultState {
  if (event.kind === 'call-ended') return end(state, 'caller-left', at)
  if (event.kind === 'call-moved') return end(state, 'moved', at)
  return state
}

/** News of the third party are newer than the words about what did not work before. */
function withThird(state: ConsultState, third: ThirdState, { now }: Moment): ConsultState {
  if (third === state.third) return state
  return { ...state, third, thirdSince: now, trouble: state.trouble?.done === 'no' ? null : state.trouble }
}

function heard(state: ConsultState, said: 'trying' | 'ringing' | 'answered' | 'refused', at: Moment): ConsultState {
  const alive = {
    ...state,
    confirmed: true,
    notFound: 0,
    trouble: state.trouble?.what === 'start' ? null : state.trouble,
  }
  // "Transient, may be ignored" (manual 003 §11): it tells that there is a consultation, and nothing else.
  if (said === 'trying') return aged(alive, at)
  return withThird({ ...alive, heardMono: at.mono }, said, at)
}

/** What was said too long ago is not true any more; a refusal is final. */
function aged(state: ConsultState, at: Moment): ConsultState {
  const fades = state.third === 'calling' || state.third === 'ringing' || state.third === 'answered'
  return fades && at.mono - state.heardMono > silentAfterMs ? withThird(state, 'unknown', at) : state
}
