import type { Settings } from '../../preload/contract/index.ts'
import { decodeTexts, splitQuery } from './query-bytes.ts'

/** Is this the PBX asking what to answer to a customer's text message? `GET /?method=smsquery&…`, manual 003 §23. */
export const isSmsQuery = (path: string, query: string): boolean =>
  (path === '/' || path === '') && /(?:^|&)method=smsquery(?:&|$)/i.test(query)

/** Who wrote what, as latin1 text of the query. `contant` is the vendor's spelling; the right one is understood too. */
export function readSmsQuery(query: string): { number: string; text: string } {
  const values = splitQuery(query)
  const bytesOf = (key: string) => values.get(key)?.bytes ?? ''
  const { texts } = decodeTexts([bytesOf('telnum'), bytesOf('contant') || bytesOf('content')])
  const [number = '', text = ''] = texts
  return { number, text }
}

/** What to text back, or null for nothing. The first rule whose text occurs in the message wins; capitals do not matter. */
export function smsAnswer(text: string, settings: Settings['smsQuery']): string | null {
  if (!settings.enabled) return null
  const message = text.toLowerCase()
  const rule = settings.rules.find(({ contains }) => {
    const wanted = contains.trim().toLowerCase()
    return wanted !== '' && message.includes(wanted)
  })
  const answer = (rule ? rule.reply : settings.fallback).trim()
  return answer === '' ? null : answer
}
