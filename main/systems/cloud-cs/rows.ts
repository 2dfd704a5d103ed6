import { z } from 'zod'
import { lookUp } from '../kit/look-up.ts'
import { numberedPages, type Paging } from '../kit/pages.ts'
import { wireInteger, wireRecord } from '../kit/tolerant.ts'

/** A list. In XML a list of one looks like its row, and a list may be wrapped once more: `<pageData><item>…`. */
export function rows<Row extends z.ZodType>(row: Row) {
  return z.preprocess(asList, z.array(row))
}

function asList(value: unknown): unknown {
  if (value === null || value === '') return []
  if (typeof value !== 'object' || Array.isArray(value)) return value
  const inner = Object.values(value)
  return inner.length === 1 && typeof inner[0] === 'object' ? asList(inner[0]) : [value]
}

/** One page: its rows, and how many there are on all pages. */
export interface Page<Row> {
  pageData: Row[]
  total: number
}

export function page<Row extends z.ZodType>(row: Row) {
  return z.preprocess(withRows, wireRecord({ pageData: rows(row), total: wireInteger }))
}

/** In XML an empty list is no element at all. */
function withRows(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { pageData, total } = value as Record<string, unknown>
  return pageData === undefined && String(total) === '0' ? { ...value, pageData: [] } : value
}

/** An object that may come under another name of a field as well: the manual's table and sample disagree. */
export function alsoNamed<Schema extends z.ZodType>(names: Readonly<Record<string, string>>, schema: Schema) {
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const renamed = Object.entries(value).map(([name, one]): [string, unknown] => {
      const ours = lookUp(names, name)
      return [ours === undefined || ours in value ? name : ours, one]
    })
    return Object.fromEntries(renamed)
  }, schema)
}

const keyBy =
  (name: string) =>
  (row: unknown): string | null => {
    const key = (row as Record<string, unknown>)[name]
    return typeof key === 'string' && key !== '' ? key : null
  }

/** `currentPage` from 1, `pageSize` 10 unless told (manual 004, every page query). Rows are told apart by `key`. */
export function pagesOf<Row>(key: keyof Row & string): Paging<Page<Row>> {
  return numberedPages<Page<Row>>({
    page: 'currentPage',
    size: 'pageSize',
    defaultSize: 10,
    rows: (one) => one.pageData,
    total: (one) => one.total,
    key: keyBy(key),
  })
}

/** A list that comes whole. */
export function wholeList<Row>(key: keyof Row & string): Paging<Row[]> {
  return { rows: (list) => list, key: keyBy(key), next: () => null }
}
