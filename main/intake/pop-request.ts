import { type InboxEvent, type ScreenPopState, screenPopStates } from '../core/calls/inbox-event.ts'
import { limits } from './limits.ts'
import { decodeTexts, splitQuery } from './query-bytes.ts'

/** A screen pop as it was reported, with the monotonic time of its arrival, ms. */
export type ReceivedPop = Omit<InboxEvent, 'id' | 'connection'> & { receivedMono: number }

export type PopFields = Pick<
  ReceivedPop,
  'callId' | 'caller' | 'callee' | 'state' | 'direction' | 'businessId' | 'group' | 'charset'
>

const keys = ['id', 'caller', 'callee', 'state', 'direction', 'businessid', 'group'] as const

/**
 * The fields of a screen pop out of query and form body (latin1 text of their bytes; the query wins). Manual 003 §4.
 * A missing or unusable required field comes back by its wire name. Unknown fields are ignored, others may be missing.
 */
export function readPop(query: string, body: string): PopFields | { wrongField: 'id' | 'state' } {
  const values = splitQuery(body, splitQuery(query))
  const { texts, charset } = decodeTexts(keys.map((key) => values.get(key)?.bytes ?? ''))
  const [id = '', caller = '', callee = '', state = '', direction = '', businessId = '', group = ''] = texts.map(plain)
  const callId = atSign(id)
  if (callId === '' || callId.length > limits.fieldLength) return { wrongField: 'id' }
  const known = screenPopStates.find((one) => one === state.toLowerCase()) as ScreenPopState | undefined
  if (!known) return { wrongField: 'state' }
  const number = (key: 'caller' | 'callee', text: string) =>
    // A bare + before a country code is meant, whatever a form encoder would make of it.
    cut(values.get(key)?.escaped.startsWith('+') && /^\d/.test(text) ? `+${text}` : text)
  return {
    callId,
    caller: number('caller', caller),
    callee: number('callee', callee),
    state: known,
    direction: cut(direction),
    businessId: cut(atSign(businessId)),
    group: cut(group),
    charset,
  }
}

/** Control characters go: they belong to no number and no name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const control = /[\0-\x1f\x7f]/g
const plain = (text: string) => (text.search(control) < 0 ? text : text.replace(control, '')).trim()

/** Ids may arrive escaped twice: `%2540` leaves `%40`. */
const atSign = (text: string) => (text.includes('%') ? text.replaceAll('%40', '@') : text)

const cut = (text: string) => text.slice(0, limits.fieldLength)
