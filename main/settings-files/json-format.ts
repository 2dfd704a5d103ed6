import { CoreError } from '../core/errors.ts'

/** How settings are written and read by conf and electron-store; also remembers what was wrong with the text last read. */
export interface JsonFormat {
  serialize(values: Record<string, unknown>): string
  /** Never throws: conf reads in its constructor, and a faulty file must not stop the program. */
  deserialize(text: string): Record<string, unknown>
  /** Why the text read last is no settings object, or null. */
  problem(): string | null
}

export function createJsonFormat(): JsonFormat {
  let problem: string | null = null
  return {
    serialize: (values) => `${JSON.stringify(values, null, 2)}\n`,
    deserialize(text) {
      try {
        const values = parseObject(text)
        problem = null
        return values
      } catch (error) {
        problem = error instanceof CoreError ? (error.details.reason ?? error.code) : 'cannot be read'
        return {}
      }
    },
    problem: () => problem,
  }
}

/** A JSON object, with or without a byte order mark. Errors: bad-request with where it broke, never with the text itself. */
export function parseObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new CoreError('bad-request', { reason: `is not valid JSON${placeOf(error, text)}` })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CoreError('bad-request', { reason: 'must be one JSON object: { … }' })
  }
  return value as Record<string, unknown>
}

/** V8 tells line and column, or only that the text ended. Its quotation of the text is left out: secrets stand there. */
function placeOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : ''
  const place = /\(line (\d+) column (\d+)\)/.exec(message)
  if (place) return ` (line ${place[1]}, column ${place[2]})`
  if (text.trim() === '') return ' (it is empty)'
  return message.includes('end of JSON input') ? ' (it ends too early)' : ''
}
