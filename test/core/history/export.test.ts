import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportCalls } from '../../../main/core/history/export.ts'
import { workbook } from '../../../main/core/history/xlsx.ts'
import { zipStream } from '../../../main/runtime/zip-stream.ts'
import type { ExportEvent, HistoryCall } from '../../../preload/contract/index.ts'
import { formulaPayloads, formulasIn } from './formula-payloads.ts'
import { readCsvElsewhere } from './read-csv-elsewhere.ts'

const someone = { canonical: '', display: '', home: null, name: null, company: null, source: null }
const at = Date.parse('2026-11-21T09:30:15+08:00')
const callOf = (n: number, over: Partial<HistoryCall> = {}): HistoryCall => ({
  row: n,
  callId: `c${n}`,
  connection: 'pbx',
  system: 'telcrm',
  direction: 'incoming',
  result: 'answered',
  caller: { ...someone, number: '+8613500000002', name: '李先生' },
  callee: { ...someone, number: '802' },
  extension: '802',
  group: null,
  groupName: null,
  startedAt: at - n * 1000,
  durationSec: 41,
  note: null,
  ownNote: null,
  tags: [],
  followUpAt: null,
  cause: null,
  recording: null,
  handledAt: null,
  calledBack: null,
  seenAt: 6,
  ...over,
})

/** What begins a formula in some spreadsheet, and what XML or a zip could stumble over. */
const payloads = [
  ...['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '＋1', '－1', '＠x', ' =1', '"=1', "'=1", '\t=1', '\r\n=1'],
  ...['<f>1</f>', '</t></is></c>', '&amp;', ']]>', '_x003D_1', 'a_x0041_b', '多\n行', '李 😀', '  two  '],
]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'export-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* inPages(calls: HistoryCall[], size: number) {
  for (let from = 0; from < calls.length; from += size) yield calls.slice(from, from + size)
}

async function run(calls: HistoryCall[], format: 'csv' | 'xlsx', signal?: AbortSignal) {
  const events: ExportEvent[] = []
  const chunks: Uint8Array[] = []
  const pages = () => inPages(calls, 7)
  const request = { format, locale: 'zh-CN', utcOffsetMs: 8 * 3_600_000, now: at, archive: zipStream, signal } as const
  for await (const event of exportCalls({ ...request, pages, count: async () => calls.length })) {
    events.push(event)
    if (event.kind === 'data') chunks.push(event.bytes)
  }
  return { events, bytes: Buffer.concat(chunks) }
}

/** Every file of an archive, as Python's zipfile and XML reader, which are not ours, take it apart. */
function unzip(bytes: Uint8Array): Record<string, string> {
  const file = join(folder, 'export.xlsx')
  writeFileSync(file, bytes)
  const script =
    'import json,sys,zipfile,xml.etree.ElementTree as E\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n' +
    'for n in z.namelist(): E.fromstring(z.read(n))\nprint(json.dumps({n:z.read(n).decode() for n in z.namelist()}))'
  return JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8', maxBuffer: 64 << 20 }))
}

interface Cell {
  '@_s'?: string
  '@_t'?: string
  v?: string
  f?: unknown
  is?: { t: { '#text'?: string } | string }
}
const parser = new XMLParser({
  ...{ ignoreAttributes: false, parseTagValue: false, trimValues: false, processEntities: true },
  isArray: (name) => name === 'row' || name === 'c',
})
function cellsOf(sheet: string): Cell[][] {
  const rows = parser.parse(sheet).worksheet.sheetData.row as { c: (Cell | string)[] }[]
  return rows.map(({ c }) => c.map((cell) => (typeof cell === 'string' ? {} : cell)))
}
/** As spreadsheets read it: `_xHHHH_` is a character. */
const textOf = ({ is }: Cell) => {
  const text = typeof is?.t === 'string' ? is.t : (is?.t['#text'] ?? '')
  return text
    .replaceAll('&#13;', '\r')
    .replace(/_x([0-9A-F]{4})_/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

describe('XLSX', () => {
  it('is a workbook that others read, its texts unchanged and never a formula', async () => {
    const { bytes, events } = await run(
      payloads.map((text, n) => callOf(n, { note: text, ownNote: text, tags: [text], followUpAt: at })),
      'xlsx',
    )
    const files = unzip(bytes)
    expect(Object.keys(files).sort()).toEqual([
      ...['[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/workbook.xml'],
      'xl/worksheets/sheet1.xml',
    ])
    const [heading, ...rows] = cellsOf(files['xl/worksheets/sheet1.xml']!)
    expect(heading!.map(textOf).slice(0, 4)).toEqual(['时间', '方向', '结果', '主叫'])
    expect(heading!.map(textOf).slice(10, 14)).toEqual(['记录', '标签', '待办', '系统备注'])
    for (const column of [10, 11, 13]) expect(rows.map((cells) => textOf(cells[column]!))).toEqual(payloads)
    for (const cell of rows.flat()) {
      expect(cell.f).toBeUndefined()
      if (cell.is !== undefined) expect(cell['@_t']).toBe('inlineStr')
    }
    const first = rows[0]!
    expect(textOf(first[3]!)).toBe('+8613500000002')
    expect([first[3]!['@_s'], first[4]!['@_s'], first[10]!['@_s']]).toEqual(['3', '2', '3'])
    expect(first[12]).toEqual(first[0])
    expect(first[9]).toEqual({ v: '41' })
    // 2026-11-21 is day 46347; 09:30:15 in the office.
    expect(Number(first[0]!.v)).toBeCloseTo(46_347 + (9.5 * 3600 + 15) / 86_400, 6)
    expect(events.at(-1)).toEqual({
      ...{ kind: 'done', rows: payloads.length, fileName: '通话记录-2026-11-21.xlsx' },
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    })
  })

  it('what XML cannot hold becomes a sign of its own', async () => {
    const { bytes } = await run([callOf(1, { ownNote: 'a\u0001b\ud800c' })], 'xlsx')
    expect(textOf(cellsOf(unzip(bytes)['xl/worksheets/sheet1.xml']!)[1]![10]!)).toBe('a\ufffdb\ufffdc')
  })

  it.each([
    [0, [1]],
    [10, [11]],
    [11, [11, 2]],
    [20, [11, 11]],
    [25, [11, 11, 6]],
  ])('%i calls go into sheets of ten: %j rows', async (count, expected) => {
    const calls = Array.from({ length: count }, (_, n) => callOf(n))
    const chunks: Uint8Array[] = []
    for await (const piece of zipStream(workbook(inPages(calls, 7), 'en', 0, 10), new Date(at))) chunks.push(piece)
    const files = unzip(Buffer.concat(chunks))
    const sheets = Object.keys(files).filter((name) => name.startsWith('xl/worksheets/'))
    expect(sheets.map((name) => cellsOf(files[name]!).length)).toEqual(expected)
    expect((files['xl/workbook.xml']!.match(/<sheet /g) ?? []).length).toBe(expected.length)
  })
})

describe('T17: every text that could be a formula', () => {
  /** Wherever text from outside stands in a row. */
  const calls = formulaPayloads.map((text, n) =>
    callOf(n, {
      ...{ note: text, ownNote: text, tags: [text], group: text, groupName: text, extension: text, callId: text },
      ...{ caller: { ...someone, number: text, name: text, company: text }, callee: { ...someone, number: text } },
      ...{ cause: { code: text, text } as HistoryCall['cause'], recording: { reference: text } as never },
    }),
  )
  const places = [3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15, 17]

  it('is text in a CSV file, with one mark before it', async () => {
    const { bytes } = await run(calls, 'csv')
    const [, ...rows] = readCsvElsewhere(bytes)
    expect(rows).toHaveLength(formulaPayloads.length)
    expect(formulasIn(rows.flat())).toEqual([])
    for (const place of places.filter((one) => one !== 14))
      expect(rows.map((cells) => cells[place])).toEqual(formulaPayloads.map((text) => `'${text}`))
  })

  it('is a text cell in a workbook, the same text, and keeps its mark when edited', async () => {
    const { bytes } = await run(calls, 'xlsx')
    const [, ...rows] = cellsOf(unzip(bytes)['xl/worksheets/sheet1.xml']!)
    expect(rows.flat().filter(({ f }) => f !== undefined)).toEqual([])
    const kept = formulaPayloads.map((text) => text.replaceAll('\0', '\ufffd'))
    for (const place of places) {
      const cells = rows.map((row) => row[place]!)
      expect(cells.filter((cell) => cell['@_t'] !== 'inlineStr' || cell['@_s'] !== '3' || 'v' in cell)).toEqual([])
      if (place !== 14) expect(cells.map(textOf)).toEqual(kept)
    }
  })
})

describe('progress', () => {
  it('says how far it is; a cancelled export ends at once', async () => {
    const calls = Array.from({ length: 30 }, (_, n) => callOf(n))
    const { events, bytes } = await run(calls, 'csv')
    expect(events.flatMap((one) => (one.kind === 'progress' ? [[one.rows, one.total]] : []))).toEqual([
      ...[
        [0, null],
        [0, 30],
        [7, 30],
        [14, 30],
      ],
      ...[
        [21, 30],
        [28, 30],
        [30, 30],
      ],
    ])
    expect(bytes.toString('utf8').split('\r\n')).toHaveLength(32)
    const stop = new AbortController()
    stop.abort()
    await expect(run(calls, 'xlsx', stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})
