import type { z } from 'zod'
import type { CallOptions } from '../../core/ports/index.ts'
import { call } from './call.ts'
import type { Operation } from './operation.ts'
import type { Session } from './session.ts'

type Values = Record<string, unknown>

/** How an operation's list goes on. */
export interface Paging<Output = unknown> {
  rows(page: Output): readonly unknown[]
  /** The same row of two pages has the same key; null = rows cannot repeat. */
  key(row: unknown): string | null
  /** Parameters (our names) of the page after `page`, or null when that was the last one. */
  next(values: Values, page: Output): Values | null
}

/**
 * `first` rows are skipped, at most `size` come: manual 003 §21. A page that is not full need not be the last: a PBX may give fewer
 * than it is asked for. Only an empty one, or one without anything new, is the end.
 */
export function offsetPages<Row>(names: { offset: string; size: string }, key: (row: Row) => string): Paging<Row[]> {
  return {
    rows: (page) => page,
    key: (row) => key(row as Row),
    next(values, page) {
      if (page.length === 0) return null
      return { ...values, [names.offset]: Number(values[names.offset] ?? 0) + page.length }
    },
  }
}

/**
 * Pages with a number, from 1, until `total` rows have come. A server that gives fewer rows than it was asked for has a
 * limit of its own: then only an empty page is the end.
 */
export function numberedPages<Output>(facts: {
  page: string
  size: string
  defaultSize: number
  rows(page: Output): readonly unknown[]
  total(page: Output): number
  key(row: unknown): string | null
}): Paging<Output> {
  return {
    rows: facts.rows,
    key: facts.key,
    next(values, page) {
      const number = Number(values[facts.page] ?? 1)
      const size = Number(values[facts.size] ?? facts.defaultSize)
      const { length } = facts.rows(page)
      const due = Math.min(size, facts.total(page) - (number - 1) * size)
      const isLast = due > 0 && length >= due && number * size >= facts.total(page)
      if (length === 0 || isLast) return null
      return { ...values, [facts.page]: number + 1 }
    },
  }
}

/** The next page begins after a row of this one; a page below `size` is the last. Whether that row comes again is left open. */
export function keyedPages<Output>(facts: {
  param: string
  size: number
  rows(page: Output): readonly unknown[]
  key(row: unknown): string | null
}): Paging<Output> {
  return {
    rows: facts.rows,
    key: facts.key,
    next(values, page) {
      const rows = facts.rows(page)
      const last = rows.at(-1)
      const key = last === undefined ? null : facts.key(last)
      if (rows.length < facts.size || key === null || key === String(values[facts.param])) return null
      return { ...values, [facts.param]: key }
    },
  }
}

/**
 * Every row of a list, page after page, each row once. Ends early when a page brings nothing new (a server that ignores
 * the page number would never end). Errors: as `call()`.
 */
export async function* everyRow<Params extends z.ZodObject, Output>(
  session: Session,
  operation: Operation<Params, Output>,
  params: z.input<Params>,
  options: CallOptions = {},
): AsyncGenerator<unknown, void> {
  const seen = new Set<string>()
  let values: Values | null = params as Values
  while (values) {
    const page: Output = await call(session, operation, values as z.input<Params>, options)
    let fresh = 0
    for (const row of operation.pages?.rows(page) ?? []) {
      const key = operation.pages?.key(row) ?? null
      if (key !== null && seen.has(key)) continue
      if (key !== null) seen.add(key)
      fresh += 1
      yield row
    }
    values = fresh > 0 ? (operation.pages?.next(values, page) ?? null) : null
  }
}
