/** Path in the answer → what the code there means. */
export type Meanings = ReadonlyMap<string, string>

/** How a decoded value is best shown. */
export type Shape = 'scalar' | 'record' | 'records' | 'list' | 'empty'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) {
    if (value.length === 0) return 'empty'
    return value.every(isRecord) ? 'records' : 'list'
  }
  if (isRecord(value)) return Object.keys(value).length === 0 ? 'empty' : 'record'
  return 'scalar'
}

/** Columns of a table of records: every simple field that at least one of them has, in the order of appearance. */
export function columnsOf(records: readonly Record<string, unknown>[], most: number): string[] {
  const names = new Set<string>()
  for (const record of records)
    for (const [name, value] of Object.entries(record)) if (shapeOf(value) === 'scalar' && value !== '') names.add(name)
  return [...names].slice(0, most)
}

/** A value as text; texts keep what they are, so that an empty one can be told from none. */
export function scalarText(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'string' ? value : value instanceof Date ? value.toISOString() : (JSON.stringify(value) ?? '')
}

/** Epoch milliseconds between 2000 and 2100 in a field that is called after a time; null = no time. */
export function timeIn(name: string, value: unknown): number | null {
  if (!/time|date|stamp/i.test(name) && !/[a-z]At$/.test(name)) return null
  const at = typeof value === 'number' ? value : typeof value === 'string' && /^\d{13}$/.test(value) ? Number(value) : 0
  return at > 946_684_800_000 && at < 4_102_444_800_000 ? at : null
}

export const stepInto = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)
