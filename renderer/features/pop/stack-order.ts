import type { Call } from '../../../preload/contract/index.ts'

/** Cards that are shown at most; the others are counted. */
export const maxCards = 5

const rank: Record<Call['state'], number> = { calling: 0, ringing: 0, talking: 1, missed: 2, hungup: 3 }

export interface Stack {
  /** At most `maxCards`: what rings, then what is talked on, then what is over; newest first inside each. */
  shown: Call[]
  /** How many more there are. */
  more: number
}

/** Which calls stand in the stack, and in which order. With too many, a conversation stays rather than the oldest that rings. */
export function stackOf(cards: readonly Call[]): Stack {
  const ordered = [...cards].sort(
    (a, b) => rank[a.state] - rank[b.state] || b.startedAt - a.startedAt || (a.callId < b.callId ? 1 : -1),
  )
  if (ordered.length <= maxCards) return { shown: ordered, more: 0 }
  const kept = new Set([...ordered].sort((a, b) => stayRank(a) - stayRank(b)).slice(0, maxCards))
  return { shown: ordered.filter((call) => kept.has(call)), more: ordered.length - maxCards }
}

function stayRank(call: Call): number {
  return call.state === 'talking' ? -1 : rank[call.state]
}

/** Ended: hung up or missed. */
export function isOver(call: Call): boolean {
  return rank[call.state] >= rank.missed
}

/** Which card is drawn whole: the first that lives, else the first. The others are two lines each. */
export function leadOf(shown: readonly Call[]): Call | null {
  return shown.find((call) => !isOver(call)) ?? shown[0] ?? null
}
