import { type Platform, Refusal } from './platform.ts'

export interface UploadedFile {
  filename: string
  bytes: Buffer
}

export type Values = Record<string, unknown>

/** One endpoint of manual 004. */
export interface Endpoint {
  body: 'query' | 'form' | 'json' | 'multipart'
  required: readonly string[]
  optional?: readonly string[]
  /** Parts that are files. */
  files?: readonly string[]
  /** Names that may come more than once. */
  repeats?: readonly string[]
  /** May be empty although it is required: the manual's own sample is. */
  mayBeEmpty?: readonly string[]
  rules?: Readonly<Record<string, RegExp>>
  /** A Buffer is a file, undefined an answer without data. Throws Refusal. */
  answer(values: Values, platform: Platform, files: Record<string, UploadedFile>): unknown
}

export const time = /^\d{14}$/
export const clock = /^\d\d:\d\d$/
/** Extension without the tenant. */
export const short = /^\d{1,5}$/
export const anyOf = (...words: string[]) => new RegExp(`^(${words.join('|')})$`)

export const one = (values: Values, name: string): string => String(values[name] ?? '')
export const all = (values: Values, name: string): string[] => [values[name] ?? []].flat().map(String)

/** An empty filter filters nothing. */
export const shown = (values: Values, name: string, value: unknown): boolean =>
  one(values, name) === '' || one(values, name) === String(value)

export function paged(values: Values, rows: readonly unknown[]): { pageData: unknown[]; total: number } {
  const currentPage = Number(one(values, 'currentPage') || 1)
  const pageSize = Number(one(values, 'pageSize') || 10)
  if (!(currentPage >= 1 && pageSize >= 1)) throw new Refusal('分页参数错误')
  return { pageData: rows.slice((currentPage - 1) * pageSize, currentPage * pageSize), total: rows.length }
}

/** Every rule of an endpoint about what it takes. Throws Refusal. */
export function checkValues(endpoint: Endpoint, values: Values, files: Record<string, UploadedFile>): void {
  const { required, optional = [], files: fileNames = [], repeats = [], mayBeEmpty = [], rules = {} } = endpoint
  for (const name of [...Object.keys(values), ...Object.keys(files)]) {
    if (!required.includes(name) && !optional.includes(name)) throw new Refusal(`不支持的参数 ${name}`, 1001)
    if (fileNames.includes(name) !== name in files) throw new Refusal(`参数 ${name} 应为文件`, 1001)
  }
  for (const name of required) {
    const given = name in files || (name in values && (one(values, name) !== '' || mayBeEmpty.includes(name)))
    if (!given) throw new Refusal(`缺少参数 ${name}`, 1001)
  }
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value) && !repeats.includes(name)) throw new Refusal(`参数 ${name} 重复`, 1001)
    const rule = rules[name]
    const isWrong = rule && all(values, name).some((text) => text !== '' && !rule.test(text))
    if (isWrong) throw new Refusal(`参数 ${name} 格式错误`, 1002)
  }
}
