import { z } from 'zod'
import type { CodeTable } from '../kit/codes.ts'
import { says } from '../kit/params.ts'
import { shortId } from './ids.ts'
import { toVendorTime } from './time.ts'

/** Text that must be there. */
export const someText = z.string().trim().min(1, 'must not be empty')

/** An id: text by the manual's tables, a number in its samples. */
const idValue = z.union([someText, z.number().int()]).transform(String)

export const idOf = (en: string, zh: string) => says(idValue, en, zh)
export const idsOf = (en: string, zh: string) => says(z.array(idValue).min(1, 'must hold at least one'), en, zh)

/** The outbound instance, which goes by another name in nearly every section. */
export const instance = idOf(
  'Outbound instance id: id in the task list, outboundInstanceId after creating',
  '外呼实例标识（列表的 id，新增返回的 outboundInstanceId）',
)

export const optionalText = (en: string, zh: string) => says(z.string(), en, zh).optional()

/** A project in its long form. */
export const longProject = says(
  someText,
  'Project, long form PRO_company_short, such as PRO_777777_JH001',
  '项目标识（长号，格式：PRO_企业标识_短号，示例：PRO_777777_JH001）',
)

/** A project in its short form; the long one is shortened. */
export const shortProject = (en: string, zh: string) => says(z.string().trim().transform(shortId), en, zh)

/** May be empty in the manual's own samples. */
export const dataObject = says(
  z.string().trim(),
  'Work-order object, long form OBJ_company_short',
  '工单标识（OBJ_企业标识_工单标识短号）',
)

type Notes = Record<string, readonly [en: string, zh: string]>

const meanings = ({ codes }: CodeTable): Notes =>
  Object.fromEntries(Object.entries(codes).map(([code, [, zh, en]]) => [code, [en, zh]]))

/** One of some numbers of a table. */
export function numberOf<const Codes extends readonly number[]>(
  table: CodeTable,
  codes: Codes,
  en: string,
  zh: string,
) {
  return says(z.literal(codes as unknown as Codes[number][]), en, zh, { values: meanings(table) })
}

/** One of the words of a table. */
export function wordOf<const Words extends readonly [string, ...string[]]>(
  table: CodeTable,
  words: Words,
  en: string,
  zh: string,
) {
  return says(z.enum(words), en, zh, { values: meanings(table) })
}

/** Bound of a time filter. */
export function time(edge: 'start' | 'end', en: string, zh: string) {
  const schema = z.string().transform((text, context) => {
    const converted = toVendorTime(text, edge)
    if (converted !== null) return converted
    if (text.trim() === '') return undefined
    context.issues.push({ code: 'custom', message: 'must be a time as yyyy-MM-dd HH:mm:ss', input: text })
    return z.NEVER
  })
  return says(schema, `${en}, yyyy-MM-dd HH:mm:ss`, `${zh}（yyyy-MM-dd HH:mm:ss）`).optional()
}

/** Time of day. */
export const clock = (en: string, zh: string) =>
  says(
    z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day as HH:mm'),
    `${en}, HH:mm`,
    `${zh}（格式：小时:分钟，示例：09:00）`,
  )

export const seconds = (en: string, zh: string) =>
  says(z.number().int().min(0), `${en}, seconds`, `${zh}（秒）`).optional()

/** Of every page query. */
export const pageParams = {
  currentPage: says(z.number().int().min(1), 'Page, from 1 (default 1)', '当前页（默认值为 1）').optional(),
  pageSize: says(z.number().int().min(1), 'Rows on a page (default 10)', '每页数量（默认值为 10）').optional(),
}
