import { open, stat } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { type CheckedRow, RowChecker } from '../core/imports/check-rows.ts'
import { formatOf } from '../core/imports/guess-format.ts'
import { columnName, guessMapping, looksLikeHeader } from '../core/imports/guess-mapping.ts'
import { importLimits } from '../core/imports/limits.ts'
import { NumberSet } from '../core/imports/number-set.ts'
import { localStates, pbxStates, type StagedRow } from '../core/ports/index.ts'
import { looksLikeText, type RowSink, readCsv, readingOf } from './csv-rows.ts'
import { FileProblem } from './file-problem.ts'
import type { FromImportWorker, ImportTask, Inspected, ToImportWorker } from './worker-messages.ts'
import { openWorkbook } from './xlsx-rows.ts'

// One task, then the end: whatever a file did to this thread's memory goes with the thread.
const port = parentPort
if (!port) throw new Error('the import worker runs in a worker thread only')
const reply = (message: FromImportWorker) => port.postMessage(message)
const task = workerData as ImportTask

const known = { directory: new NumberSet(), pbx: new NumberSet() }
let ended = false
let goOn = () => {}
// Whoever started this thread says when it is over, for a thread that ends by itself may take its last words along. It then
// ends on its own, with every file closed: one that is stopped from outside in the middle of something may crash the program.
port.on('message', (message: ToImportWorker) => {
  if (message.kind === 'known') {
    for (const number of message.numbers) known[message.set].add(number, 1)
    return
  }
  if (message.kind === 'end') {
    ended = true
    port.close()
  }
  goOn()
})
/** Until the other side says the next word; false when that word is the last. */
const nextWord = () =>
  new Promise<boolean>((resolve) => {
    goOn = () => resolve(!ended)
    if (ended) resolve(false)
  })

const sampleRows = 31
const progressEvery = 5000
/** Rows handed over at once. */
const pieceRows = 500

async function formatOfFile(path: string): Promise<'csv' | 'xlsx'> {
  const { size } = await stat(path)
  if (size === 0) throw new FileProblem('empty-file')
  const head = Buffer.alloc(8)
  const file = await open(path)
  try {
    await file.read(head, 0, 8, 0)
  } finally {
    await file.close()
  }
  const format = formatOf(head)
  if (format === 'xls') throw new FileProblem('xls-file')
  if (size > (format === 'csv' ? importLimits.csvBytes : importLimits.sheetBytes)) throw new FileProblem('too-large')
  if (format === 'csv' && !(await looksLikeText(path))) throw new FileProblem('not-a-table')
  return format
}

async function inspect({ path, request }: Extract<ImportTask, { kind: 'inspect' }>): Promise<Inspected> {
  const { reading, kind } = request
  const format = await formatOfFile(path)
  const rows: { row: number; cells: string[] }[] = []
  const take: RowSink = (row, cells) => {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ row, cells: cells.slice(0, importLimits.columns) })
    return rows.length < sampleRows && !ended
  }
  let sheets: string[] = []
  let sheet: string | null = null
  let encoding: Inspected['encoding'] = null
  let delimiter: Inspected['delimiter'] = null
  if (format === 'csv') {
    const chosen = await readingOf(path, reading)
    encoding = chosen.encoding
    delimiter = chosen.delimiter
    await readCsv(path, chosen, take)
  } else {
    const book = await openWorkbook(path)
    try {
      sheets = book.sheets
      sheet = sheets.find((name) => name === reading.sheet) ?? sheets[0] ?? null
      if (sheet === null) throw new FileProblem('not-a-table')
      await book.rows(sheet, take)
    } finally {
      book.close()
    }
  }
  const [first, ...rest] = rows
  if (!first) throw new FileProblem('empty-file')
  const hasHeader =
    reading.hasHeader ??
    looksLikeHeader(
      first.cells,
      rest.map(({ cells }) => cells),
    )
  const data = hasHeader ? rest : rows
  const width = Math.max(...rows.map(({ cells }) => cells.findLastIndex((cell) => cell !== '') + 1))
  const shown = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text)
  const columns = Array.from({ length: width }, (_, at) => {
    const heading = hasHeader ? (first.cells[at] ?? '').replace(/^\ufeff/, '').trim() : ''
    return heading === '' ? columnName(at) : shown(heading)
  })
  const samples = data.map(({ cells }) => cells)
  return {
    ...{ format, sheets, sheet, encoding, delimiter, hasHeader, columns },
    preview: data
      .slice(0, 20)
      .map(({ row, cells }) => ({ row, cells: columns.map((_, at) => shown(cells[at] ?? '')) })),
    mapping: guessMapping(kind, columns, samples),
  }
}

async function check({ path, request, handsOver }: Extract<ImportTask, { kind: 'check' }>): Promise<void> {
  if (!(await nextWord())) return
  const { reading, plan, columns, numbers, fixes } = request
  const checker = new RowChecker({ plan, columns, numbers, known, fixes })
  const { size } = await stat(path)
  const sendsHere = plan.target !== 'pbx'
  const sendsAway = plan.target !== 'local'
  let isHeader = reading.hasHeader === true
  let bytes = 0
  let count = 0
  let piece: StagedRow[] = []

  const hand = (): Promise<boolean> => {
    const rows = piece
    piece = []
    reply({ kind: 'rows', rows })
    return nextWord()
  }
  const sink: RowSink = (row, cells) => {
    if (isHeader) {
      // The header is the first row that holds anything, as it was in the preview.
      if (cells.some((cell) => cell.trim() !== '')) isHeader = false
      return !ended
    }
    const checked = checker.add(row, cells)
    count += 1
    if (count % progressEvery === 0) reply({ kind: 'progress', rows: count, share: Math.min(1, bytes / size) })
    if (!handsOver) return !ended
    const staged = stagedOf(row, checked, sendsHere, sendsAway)
    if (staged) piece.push(staged)
    return piece.length < pieceRows ? !ended : hand()
  }
  const format = await formatOfFile(path)
  if (format === 'csv') {
    await readCsv(path, await readingOf(path, reading), sink, (done) => {
      bytes = done
    })
  } else {
    const book = await openWorkbook(path)
    try {
      // How far a sheet is cannot be told from its bytes: rows are the measure.
      await book.rows(reading.sheet ?? book.sheets[0] ?? '', sink, () => {
        bytes = Math.min(size * 0.95, bytes + 40)
      })
    } finally {
      book.close()
    }
  }
  if (ended) return
  if (piece.length > 0) await hand()
  reply({ kind: 'checked', outcome: checker.result() })
}

function stagedOf(row: number, checked: CheckedRow, here: boolean, away: boolean): StagedRow | null {
  if (checked.status === 'empty') return null
  const cells = [...checked.cells]
  if (checked.status === 'left-out') {
    const reason = checked.reason === null ? null : JSON.stringify(checked.reason)
    return { row, cells, local: localStates.none, pbx: pbxStates.none, known: null, reason }
  }
  return {
    ...{ row, cells, known: checked.known, reason: null },
    local: here ? localStates.queued : localStates.none,
    pbx: away ? pbxStates.queued : pbxStates.none,
  }
}

try {
  if (task.kind === 'inspect') reply({ kind: 'inspected', inspection: await inspect(task) })
  else await check(task)
} catch (error) {
  const problem = error instanceof FileProblem ? error : null
  const name = error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : 'unknown failure'
  reply({ kind: 'failed', reason: problem?.reason ?? null, row: problem?.row ?? null, name })
}
