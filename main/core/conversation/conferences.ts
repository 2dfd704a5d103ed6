import type { Call, Conference, ConferenceMember, Party } from '../../../preload/contract/index.ts'
import { readDialled } from '../control/dialled-number.ts'
import { CoreError, toProblem } from '../errors.ts'
import { maskNumber } from '../numbers/index.ts'
import { type ConversationDeps, capability, isUnclear, talkingCall } from './conversation-deps.ts'

interface Invited {
  number: string
  at: number
  /** The PBX itself said that this one talks: it came out of a consultation. */
  answered: boolean
  /** The board has shown its phone talking since then. */
  seenTalking: boolean
}

interface KnownConference {
  callId: string
  /** Number that the PBX knows it by: the caller's. */
  caller: string
  startedAt: number
  invited: Invited[]
  /** The PBX said last that it has no such conference: it has to be made again. */
  isGone: boolean
}

/**
 * The conferences of my calls. The PBX reports nothing about who is in one, so each member carries how we know of him.
 */
export interface ConferenceBook {
  invite(input: { callId?: string | undefined; target: string }): Promise<{ display: string; name: string | null }>
  /** A consultation became one. */
  add(made: { callId: string; caller: Party; target: string | null }): void
  list(): Conference[]
  callsChanged(): void
  /** The board is newer: who talked, and who is free again? */
  boardChanged(): void
  /** An invitation into this call waits for its answer. */
  isInviting(callId: string): boolean
}

export function createConferences(
  deps: ConversationDeps & {
    /** Its caller waits while somebody else is asked. */
    isConsulting(callId: string): boolean
  },
): ConferenceBook {
  const { clock, log } = deps
  const byCall = new Map<string, KnownConference>()
  /** Invitations on their way, call and number: a second press sends nothing. */
  const underWay = new Set<{ callId: string; dialled: string }>()

  /** Whom a request should have called in that may have made the conference or not, by call. */
  const lost = new Map<string, string>()

  function known(call: { callId: string; caller: string }): KnownConference {
    const found = byCall.get(call.callId)
    if (found) return found
    const fresh = { ...call, startedAt: clock.now(), invited: [], isGone: false }
    byCall.set(call.callId, fresh)
    return fresh
  }

  function note(conference: KnownConference, number: string, answered: boolean): void {
    const others = conference.invited.filter((one) => one.number !== number)
    conference.invited = [...others, { number, at: clock.now(), answered, seenTalking: false }]
    deps.onChange()
  }

  async function send(call: Call, extension: string, target: string): Promise<void> {
    const { control } = capability(deps, 'conference')
    const caller = call.caller.number
    const made = byCall.get(call.callId)
    if (made && !made.isGone) return join(made, target)
    // Manual 003 §9: the two numbers of the running call, whichever of them is mine.
    const callee = caller === extension ? call.callee.number : extension
    try {
      await control.create({ caller, callee, target })
    } catch (error) {
      const problem = toProblem(error)
      if (isUnclear(problem)) lost.set(call.callId, target)
      if (problem.code !== 'conflict') throw error
      // 483, "made already". By my own request whose answer was lost: whom it called rings, and must not ring twice.
      const isMine = lost.get(call.callId) === target
      log.info('conference-exists', { extension, callId: call.callId, isMine })
      const conference = known({ callId: call.callId, caller })
      if (!isMine) return join(conference, target)
    }
    lost.delete(call.callId)
    known({ callId: call.callId, caller }).isGone = false
  }

  async function join(conference: KnownConference, target: string): Promise<void> {
    const { control } = capability(deps, 'conference')
    try {
      await control.join({ caller: conference.caller, target })
      conference.isGone = false
    } catch (error) {
      const { code } = toProblem(error)
      if (code === 'not-found') conference.isGone = true
      throw error
    }
  }

  /** A number that is no extension tells nothing; neither does a board that is not polled. */
  function evidence(one: Invited): ConferenceMember['evidence'] {
    const phone = deps.phoneOf(one.number)
    if (phone?.talking) return 'talking'
    if (phone && one.seenTalking) return 'left'
    return one.answered ? 'answered' : 'asked'
  }

  return {
    async invite({ callId, target }) {
      const { dialled } = readDialled(target, 'target', deps)
      const { extension } = capability(deps, 'conference')
      if (dialled === extension)
        throw new CoreError('bad-request', { field: 'target', reason: 'this is your own extension' })
      const call = talkingCall(deps, extension, callId)
      if (call.caller.number === '') throw new CoreError('bad-request', { field: 'caller', reason: 'caller-withheld' })
      // To the PBX the caller waits then; the consultation has a way of its own to become a conference.
      if (deps.isConsulting(call.callId)) throw new CoreError('conflict', { reason: 'consult-under-way' })
      const invitation = { callId: call.callId, dialled }
      if ([...underWay].some((one) => one.callId === call.callId && one.dialled === dialled))
        throw new CoreError('conflict', { reason: 'invite-under-way' })
      underWay.add(invitation)
      try {
        log.info('invite', { extension, target: maskNumber(dialled), callId: call.callId })
        await send(call, extension, dialled)
        note(known({ callId: call.callId, caller: call.caller.number }), dialled, false)
      } finally {
        underWay.delete(invitation)
      }
      const { display, name } = deps.identify(dialled)
      return { display, name }
    },

    add({ callId, caller, target }) {
      const conference = known({ callId, caller: caller.number })
      if (target !== null) note(conference, target, true)
      else deps.onChange()
    },

    list() {
      const extension = deps.myExtension()
      return [...byCall.values()].flatMap(({ callId, caller, startedAt, invited }) => {
        const call = deps.callById(callId)
        if (!call || extension === null) return []
        const other = caller === extension ? call.callee : call.caller
        const members: ConferenceMember[] = [
          { party: other, role: 'caller', evidence: 'call', invitedAt: null },
          { party: deps.identify(extension), role: 'me', evidence: 'call', invitedAt: null },
          ...invited.map(
            (one): ConferenceMember => ({
              party: deps.identify(one.number),
              role: 'invited',
              evidence: evidence(one),
              invitedAt: one.at,
            }),
          ),
        ]
        return [{ callId, startedAt, members }]
      })
    },

    callsChanged() {
      for (const { callId } of [...byCall.values()]) {
        if (deps.callById(callId)?.mine) continue
        byCall.delete(callId)
        deps.onChange()
      }
      for (const callId of [...lost.keys()]) if (!deps.callById(callId)?.mine) lost.delete(callId)
    },

    boardChanged() {
      let changed = false
      for (const one of [...byCall.values()].flatMap(({ invited }) => invited)) {
        const talking = deps.phoneOf(one.number)?.talking === true
        if (talking && !one.seenTalking) one.seenTalking = changed = true
        else if (one.seenTalking) changed = true
      }
      if (changed) deps.onChange()
    },

    isInviting: (callId) => [...underWay].some((one) => one.callId === callId),
  }
}
