import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ImportDelimiter, ImportEncoding } from '../../preload/contract/index.ts'
import { CsvRecords, UnclosedQuote } from '../core/imports/csv-records.ts'
import { delimiterOf, encodingOf } from '../core/imports/guess-format.ts'
import { importLimits } from '../core/imports/limits.ts'
import { FileProblem } from './file-problem.ts'

/** Called with each row in turn, numbered as a spreadsheet does; false = enough. A promise holds up the reading. */
export type RowSink = (row: number, cells: string[]) => boolean | Promise<boolean>

export interface CsvReading {
  encoding: ImportEncoding
  delimiter: ImportDelimiter
}

const pieceBytes = 256 * 1024
const headBytes = 256 * 1024

/** What is not said is guessed. UTF-8 is only believed when the whole file is. */
export async function readingOf(
  path: string,
  wanted: Partial<{ [K in keyof CsvReading]: CsvReading[K] | null }>,
): Promise<CsvReading> {
  const { head, isWhole } = await headOf(path)
  let encoding = wanted.encoding ?? encodingOf(head, isWhole)
  if (!wanted.encoding && encoding === 'utf-8' && !isWhole && !(await isAllUtf8(path))) encoding = 'gb18030'
  const text = new TextDecoder(encoding).decode(head)
  return { encoding, delimiter: wanted.delimiter ?? delimiterOf(text) }
}

/** No text has these signs: a picture, a program, a document of another kind. */
export async function looksLikeText(path: string): Promise<boolean> {
  const { head, isWhole } = await headOf(path)
  const encoding = encodingOf(head, isWhole)
  const text = new TextDecoder(encoding).decode(head.subarray(0, 8192))
  let odd = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd) odd += 1
  }
  return odd <= Math.max(8, text.length / 50)
}

async function headOf(path: string): Promise<{ head: Uint8Array; isWhole: boolean }> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(Math.min(size, headBytes))
    await file.read(head, 0, head.length, 0)
    return { head, isWhole: size <= headBytes }
  } finally {
    await file.close()
  }
}

async function isAllUtf8(path: string): Promise<boolean> {
  const check = utf8Check()
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    if (!check.isGood(piece as Buffer)) return false
  }
  return check.isGood(null)
}

/** Strict UTF-8 over pieces that may cut a sign in two. */
function utf8Check(): { isGood(piece: Buffer | null): boolean } {
  let rest: Buffer = Buffer.alloc(0)
  return {
    isGood(piece) {
      if (piece === null) return isUtf8(rest)
      const whole = rest.length > 0 ? Buffer.concat([rest, piece]) : piece
      // The last sign may go on in the next piece: its first byte is at most three from the end.
      let end = whole.length
      for (let back = 1; back <= Math.min(3, whole.length); back += 1) {
        const byte = whole[whole.length - back]!
        if (byte < 0x80) break
        if (byte >= 0xc0) {
          const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
          if (length > back) end = whole.length - back
          break
        }
      }
      rest = Buffer.from(whole.subarray(end))
      return isUtf8(whole.subarray(0, end))
    },
  }
}

/**
 * Every row of a text file, read a piece at a time. Rows that have nothing in them count. Throws FileProblem: `too-many-rows`,
 * `too-many-columns`, `unclosed-quote`, `wrong-encoding`.
 */
export async function readCsv(
  path: string,
  { encoding, delimiter }: CsvReading,
  sink: RowSink,
  onBytes: (bytes: number) => void = () => {},
): Promise<void> {
  // Only UTF-8 can be told from nonsense; what the others cannot read becomes U+FFFD, and the row says so.
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' })
  const records = new CsvRecords(delimiter, importLimits.recordBytes)
  let row = 0
  let bytes = 0
  let waits: Promise<boolean> | null = null
  const later: string[][] = []

  const take = (cells: string[]): boolean => {
    if (waits) {
      later.push(cells)
      return true
    }
    row += 1
    if (row > importLimits.csvRows + 1) throw new FileProblem('too-many-rows', row)
    if (cells.length > importLimits.columns && cells.findLastIndex((cell) => cell !== '') >= importLimits.columns)
      throw new FileProblem('too-many-columns', row)
    const more = sink(row, cells)
    if (typeof more === 'boolean') return more
    waits = more
    return true
  }
  /** What the sink held up: rows of this piece that came behind. */
  const settle = async (): Promise<boolean> => {
    while (waits) {
      const more = await waits
      waits = null
      if (!more) return false
      const held = later.splice(0)
      for (const cells of held) if (!take(cells)) return false
    }
    return true
  }
  const decode = (piece: Buffer | null): string => {
    try {
      return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true })
    } catch {
      throw new FileProblem('wrong-encoding', row + 1)
    }
  }

  try {
    for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
      bytes += (piece as Buffer).length
      if (!records.add(decode(piece as Buffer), false, take) || !(await settle())) return
      onBytes(bytes)
    }
    if (records.add(decode(null), true, take)) await settle()
  } catch (error) {
    throw error instanceof UnclosedQuote ? new FileProblem('unclosed-quote', row + 1) : error
  }
}
