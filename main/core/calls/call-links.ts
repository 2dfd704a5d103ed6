import { isMainLeg } from './call-parties.ts'
import type { CallRecord } from './call-record.ts'

/** A leg id that more calls than this share is not an id but a constant; it links nothing. */
const mostSharing = 8

interface Linked {
  callId: string
  startedAt: number
  /** Leg ids of the call, without the caller's own. */
  legIds: Set<string>
}

/**
 * Finds the call that a transfer reported under a new id belongs to: one of its leg ids is the other call's id, or a leg
 * id of both. Only the set of calls matters, never the order in which they were put in.
 */
export interface CallLinks {
  put(record: CallRecord, startedAt: number): void
  remove(callId: string): void
  /** The call that this one belongs to, or null. */
  linkOf(callId: string): string | null
}

export function createCallLinks(): CallLinks {
  const calls = new Map<string, Linked>()
  const byLegId = new Map<string, Set<string>>()

  function remove(callId: string): void {
    const known = calls.get(callId)
    if (!known) return
    calls.delete(callId)
    for (const legId of known.legIds) {
      const holders = byLegId.get(legId)
      holders?.delete(callId)
      if (holders?.size === 0) byLegId.delete(legId)
    }
  }

  const isOlder = (a: Linked, b: Linked) =>
    a.startedAt < b.startedAt || (a.startedAt === b.startedAt && a.callId < b.callId)

  return {
    put(record, startedAt) {
      remove(record.callId)
      const legIds = new Set(
        record.legs.filter((leg) => !isMainLeg(leg) && leg.businessId !== '').map((leg) => leg.businessId),
      )
      calls.set(record.callId, { callId: record.callId, startedAt, legIds })
      for (const legId of legIds) {
        const holders = byLegId.get(legId)
        if (holders) holders.add(record.callId)
        else byLegId.set(legId, new Set([record.callId]))
      }
    },
    remove,
    linkOf(callId) {
      const self = calls.get(callId)
      if (!self) return null
      let oldest: Linked | null = null
      for (const legId of self.legIds) {
        const named = calls.get(legId)
        // Naming a call is enough, whichever was heard of first, unless each names the other.
        const names = named && named !== self && (!named.legIds.has(callId) || isOlder(named, self)) ? [named] : []
        const holders = byLegId.get(legId) ?? new Set<string>()
        const sharing = holders.size > mostSharing ? [] : [...holders].flatMap((id) => calls.get(id) ?? [])
        for (const other of [...names, ...sharing.filter((one) => one !== self && isOlder(one, self))]) {
          if (oldest === null || isOlder(other, oldest)) oldest = other
        }
      }
      return oldest?.callId ?? null
    },
  }
}
