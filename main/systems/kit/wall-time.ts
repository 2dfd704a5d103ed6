/** A fixed distance from UTC, as settings write it: `+08:00`. China has no summer time. */
const offsetPattern = /^([+-])(\d{2}):(\d{2})$/
const timePattern = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/

/** `+08:00` in ms. */
export function offsetMs(offset: string): number {
  const [, sign, hours, minutes] = offsetPattern.exec(offset) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
}

/** Epoch ms as `yyyy-MM-dd HH:mm:ss` of a place. */
export function wallTime(epochMs: number, offset: string): string {
  return new Date(epochMs + offsetMs(offset)).toISOString().slice(0, 19).replace('T', ' ')
}

/** `yyyy-MM-dd HH:mm:ss` of a place as epoch ms; null for anything else, impossible days included. */
export function epochOf(text: string, offset: string): number | null {
  const parts = timePattern.exec(text.trim())
  if (!parts) return null
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number)
  const utc = Date.UTC(year!, month! - 1, day, hour, minute, second)
  // Date.UTC makes the 31st of a short month the 1st of the next, and reads years below 100 as 19xx.
  if (wallTime(utc, '+00:00') !== text.trim()) return null
  return utc - offsetMs(offset)
}
