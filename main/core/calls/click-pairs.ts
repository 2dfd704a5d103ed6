import type { CallRecord } from './call-record.ts'
import { clickCallOf, joinClick, pairClicks } from './click-call.ts'

/** Keeps a call that was dialled here through the PBX and what the PBX reports of it, under an id of its own, together. */
export interface ClickPairs {
  /** The call is new or changed. Returns the ids of reported calls that must be derived anew. */
  put(record: CallRecord): string[]
  remove(callId: string): string[]
  /** The reported call that this click call is, or null. */
  reportedAs(callId: string): string | null
  /** Key of the click call that this call is, itself or as the PBX reports it; null when it was not dialled here. */
  keyOf(callId: string): string | null
  /** All that is known of the call. */
  joined(record: CallRecord): CallRecord
}

/** `all` = every call in memory. */
export function createClickPairs(all: () => Iterable<CallRecord>): ClickPairs {
  const clicks = new Map<string, CallRecord>()
  let pairs: ReadonlyMap<string, string> = new Map()

  function pairAnew(): string[] {
    const reported = [...all()].filter((one) => !clicks.has(one.callId))
    const before = pairs
    pairs = pairClicks([...clicks.values()], reported)
    return [...new Set([...before.values(), ...pairs.values()])]
  }

  function keyOf(callId: string): string | null {
    if (clicks.has(callId)) return callId
    for (const [key, reported] of pairs) if (reported === callId) return key
    return null
  }

  return {
    put(record) {
      if (clickCallOf(record)) clicks.set(record.callId, record)
      // In a burst nearly every call is somebody else's.
      else if (![...clicks.values()].some(({ caller }) => caller === record.caller)) return []
      return pairAnew()
    },
    remove(callId) {
      const isPaired = keyOf(callId) !== null
      clicks.delete(callId)
      return isPaired ? pairAnew() : []
    },
    reportedAs: (callId) => pairs.get(callId) ?? null,
    keyOf,
    joined(record) {
      const key = clicks.size === 0 ? null : keyOf(record.callId)
      const click = key === null || key === record.callId ? undefined : clicks.get(key)
      return click ? joinClick(record, click) : record
    },
  }
}
