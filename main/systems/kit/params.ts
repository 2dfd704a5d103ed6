import { z } from 'zod'
import type { OperationField } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import type { UploadFile } from '../../core/ports/index.ts'
import { type InboundOperation, type Operation, wireParams } from './operation.ts'

/** What the manual says about a parameter. */
interface ParamNotes {
  /** Value → its meaning. */
  values?: Record<string, readonly [en: string, zh: string]>
  /** Never shown again once typed. */
  secret?: true
  /** What a secret says when there is none. */
  noSecret?: readonly string[]
  /** Several lines. */
  long?: true
}

/** Attach the manual's description to a parameter: the console, the command line and OPERATIONS.md show it. */
export function says<Schema extends z.ZodType>(schema: Schema, en: string, zh: string, notes: ParamNotes = {}): Schema {
  return schema.meta({ en, zh, ...notes }) as Schema
}

/** A parameter that is a file. */
export const uploadFile = () =>
  z
    .custom<UploadFile>(
      (value) => typeof value === 'object' && value !== null && 'open' in value && 'size' in value,
      'must be a file',
    )
    .meta({ file: true })

/** Parameters whose names the user makes up, all beginning with `prefix`; given as one object, sent each under its own name. */
export const prefixedParams = (prefix: string) =>
  z
    .record(z.string().regex(new RegExp(`^${prefix}.`), `must be a name that begins with ${prefix}`), z.string())
    .optional()
    .meta({ prefix })

/** Objects whose fields the vendor calls otherwise: our name → his. */
const vendorNames = new WeakMap<z.ZodType, Map<string, string>>()

/** A place inside a parameter, in the names that were typed: `contacts.0.name` → `contacts.0.cname`. */
export function vendorPath(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let at: z.ZodType | undefined = unwrap(schema as z.ZodType)
  return path.map((step) => {
    const name: string = String(step)
    const here: z.ZodType | undefined = at
    const inner = here instanceof z.ZodArray ? here.element : here instanceof z.ZodObject ? here.shape[name] : undefined
    at = inner === undefined ? undefined : unwrap(inner as z.ZodType)
    return (here && vendorNames.get(here)?.get(name)) ?? name
  })
}

/**
 * An object inside a JSON parameter: our names in, the vendor's (`wire`) out. The vendor's names are understood as well,
 * because they are what people type.
 */
export function jsonPart<Shape extends z.ZodRawShape>(shape: Shape, wire: { [Name in keyof Shape]?: string } = {}) {
  const inner = z.strictObject(shape)
  const theirs = Object.entries(wire) as [string, string][]
  vendorNames.set(inner, new Map(theirs))
  const ourName = new Map(theirs.map(([ours, name]) => [name, ours]))
  const theirName = new Map(theirs)
  const rename = (value: unknown, names: Map<string, string>) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [names.get(name) ?? name, one]))
      : value
  return z
    .preprocess((value) => rename(value, ourName), inner)
    .transform((value) => rename(value, theirName) as Record<string, unknown>) as unknown as z.ZodType<
    Record<string, unknown>,
    z.input<typeof inner>
  >
}

/** The parameters of an operation in the order of its description. */
export function operationFields(described: Operation): OperationField[] {
  return wireParams(described).map(({ key, name, place, required, preset, prefix }) => ({
    ...fieldOf(key, name, described.params.shape[key] as z.ZodType),
    place,
    required: required && preset === undefined,
    preset: typeof preset === 'object' || preset === undefined ? null : (preset as string | number | boolean),
    ...(prefix === undefined ? {} : { prefix }),
  }))
}

/** What arrives with an inbound operation. */
export function inboundFields(described: InboundOperation): OperationField[] {
  return Object.entries(described.params.shape).map(([key, schema]) => ({
    ...fieldOf(key, described.wire[key] ?? key, schema as z.ZodType),
    place: described.method === 'POST' ? 'json' : 'query',
    required: !(schema as z.ZodType).safeParse(undefined).success,
    preset: null,
  }))
}

/** Secret parameters, each with what it says when there is none. */
export function secretParams(described: Operation): Map<string, readonly string[]> {
  const notes = Object.entries(described.params.shape).map(
    ([key, schema]) => [key, notesOf(schema as z.ZodType)] as const,
  )
  return new Map(notes.flatMap(([key, one]) => (one.secret ? [[key, one.noSecret ?? []] as const] : [])))
}

type Notes = ParamNotes & { en?: string; zh?: string; file?: true }

function fieldOf(key: string, name: string, schema: z.ZodType): Omit<OperationField, 'place' | 'required' | 'preset'> {
  const notes = notesOf(schema)
  const inner = unwrap(schema)
  const literals = literalsOf(inner)
  const values = notes.values ?? {}
  const choices = (literals ?? []).map((value) => {
    const [en = '', zh = ''] = values[value] ?? []
    return { value, en, zh }
  })
  return {
    key,
    name,
    kind: kindOf(inner, notes, literals),
    choices,
    en: notes.en ?? '',
    zh: notes.zh ?? '',
    secret: notes.secret === true,
    long: notes.long === true,
  }
}

function kindOf(inner: z.ZodType, notes: Notes, literals: string[] | null): OperationField['kind'] {
  if (notes.file) return 'file'
  if (literals) return 'choice'
  if (inner instanceof z.ZodNumber) return 'number'
  if (inner instanceof z.ZodBoolean) return 'flag'
  if (inner instanceof z.ZodArray) return unwrap(inner.element as z.ZodType) instanceof z.ZodObject ? 'json' : 'list'
  const isObject = inner instanceof z.ZodObject || inner instanceof z.ZodRecord || inner instanceof z.ZodUnknown
  return isObject ? 'json' : 'text'
}

/** Below `optional`, `default` and transformations. */
function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap() as z.ZodType)
  }
  return schema instanceof z.ZodPipe ? unwrap(writtenSide(schema)) : schema
}

/** The side of a pipe that says what is to be given: behind a preprocessing step the other one. */
const writtenSide = (pipe: z.ZodPipe): z.ZodType =>
  (pipe.in instanceof z.ZodTransform ? pipe.out : pipe.in) as z.ZodType

/** From the outermost description inwards. */
function notesOf(schema: z.ZodType): Notes {
  const own = (schema.meta() ?? {}) as Notes
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return { ...notesOf(schema.unwrap() as z.ZodType), ...own }
  }
  return schema instanceof z.ZodPipe ? { ...notesOf(writtenSide(schema)), ...own } : own
}

function literalsOf(schema: z.ZodType): string[] | null {
  if (schema instanceof z.ZodEnum) return schema.options.map(String)
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String)
  if (!(schema instanceof z.ZodUnion)) return null
  const each = schema.options.map((option) => literalsOf(unwrap(option as z.ZodType)))
  return each.every((one) => one !== null) ? each.flat() : null
}

/**
 * Values as they were typed, under the vendor's names (ours are understood too, and the last part of a dotted name),
 * turned into parameters: digits into numbers where a number is wanted, JSON into lists and objects.
 * Errors: bad-request naming the parameter, for a name that does not exist or a text that cannot be read.
 */
export function readTyped(described: Operation, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = operationFields(described)
  const families = wireParams(described).filter((one) => one.prefix !== undefined)
  const output: Record<string, unknown> = {}
  const members: [family: string, name: string, value: unknown][] = []
  for (const [name, value] of Object.entries(given)) {
    const field = findField(fields, name)
    const family = families.find((one) => name.startsWith(one.prefix!))
    if (field) {
      // A form's empty box: only a text can be empty and still be a value.
      if (value === '' && !field.required && field.kind !== 'text') continue
      output[field.key] = typeof value === 'string' ? readText(described, field, value) : value
    } else if (family) {
      members.push([family.key, name, value])
    } else {
      const known = fields.map((one) => shortName(one.name)).join(', ')
      throw new CoreError('bad-request', {
        operation: described.id,
        field: name,
        reason: known === '' ? 'this operation takes no parameters' : `no such parameter; there are: ${known}`,
      })
    }
  }
  for (const [family, name, value] of members) output[family] = { ...(output[family] as object), [name]: value }
  return output
}

/** The name as the manual prints it: without its place in the body. */
export const shortName = (name: string) => name.slice(name.lastIndexOf('.') + 1)

/** What people call it: the manual's name, with its place in the body where another parameter has the same. */
export function spokenName(fields: readonly OperationField[], field: OperationField): string {
  const short = shortName(field.name)
  return findField(fields, short) === field ? short : field.name
}

/** By the vendor's name, the last part of a dotted one where that is enough, or ours. */
export function findField(fields: readonly OperationField[], name: string): OperationField | null {
  const exact = fields.find((one) => one.name === name)
  if (exact) return exact
  const short = fields.filter((one) => shortName(one.name) === name)
  return short.length === 1 ? short[0]! : (fields.find((one) => one.key === name) ?? null)
}

function readText(described: Operation, field: OperationField, text: string): unknown {
  const wrong = (reason: string) =>
    new CoreError('bad-request', { operation: described.id, field: shortName(field.name), reason })
  switch (field.kind) {
    case 'number': {
      const number = text.trim() === '' ? Number.NaN : Number(text)
      if (Number.isNaN(number)) throw wrong('must be a number')
      return number
    }
    case 'flag': {
      if (!/^(true|false|1|0)$/i.test(text)) throw wrong('must be true or false')
      return /^(true|1)$/i.test(text)
    }
    case 'choice':
      return numberChoices(described, field.key).get(text.trim()) ?? text.trim()
    case 'json':
    case 'list':
      if (/^\s*[[{]/.test(text)) {
        try {
          return JSON.parse(text)
        } catch {
          throw wrong('is not valid JSON')
        }
      }
      if (field.kind === 'json') throw wrong('must be JSON')
      return text.split(/[,\n]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
    default:
      return text
  }
}

/** Names of the fields of a parameter that is an object, in the order of its description. */
export function fieldNames(schema: z.core.$ZodType): readonly string[] {
  const inner = unwrap(schema as z.ZodType)
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
}

/** Choices that are numbers, by their digits. */
function numberChoices(described: Operation, key: string): Map<string, unknown> {
  const inner = unwrap(described.params.shape[key] as z.ZodType)
  const options = inner instanceof z.ZodUnion ? inner.options : [inner]
  return new Map(
    options.flatMap((option) => {
      const one = unwrap(option as z.ZodType)
      return one instanceof z.ZodLiteral ? [...one.values].map((value) => [String(value), value] as const) : []
    }),
  )
}
