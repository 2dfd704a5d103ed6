import type { InboxEvent } from '../core/calls/inbox-event.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const gb18030 = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true })

/** A value as it stood in the query, one character per byte, before and after its escapes were undone. */
export interface RawValue {
  escaped: string
  bytes: string
}

/**
 * A query or form body (latin1 text of its bytes) as bytes per key, keys in lower case. The first of several equal keys
 * wins. Never throws: a broken escape stands for itself.
 */
export function splitQuery(query: string, into = new Map<string, RawValue>()): Map<string, RawValue> {
  let at = 0
  while (at < query.length) {
    const next = query.indexOf('&', at)
    const end = next < 0 ? query.length : next
    const equals = query.indexOf('=', at)
    const keyEnd = equals < 0 || equals > end ? end : equals
    if (keyEnd > at) {
      const key = unescapeBytes(query.slice(at, keyEnd)).toLowerCase()
      const escaped = query.slice(Math.min(keyEnd + 1, end), end)
      if (!into.has(key)) into.set(key, { escaped, bytes: unescapeBytes(escaped) })
    }
    at = end + 1
  }
  return into
}

/** `%XX` and `+` undone, to bytes: one character each. */
function unescapeBytes(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  let at = spaced.indexOf('%')
  if (at < 0) return spaced
  let bytes = ''
  let done = 0
  while (at >= 0) {
    const byte = hexDigit(spaced.charCodeAt(at + 1)) * 16 + hexDigit(spaced.charCodeAt(at + 2))
    const end = byte >= 0 ? at + 3 : at + 1
    if (byte >= 0) {
      bytes += spaced.slice(done, at) + String.fromCharCode(byte)
      done = end
    }
    at = spaced.indexOf('%', end)
  }
  return bytes + spaced.slice(done)
}

/** Its value; so far below zero that no other digit makes up for it where it is none. */
function hexDigit(sign: number): number {
  if (sign >= 0x30 && sign <= 0x39) return sign - 0x30
  const letter = sign | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1000
}

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)

/**
 * Texts of one request read in one charset: strict UTF-8, else strict GB18030 (a guess: Big5 passes too), else each byte
 * as one character, which is latin1.
 */
export function decodeTexts(values: string[]): { texts: string[]; charset: InboxEvent['charset'] } {
  if (values.every(isAscii)) return { texts: values, charset: 'utf-8' }
  for (const [charset, decoder] of [
    ['utf-8', utf8],
    ['gb18030', gb18030],
  ] as const) {
    try {
      return { texts: values.map((value) => decoder.decode(Buffer.from(value, 'latin1'))), charset }
    } catch {
      // Not this charset: the next one, and at last the bytes as they are.
    }
  }
  return { texts: values, charset: 'latin1' }
}

/** Everything in the parts (query first, then form), decoded together: at most 20 values, each cut to 500 characters. */
export function decodedValues(...parts: string[]): Record<string, string> {
  const values = new Map<string, RawValue>()
  for (const part of parts) splitQuery(part, values)
  const entries = [...values].slice(0, 20)
  const { texts } = decodeTexts(entries.map(([, { bytes }]) => bytes))
  return Object.fromEntries(entries.map(([name], at) => [name.slice(0, 60), (texts[at] ?? '').slice(0, 500)]))
}
