import type { Call, MissedParty } from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import type { MissedReturn, MissedStore } from '../ports/index.ts'
import type { LiveCalls } from './live-calls-types.ts'

interface Missed {
  call: Call
  returned: MissedReturn | null
}

/** Missed calls by caller, until they are dealt with: by hand, or because somebody spoke to the caller since. */
export function createMissedList(deps: {
  live: Pick<LiveCalls, 'missedOpen' | 'missedDealtWith' | 'handle' | 'unhandle'>
  store: Pick<MissedStore, 'attemptSince'>
  extensionName(extension: string): string | null
}): Desk['missed'] {
  const named = (by: string | null) => ({ by, byName: by === null ? null : deps.extensionName(by) })

  function partyOf(missed: readonly Missed[]): MissedParty | null {
    const [newest] = missed
    const oldest = missed.at(-1)
    if (!newest || !oldest) return null
    const { call, returned } = newest
    const attempt = returned === null ? deps.store.attemptSince(call.caller.canonical, call.startedAt) : null
    return {
      party: call.caller,
      calls: missed.map(({ call: { connection, callId } }) => ({ connection, callId })),
      lastAt: call.startedAt,
      firstAt: oldest.call.startedAt,
      group: call.group,
      groupName: call.groupName,
      attempt: attempt && { at: attempt.at, ...named(attempt.by) },
      returned: returned && { at: returned.at, how: returned.how, ...named(returned.by) },
      handledAt: call.handledAt,
    }
  }

  const parties = (all: readonly Missed[]) => byCaller(all).flatMap((one) => partyOf(one) ?? [])

  return {
    async list({ state }) {
      if (state === 'open') {
        const { count, calls } = deps.live.missedOpen()
        return { parties: parties(calls.map((call) => ({ call, returned: null }))), more: count - calls.length }
      }
      // What is being opened again this moment is not dealt with any more, whatever the store still says.
      const dealtWith = deps.live
        .missedDealtWith()
        .filter(({ call, returned }) => returned !== null || call.handledAt !== null)
      return { parties: parties(dealtWith), more: 0 }
    },
    async handle({ calls }) {
      await Promise.all(calls.map(({ callId }) => deps.live.handle(callId)))
    },
    async unhandle({ calls }) {
      await Promise.all(calls.map(({ callId }) => deps.live.unhandle(callId)))
    },
  }
}

/** Newest first, in and out. Callers without a number are not one person. */
function byCaller(missed: readonly Missed[]): Missed[][] {
  const groups = new Map<string, Missed[]>()
  for (const one of missed) {
    const { canonical } = one.call.caller
    const key = canonical === '' ? `call ${one.call.connection} ${one.call.callId}` : canonical
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}
