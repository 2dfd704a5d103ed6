import { z } from 'zod'

const unreadable = Symbol('unreadable')
/** As a key of JSON it is data that must not become a prototype. */
const protoName: string = '__proto__'

/** What is wrong with a field, and where below it. */
class Issue {
  readonly message: string
  readonly path: PropertyKey[]

  constructor(message: string, path: PropertyKey[] = []) {
    this.message = message
    this.path = path
  }
}

/** Complaints after which an answer is given up: a large one may hold millions, and writing them down takes half a minute. */
const mostIssues = 200
let issuesLeft = Number.POSITIVE_INFINITY

class WrongAllOver extends Error {}

function complain(context: z.RefinementCtx, message: string, path: PropertyKey[], input: unknown): void {
  issuesLeft -= 1
  if (issuesLeft < 0) throw new WrongAllOver()
  context.issues.push({ code: 'custom', message, path, input })
}

/** Check an answer. Where it is wrong all over, only the beginning of its lists is told about. */
export function readTolerantly<Schema extends z.ZodType>(
  schema: Schema,
  document: unknown,
): z.ZodSafeParseResult<z.output<Schema>> {
  issuesLeft = mostIssues
  try {
    return schema.safeParse(document)
  } catch (thrown) {
    if (!(thrown instanceof WrongAllOver)) throw thrown
  } finally {
    issuesLeft = Number.POSITIVE_INFINITY
  }
  const result = schema.safeParse(beginning(document))
  // Wrong further back: then the document as a whole is.
  return result.success ? z.never().safeParse(document) : result
}

/** The same with a few rows of each list. */
function beginning(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 20).map(beginning)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, beginning(inner)]))
}

type Reader = (value: unknown) => unknown
const directReaders = new WeakMap<z.ZodType, Reader>()

/** Text that may arrive as a number, a boolean or null. */
export const wireText = field('not a text', (value) => {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return value === null ? '' : unreadable
})

/** A whole number that may arrive as digits in a string, a boolean, `""` or null (both read as 0). */
export const wireInteger = field('not a number', (value) => {
  const scalar = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const number = scalar ? Math.trunc(Number(value)) : Number.NaN
  return Number.isSafeInteger(number) ? number : unreadable
})

/** The same where `""` and null mean that there is no number: null. */
export const wireMaybeInteger = field('not a number', (value) => {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return null
  const number = typeof value === 'string' || typeof value === 'number' ? Math.trunc(Number(value)) : Number.NaN
  return Number.isSafeInteger(number) ? number : unreadable
})

/** True or false, also as a word, as 1 or 0; `""` and null read as false. */
export const wireFlag = field('not true or false', (value) => {
  const word = value === null ? '' : String(value).trim().toLowerCase()
  if (word === 'true' || word === '1') return true
  return word === 'false' || word === '0' || word === '' ? false : unreadable
})

/** A number, whole or not, that may arrive as text. */
export const wireNumber = field('not a number', (value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : unreadable
})

/**
 * An object of a vendor's answer: unknown fields are kept as they are, and a field that is missing under its exact name is looked
 * for without regard to case (the manuals' tables and samples disagree). Fields are any zod types; `wireText` and
 * `wireInteger` are read directly, because a poll of 1,000 extensions comes through here every two seconds.
 */
export function wireRecord<Shape extends z.ZodRawShape>(shape: Shape) {
  const readers = Object.entries(shape).map(([name, schema]) => ({
    ...{ name, read: readerOf(schema as z.ZodType), isInherited: name in Object.prototype },
  }))
  const otherSpelling = spellingFinder(readers.map(({ name }) => name))
  return z.transform((value: unknown, context): z.output<z.ZodObject<Shape>> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      complain(context, 'not an object', [], value)
      return z.NEVER
    }
    const row = value as Record<string, unknown>
    // Fields that the manual does not list stay: people want to see them, nothing relies on them. A copy keeps the row's
    // form, which is a good deal faster than building it up again field by field.
    const output = { ...row }
    if (Object.hasOwn(output, protoName)) delete output[protoName]
    let spelling: Record<string, string> | null | undefined
    for (const { name, read, isInherited } of readers) {
      let found = isInherited && !Object.hasOwn(row, name) ? undefined : row[name]
      let other: string | undefined
      if (found === undefined) {
        if (spelling === undefined) spelling = otherSpelling(row)
        other = spelling?.[name]
        if (other !== undefined) found = row[other]
      }
      const result = read(found)
      if (typeof result === 'object' && result !== null && result instanceof Issue) {
        complain(context, result.message, [name, ...result.path], found)
        continue
      }
      if (result !== found || other !== undefined) output[name] = result
    }
    if (spelling) for (const other of Object.values(spelling)) delete output[other]
    return output as z.output<z.ZodObject<Shape>>
  })
}

/** A zod type over a plain function, remembered so that records can skip zod for it. */
function field<Output>(message: string, read: (value: unknown) => Output | typeof unreadable) {
  const schema = z.transform((value: unknown, context): Output => {
    const output = read(value)
    if (output !== unreadable) return output
    complain(context, message, [], value)
    return z.NEVER
  })
  const issue = new Issue(message)
  directReaders.set(schema, (value) => {
    const output = read(value)
    return output === unreadable ? issue : output
  })
  return schema
}

function readerOf(schema: z.ZodType): Reader {
  const direct = directReaders.get(schema)
  if (direct) return direct
  if (schema instanceof z.ZodOptional) {
    const inner = readerOf(schema.unwrap() as z.ZodType)
    return (value) => (value === undefined ? undefined : inner(value))
  }
  return (value) => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    const [first] = result.error.issues
    return new Issue(first?.message ?? 'wrong', first?.path)
  }
}

/** For a row: our name → the row's own spelling of it, where only upper and lower case differ; null = no such field. */
function spellingFinder(names: string[]): (row: object) => Record<string, string> | null {
  const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]))
  // Rows repeat the same few keys: what a key means is looked up once. An exact name is no other spelling.
  const meanings = new Map<string, string | null>(names.map((name) => [name, null]))
  const meaningOf = (key: string): string | null => {
    const name = byLowerCase.get(key.toLowerCase()) ?? null
    if (meanings.size < 500) meanings.set(key, name)
    return name
  }
  return (row) => {
    let found: Record<string, string> | null = null
    for (const key in row) {
      const known = meanings.get(key)
      const name = known === undefined ? meaningOf(key) : known
      if (name === null) continue
      found ??= {}
      found[name] ??= key
    }
    return found
  }
}
