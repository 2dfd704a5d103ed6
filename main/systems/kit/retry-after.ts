import type { Answer } from './response.ts'

/** A PBX that asks for more is asked again after this all the same: a desk must not go blind for an hour. */
const longestMs = 60_000

/** How long the other side wants to be left alone, ms: `Retry-After` of a 429 or 503, as seconds or as a date. */
export function retryAfterMs({ status, headers }: Pick<Answer, 'status' | 'headers'>): number | undefined {
  if (status !== 429 && status !== 503) return undefined
  const text = one(headers['retry-after'])?.trim() ?? ''
  const wantedMs = /^\d+$/.test(text) ? Number(text) * 1000 : untilDate(text, one(headers.date))
  return wantedMs > 0 ? Math.min(wantedMs, longestMs) : undefined
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

/** By the clock of whoever wrote the date, where the answer tells it; NaN for what is no HTTP date. */
function untilDate(text: string, sentAt: string | undefined): number {
  const at = / GMT$/.test(text) ? Date.parse(text) : Number.NaN
  const now = Date.parse(sentAt ?? '')
  return at - (Number.isNaN(now) ? Date.now() : now)
}
