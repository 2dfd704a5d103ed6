import type { HistoryCall } from '../../../preload/contract/index.ts'
import { cellsOf, type ExportCell, type ExportLocale, headingsOf, mayBeFormula } from './export-table.ts'

/** One cell: never a formula (a leading `'` says text), quoted where it must be. Moments stand `utcOffsetMs` from UTC. */
export function csvCell(value: ExportCell, utcOffsetMs = 0): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'object') return new Date(value.at + utcOffsetMs).toISOString().slice(0, 19).replace('T', ' ')
  const safe = mayBeFormula(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Byte order mark, without which spreadsheets read UTF-8 wrongly, and the heading. */
export const csvHeading = (locale: ExportLocale) =>
  `\ufeff${headingsOf(locale)
    .map((one) => csvCell(one))
    .join(',')}\r\n`

/** Rows of the file. Times stand in the office's time zone, `utcOffsetMs` from UTC. */
export function csvRows(calls: readonly HistoryCall[], locale: ExportLocale, utcOffsetMs: number): string {
  return calls
    .map((call) => {
      const cells = cellsOf(call, locale).map((one) => csvCell(one, utcOffsetMs))
      return `${cells.join(',')}\r\n`
    })
    .join('')
}
