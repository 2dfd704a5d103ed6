import { z } from 'zod'
import { says } from '../../../kit/params.ts'

/** The PBX writes and reads local time. */
const pbxZone = '+08:00'
const pbxOffsetMs = 8 * 3_600_000
/** Years have four digits. */
const latest = Date.UTC(9999, 11, 31)

export const offset = says(
  z.number().int().min(0),
  'Rows to skip: 0 = from the first row',
  '起始位置，0 表示从第一条开始',
)
export const pageSize = says(z.number().int().min(1).max(10_000), 'Most rows of one page', '一次查询最大返回条数')

/** A whole number, also typed as digits. */
export const integer = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d+$/, 'must be a whole number')
    .transform(Number),
])

/**
 * A moment, as `yyyy-MM-dd HH:mm:ss` in the PBX's time zone (UTC+8), the same with `T` and perhaps a zone, a day, or epoch
 * milliseconds. Travels as xsd:dateTime with its zone: the manual states no format (§26, §27).
 */
export const moment = z.union([z.number(), z.string()]).transform((value, context): string => {
  const typed = String(value).trim()
  const text =
    /^\d{1,15}$/.test(typed) && Number(typed) <= latest ? clock(Number(typed), 'T') + pbxZone : toDateTime(typed)
  if (text !== null && !Number.isNaN(Date.parse(text))) return text
  context.issues.push({ code: 'custom', message: 'must be a time as yyyy-MM-dd HH:mm:ss', input: value })
  return z.NEVER
})

function toDateTime(text: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (!parts || !z.iso.date().safeParse(parts[1]).success) return null
  const [, day, minutes = '00:00', seconds = ':00', zone = pbxZone] = parts
  return `${day}T${minutes}${seconds}${zone}`
}

/** `yyyy-MM-dd HH:mm:ss` in the PBX's time zone, as text (§28). */
export const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, 'must be a time as yyyy-MM-dd HH:mm:ss')
  .refine((text) => text === clockOf(text), 'must be a time that exists')

function clockOf(text: string): string | null {
  const at = Date.parse(`${text.replace(' ', 'T')}${pbxZone}`)
  return Number.isNaN(at) ? null : clock(at, ' ')
}

const clock = (at: number, between: string) =>
  new Date(at + pbxOffsetMs).toISOString().slice(0, 19).replace('T', between)

/** Epoch milliseconds. The manual's type is Integer; a WSDL that has xsd:dateTime there is understood too. */
export const epoch = z.transform((value: unknown, context): number => {
  const text = String(value ?? '').trim()
  const dateTime = /^-?\d+$/.test(text) ? null : toDateTime(text)
  const number = dateTime === null ? Number(text === '' ? Number.NaN : text) : Date.parse(dateTime)
  if (Number.isSafeInteger(number)) return number
  context.issues.push({ code: 'custom', message: 'not a time', input: value })
  return z.NEVER
})
