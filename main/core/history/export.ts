import type { ExportEvent, HistoryCall } from '../../../preload/contract/index.ts'
import { CoreError } from '../errors.ts'
import { csvHeading, csvRows } from './csv.ts'
import type { ExportLocale } from './export-table.ts'
import { type ArchiveFile, workbook } from './xlsx.ts'

/** Packs files into one archive while they are being written. */
export type Archive = (files: AsyncIterable<ArchiveFile>, at: Date) => AsyncIterable<Uint8Array>

export interface ExportRequest {
  format: 'csv' | 'xlsx'
  locale: ExportLocale
  /** The office's distance from UTC, ms. */
  utcOffsetMs: number
  /** Epoch ms. */
  now: number
  /** Every page of calls, newest first. */
  pages(): AsyncIterable<readonly HistoryCall[]>
  /** How many calls there are. */
  count(): Promise<number>
  archive: Archive
  signal: AbortSignal | undefined
}

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The file a piece at a time, with how far it is. Ends with `cancelled` when the signal aborts. */
export async function* exportCalls(request: ExportRequest): AsyncGenerator<ExportEvent, void> {
  const { format, locale, utcOffsetMs, now, signal } = request
  let rows = 0
  const check = () => {
    if (signal?.aborted) throw new CoreError('cancelled')
  }
  async function* counted(): AsyncGenerator<readonly HistoryCall[], void> {
    for await (const page of request.pages()) {
      check()
      rows += page.length
      yield page
    }
  }
  async function* csv(): AsyncGenerator<Uint8Array, void> {
    const encoder = new TextEncoder()
    yield encoder.encode(csvHeading(locale))
    for await (const page of counted()) yield encoder.encode(csvRows(page, locale, utcOffsetMs))
  }

  yield { kind: 'progress', rows: 0, total: null }
  const total = await request.count()
  check()
  yield { kind: 'progress', rows: 0, total }
  const pieces =
    format === 'csv' ? csv() : request.archive(workbook(counted(), locale, utcOffsetMs), new Date(now + utcOffsetMs))
  let told = 0
  for await (const bytes of pieces) {
    check()
    yield { kind: 'data', bytes }
    if (rows !== told) {
      told = rows
      yield { kind: 'progress', rows, total: Math.max(rows, total) }
    }
  }
  const day = new Date(now + utcOffsetMs).toISOString().slice(0, 10)
  const name = locale === 'en' ? 'calls' : '通话记录'
  const type = format === 'csv' ? 'text/csv' : sheetType
  yield { kind: 'done', rows, fileName: `${name}-${day}.${format}`, type }
}
