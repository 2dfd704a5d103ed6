import type { Call } from '../../../preload/contract/index.ts'

/** Cards that are shown at most; the others are counted. */
export const maxCards = 5

export interface Stack {
  /** Newest first, at most `maxCards`. */
  shown: Call[]
  /** How many more there are. */
  more: number
}

/** Which calls stand in the stack, newest first. With too many, a conversation stays before what rings, and that before what is over. */
export function stackOf(cards: readonly Call[]): Stack {
  const newestFirst = [...cards].sort((a, b) => b.startedAt - a.startedAt || (a.callId < b.callId ? 1 : -1))
  if (newestFirst.length <= maxCards) return { shown: newestFirst, more: 0 }
  const kept = new Set([...newestFirst].sort((a, b) => stayRank(a) - stayRank(b)).slice(0, maxCards))
  return { shown: newestFirst.filter((call) => kept.has(call)), more: newestFirst.length - maxCards }
}

function stayRank(call: Call): number {
  if (call.state === 'talking') return 0
  return isOver(call) ? 2 : 1
}

/** Ended: hung up or missed. */
export function isOver(call: Call): boolean {
  return call.state === 'hungup' || call.state === 'missed'
}

/** Which card is drawn whole: the newest that lives, else the newest. The others are one line each. */
export function leadOf(shown: readonly Call[]): Call | null {
  return shown.find((call) => !isOver(call)) ?? shown[0] ?? null
}
