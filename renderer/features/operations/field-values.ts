import { maxFileBytes } from '../../../preload/contract/bytes.ts'
import type { OperationField } from '../../../preload/contract/operations.ts'

/** What stands in one field: text as it was typed, or a chosen file. */
export type FieldValue = string | File
/** By the field's key. An empty text is the same as nothing. */
export type FormValues = Readonly<Record<string, FieldValue>>

const isEmpty = (value: FieldValue | undefined): value is undefined | '' => value === undefined || value === ''

/** Fields that the request cannot do without and that nobody has filled in. */
export function missingFields(fields: readonly OperationField[], values: FormValues): OperationField[] {
  return fields.filter((field) => field.required && isEmpty(values[field.key]))
}

/**
 * Why a field cannot be sent as it is, in the core's English words (i18n/reasons.ts has them in both languages); null =
 * nothing to say before the core has looked at it.
 */
export function fieldFault(field: OperationField, value: FieldValue | undefined): string | null {
  if (isEmpty(value)) return null
  if (typeof value !== 'string') return value.size > maxFileBytes ? 'files must be at most 20 MB together' : null
  if (field.kind === 'number') return Number.isNaN(Number(value)) ? 'must be a number' : null
  if (field.kind === 'json') return isJson(value) ? null : /^\s*[[{]/.test(value) ? 'is not valid JSON' : 'must be JSON'
  if (field.kind === 'list' && /^\s*\[/.test(value)) return isJson(value) ? null : 'is not valid JSON'
  return null
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/** What the core is given: by the vendor's names, without what is empty. Files as `toFile` makes them. */
export function wireValues<Sent>(
  fields: readonly OperationField[],
  values: FormValues,
  toFile: (file: File) => Sent,
): Record<string, string | Sent> {
  const filled = fields.flatMap((field) => {
    const value = values[field.key]
    if (isEmpty(value)) return []
    return [[field.name, typeof value === 'string' ? value : toFile(value)] as const]
  })
  return Object.fromEntries(filled)
}

/** Values of an earlier try back into the form; secrets and files were not kept. */
export function formValues(fields: readonly OperationField[], tried: Readonly<Record<string, string>>): FormValues {
  return Object.fromEntries(
    fields.flatMap(({ key, name }) => {
      const value = tried[name] ?? tried[key]
      return value === undefined ? [] : [[key, value] as const]
    }),
  )
}

/** The vendor's name without its place in the body. */
export const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/** The field that an error of the core names: by the last part of the vendor's name, or deeper below it. */
export function namedField(fields: readonly OperationField[], named: string | undefined): OperationField | null {
  if (!named) return null
  const [first = ''] = named.split('.')
  return (
    fields.find(({ name }) => name === named) ??
    fields.find(({ name, key }) => shortName(name) === first || key === first) ??
    null
  )
}

/**
 * The field whose value was refused before anything was sent, and why; null for any other failure: an answer has fields of
 * the same names, and a reason such as `wrong-address` has a sentence of its own.
 */
export function refusedValue(
  fields: readonly OperationField[],
  code: unknown,
  { field: named, reason }: { field?: string | undefined; reason?: string | undefined },
): { field: OperationField; reason: string } | null {
  const field = code === 'bad-request' ? namedField(fields, named) : null
  return field && reason !== undefined && !/^[a-z-]+$/.test(reason) ? { field, reason } : null
}

/** Short fields stand side by side, two in a row; one that finds no neighbour is as wide as the form. */
export function fieldWidths(fields: readonly OperationField[], textOf: (field: OperationField) => string): boolean[] {
  const isShort = fields.map((field) => {
    const narrow = field.kind === 'number' || (field.kind === 'text' && !field.long && !field.secret)
    return narrow && roomFor(textOf(field)) + roomFor(field.name) <= 19
  })
  const halves: boolean[] = []
  for (let at = 0; at < fields.length; at++) {
    const pair = isShort[at] === true && isShort[at + 1] === true
    halves.push(pair)
    if (pair) {
      halves.push(true)
      at++
    }
  }
  return halves
}

/** Chinese characters are twice as wide. */
const roomFor = (text: string) => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0)

/** The id of a field's input, so that it can be given the focus. */
export const fieldId = (key: string): string => `operation-field-${key}`
