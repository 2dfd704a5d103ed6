import type { LogQuery } from './call-log.ts'

/** What is wrong with a request: the text of its 400 answer. */
export class RequestFault extends Error {
  override readonly name = 'RequestFault'
}

/** Value of a parameter that must be there, once and not empty. */
export function required(query: URLSearchParams, name: string): string {
  const values = query.getAll(name)
  if (values.length > 1) throw new RequestFault(`${name} is given more than once`)
  const value = values[0]?.trim() ?? ''
  if (value === '') throw new RequestFault(`${name} is missing`)
  return value
}

function count(query: URLSearchParams, name: string): number {
  const value = required(query, name)
  if (!/^\d{1,9}$/.test(value)) throw new RequestFault(`${name} must be a whole number`)
  return Number(value)
}

function day(query: URLSearchParams, name: string): string {
  const value = required(query, name)
  const known = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
  if (!known || new Date(value).toISOString().slice(0, 10) !== value)
    throw new RequestFault(`${name} must be a day as yyyy-MM-dd`)
  return value
}

/** Parameters of CALL_LOG_QUERY, manual 003 §21; `dirction` is the vendor's spelling. */
export function readLogQuery(query: URLSearchParams): LogQuery {
  const direction = count(query, 'dirction')
  if (direction !== 0 && direction !== 1 && direction !== 2) throw new RequestFault('dirction must be 0, 1 or 2')
  return {
    first: count(query, 'first'),
    maxResults: count(query, 'maxResults'),
    beginDate: day(query, 'beginDate'),
    endDate: day(query, 'endDate'),
    telnum: query.get('telnum')?.trim() || null,
    direction,
  }
}
