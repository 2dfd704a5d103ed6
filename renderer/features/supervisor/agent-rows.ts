import type { Board, Extension, TileState } from '../../../preload/contract/board.ts'
import { tileState } from '../../../preload/contract/tile-state.ts'

export const agentOrders = ['number', 'state', 'talk', 'missed'] as const
export type AgentOrder = (typeof agentOrders)[number]

export interface AgentQuery {
  /** Group id; null = all. */
  group: string | null
  /** Filter by extension or name; empty = everybody. */
  text: string
  /** Extensions that match `text` as pinyin. */
  alsoNumbers: ReadonlySet<string>
  /** Only who rings or talks. */
  onlyCalls: boolean
  order: AgentOrder
  stale: boolean
  /** Seconds talked, by extension. */
  talkSec: ReadonlyMap<string, number>
}

const byNumber = (a: Extension, b: Extension) =>
  a.extension.length - b.extension.length || (a.extension < b.extension ? -1 : 1)

/** What a supervisor looks for first comes first. */
const urgency: readonly TileState[] = [
  'talking',
  'ringing',
  'idle',
  'reducing',
  'busy',
  'stale',
  'offline',
  'unregistered',
]

/** The agents to show. By number nobody moves, whatever happens; by state the longest calls come first. */
export function agentRows(board: Pick<Board, 'extensions'>, query: AgentQuery): Extension[] {
  const word = query.text.trim().toLowerCase()
  const rows = board.extensions.filter(
    (one) =>
      (query.group === null || one.group === query.group) &&
      (!query.onlyCalls || one.phone === 'talking' || one.phone === 'ringing') &&
      (word === '' ||
        one.extension.includes(word) ||
        one.name.toLowerCase().includes(word) ||
        query.alsoNumbers.has(one.extension)),
  )
  const rank = (one: Extension) => urgency.indexOf(tileState(one, query.stale))
  if (query.order === 'state') return rows.sort((a, b) => rank(a) - rank(b) || a.since - b.since || byNumber(a, b))
  const talkSec = (one: Extension) => query.talkSec.get(one.extension) ?? 0
  if (query.order === 'talk') return rows.sort((a, b) => talkSec(b) - talkSec(a) || byNumber(a, b))
  if (query.order === 'missed') return rows.sort((a, b) => b.missedCount - a.missedCount || byNumber(a, b))
  return rows.sort(byNumber)
}

/** How it stands now: people on the phone, callers waiting and since when, people free. */
export function liveFigures(extensions: readonly Extension[], stale: boolean) {
  const states = extensions.map((one) => tileState(one, stale))
  const count = (wanted: TileState) => states.filter((state) => state === wanted).length
  const ringing = extensions.filter((one) => one.phone === 'ringing')
  return {
    talking: count('talking'),
    ringing: count('ringing'),
    idle: count('idle'),
    waitingSince: stale || ringing.length === 0 ? null : Math.min(...ringing.map((one) => one.since)),
  }
}
