import type { Call, Party } from '../../preload/contract/index.ts'
import type { Seen } from './follow-desk.ts'
import { type Locale, type Words, wordsFor } from './words.ts'

export type TrayState = 'connected' | 'ringing' | 'missed' | 'cut-off'

/** Windows cuts longer ones. */
const longestTooltip = 127

export interface TrayLook {
  state: TrayState
  /** All that is to be known, most important first, one per line. */
  tooltip: string
  missedCount: number
}

export const localeOf = (seen: Seen): Locale => seen.settings?.values.locale ?? 'zh-CN'

/** What the icon shows. A ringing call beats trouble, trouble beats missed calls: nothing is hidden, the tooltip has all. */
export function trayLook(seen: Seen): TrayLook {
  const words = wordsFor(localeOf(seen))
  const ringing = seen.calls?.cards.filter(isRinging) ?? []
  const trouble = troubles(seen, words)
  const missedCount = seen.calls?.missedCount ?? 0
  const state =
    ringing.length > 0 ? 'ringing' : trouble.length > 0 ? 'cut-off' : missedCount > 0 ? 'missed' : 'connected'
  const lines = [
    ...ringing.map((call) => words.ringing(callerName(call, words))),
    ...consulting(seen, words),
    ...trouble,
    ...(missedCount > 0 ? [words.missed(missedCount)] : []),
    ...(trouble.length === 0 ? [words.connected] : []),
  ]
  return { state, missedCount, tooltip: cut(`${words.app}\n${lines.join('\n')}`) }
}

/** Name, else number of the outside party, else that there is none: what a menu line or a tooltip says. */
export function callerName(call: Call, words: Words): string {
  return call.caller.name ?? (call.caller.display || words.unknownNumber)
}

/** The newest different callers from outside, at most `limit`. */
export function lastCallers(calls: readonly Call[], limit: number): Call[] {
  const newest = new Map<string, Call>()
  for (const call of calls) {
    if (call.direction === 'incoming' && call.caller.canonical !== '' && !newest.has(call.caller.canonical))
      newest.set(call.caller.canonical, call)
  }
  return [...newest.values()].slice(0, limit)
}

/** Somebody hears music because of me: not to be forgotten behind another window. */
function consulting({ conversation }: Seen, words: Words): string[] {
  const consult = conversation?.consult
  if (!consult || consult.phase === 'ended') return []
  const name = ({ name, display }: Party) => name ?? (display || words.unknownNumber)
  return [words.consulting(name(consult.caller), consult.target && name(consult.target))]
}

function isRinging(call: Call): boolean {
  return call.direction !== 'outgoing' && (call.state === 'ringing' || call.state === 'calling')
}

function troubles({ status }: Seen, words: Words): string[] {
  if (!status) return [words.connecting]
  const { connections, listener } = status
  const down = connections.filter(({ state }) => state === 'down').map(({ address }) => words.connectionDown(address))
  const waiting = connections.some(({ state }) => state === 'connecting') ? [words.connecting] : []
  const none = connections.length === 0 ? [words.notSetUp] : []
  const deaf =
    listener.state === 'port-taken'
      ? [words.portTaken(listener.port)]
      : listener.state === 'failed' || listener.state === 'stopped'
        ? [words.notListening]
        : []
  return [...down, ...deaf, ...waiting, ...none]
}

function cut(text: string): string {
  const letters = [...text]
  return letters.length <= longestTooltip ? text : `${letters.slice(0, longestTooltip - 1).join('')}…`
}
