import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell } from '../../../main/core/history/csv.ts'
import { RowChecker } from '../../../main/core/imports/check-rows.ts'
import { CsvRecords, UnclosedQuote } from '../../../main/core/imports/csv-records.ts'
import { delimiterOf, encodingOf, formatOf } from '../../../main/core/imports/guess-format.ts'
import { guessMapping, looksLikeHeader, templateField } from '../../../main/core/imports/guess-mapping.ts'
import { NumberSet } from '../../../main/core/imports/number-set.ts'
import { readNumbers } from '../../../main/core/imports/read-number.ts'
import { cellText, readAmount, readDate, readRow } from '../../../main/core/imports/read-row.ts'
import type { ImportField, ImportPlan } from '../../../preload/contract/index.ts'

function recordsOf(text: string, cuts: readonly number[], delimiter = ','): string[][] {
  const records = new CsvRecords(delimiter, 10_000)
  const rows: string[][] = []
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
  let from = 0
  for (const place of places) {
    records.add(text.slice(from, place), false, (cells) => rows.push(cells) > 0)
    from = place
  }
  records.add(text.slice(from), true, (cells) => rows.push(cells) > 0)
  return rows
}

const sign = fc.constantFrom('a', '李', '"', ',', ';', '\n', '\r', ' ', '=', "'", '+', '0', '\u{1f600}')
const cell = fc.string({ unit: sign, maxLength: 8 })

describe('text files', () => {
  it('reads what was written, wherever it is cut in pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(400), { maxLength: 8 }),
        fc.constantFrom('\r\n', '\n', '\r'),
        (rows, cuts, end) => {
          const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + end).join('')
          expect(recordsOf(text, cuts)).toEqual(rows)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('reads what a known parser reads, quoted or not', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', '李', ' ', '0', '.'), maxLength: 6 })
    const quoted = cell.map((text) => `"${text.replaceAll('"', '""')}"`)
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(plain, quoted), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(200), { maxLength: 4 }),
        (rows, cuts) => {
          const text = rows.map((row) => row.join(',')).join('\n')
          const theirs = parse(text, { relax_column_count: true, record_delimiter: '\n' }) as unknown
          expect(recordsOf(text, cuts)).toEqual(theirs)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('ends a mark that is never closed, whatever comes behind', () => {
    const records = new CsvRecords(',', 1000)
    expect(() => {
      for (let piece = 0; piece < 100; piece += 1)
        records.add(`"${'a'.repeat(99)}`.slice(piece === 0 ? 0 : 1), false, () => true)
    }).toThrow(UnclosedQuote)
    expect(() => recordsOf('a,"b\n', [])).toThrow(UnclosedQuote)
  })

  it('takes back exactly what an export puts before a formula', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('=', '+', "'", '"', ' ', 'a', '＝', '\t'), maxLength: 6 }),
        (text) => {
          const [[read]] = recordsOf(`${csvCell(text)}\r\n`, []) as [[string]]
          // What begins with the mark itself cannot be told from what was marked: nothing but a mark goes.
          if (!text.startsWith("'")) expect(cellText(read)).toBe(text)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('guesses format, encoding and separator', () => {
    const gbk = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xca, 0xd6, 0xbb, 0xfa])
    expect(formatOf(Buffer.from('PK\u0003\u0004'))).toBe('xlsx')
    expect(formatOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toBe('xls')
    expect(encodingOf(gbk, true)).toBe('gb18030')
    expect(encodingOf(Buffer.from('姓名,手机'), true)).toBe('utf-8')
    expect(encodingOf(Buffer.from('姓名').subarray(0, 5), false)).toBe('utf-8')
    expect(encodingOf(Buffer.from('姓名').subarray(0, 5), true)).toBe('gb18030')
    expect(encodingOf(Buffer.from('\ufeff姓名', 'utf16le'), true)).toBe('utf-16le')
    expect(encodingOf(Buffer.from('name,phone\n', 'utf16le'), true)).toBe('utf-16le')
    expect(delimiterOf('a;b;c\n"1,2,3,4,5,6";2;3\n')).toBe(';')
    expect(delimiterOf('a\tb\n1\t2\n')).toBe('\t')
    expect(delimiterOf('alone\n')).toBe(',')
  })
})

describe('what a row means', () => {
  it('knows the headings of the PBX’s own template', () => {
    expect(templateField('6:即时信息:14:QQ')).toEqual({ field: 'field:14', label: 'QQ' })
    expect(templateField('1：电话：1：手机')).toEqual({ field: 'mobile', label: '手机' })
    expect(templateField('2:电话:2:固话')?.field).toBe('work')
    expect(templateField('12:30:45')).toBeNull()
    expect(guessMapping('contacts', ['客户名称', '1:电话:1:手机', '6:即时信息:14:QQ'], [])).toEqual([
      'name',
      'mobile',
      'field:14',
    ])
  })

  it('guesses columns by their heading, else by what stands in them', () => {
    expect(guessMapping('opportunities', ['Customer Name', 'Phone', 'Product', '金额（元）'], [])).toEqual([
      'name',
      'phone',
      'product',
      'amount',
    ])
    expect(
      guessMapping(
        'contacts',
        ['A', 'B'],
        [
          ['13500000002', '李建国'],
          ['0755-28000123', '王芳'],
        ],
      ),
    ).toEqual(['phone', 'name'])
    expect(looksLikeHeader(['姓名', '手机'], [])).toBe(true)
    expect(looksLikeHeader(['李建国', '13500000002'], [['王芳', '13500000003']])).toBe(false)
    expect(guessMapping('contacts', ['__proto__', 'constructor', 'toString'], [])).toEqual(['skip', 'skip', 'skip'])
  })

  it.each([
    ['13500000002', '13500000002'],
    ['13800138000.0', '13800138000'],
    ['1.3800138001E10', '13800138001'],
    ['0755-2800 0123', '075528000123'],
    ['+86 135 0000 0002', '13500000002'],
    ['13500000002、13500000003', '13500000002 13500000003'],
    ['1.38E+10', 'scientific'],
    ['1380013800', 'too-short'],
    ['138001380001', 'too-long'],
    ['75528000123', 'lost-zero 0755-2800 0123'],
    ['1591982xxxx', 'masked'],
    ['无', 'not-a-number'],
  ])('reads the number %s as %s', (text, wanted) => {
    const read = readNumbers(text, {})
    const found =
      'fault' in read ? [read.fault, ...(read.suggestion ? [read.suggestion] : [])] : read.map((one) => one.canonical)
    expect(found.join(' ')).toBe(wanted)
  })

  it('reads amounts and dates, and nothing that is none', () => {
    expect(['￥1,200.50', '1.2万', '12000元', '1e999', 'NaN', '约一万'].map(readAmount)).toEqual([
      1200.5,
      12_000,
      12_000,
      null,
      null,
      null,
    ])
    expect(['2026-11-21', '2026/1/2', '2026年11月21日', '20261121', '2026-02-30', '11/12/2026'].map(readDate)).toEqual([
      ...['2026-11-21', '2026-01-02', '2026-11-21', '2026-11-21', null, null],
    ])
  })

  it('survives any cells under any mapping', () => {
    const fields: ImportField[] = [
      'name',
      'phone',
      'fax',
      'company',
      'qq',
      'product',
      'amount',
      'date',
      'field:14',
      'notes',
      'reason',
      'skip',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...fields), { maxLength: 8 }),
        fc.array(fc.string({ unit: 'binary' }), { maxLength: 10 }),
        fc.constantFrom('contacts', 'opportunities'),
        (mapping, cells, kind) => {
          const read = readRow(cells, { kind, mapping, columns: [], suggestions: [], numbers: {} })
          if (read && read.faults.length === 0) expect(read.record.numbers.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('finds numbers that stand twice, are known, and what a correction changes', () => {
    const plan: ImportPlan = {
      ...{
        kind: 'contacts',
        mapping: ['name', 'phone'],
        target: 'both',
        connection: 'pbx',
        suggestions: [],
        known: 'fill',
      },
      ...{ pbxGroup: 1, pbxAssistant: -1 },
    }
    const directory = new NumberSet()
    directory.add('13500000003', 1)
    const pbx = new NumberSet()
    pbx.add('13500000002', 1)
    const checker = new RowChecker({
      ...{ plan, columns: ['姓名', '电话'], numbers: {}, known: { directory, pbx } },
      fixes: [
        { row: 5, cells: [{ column: 1, value: '13500000005' }], skip: false, known: null },
        { row: 6, cells: [], skip: true, known: null },
        { row: 7, cells: [], skip: false, known: 'skip' },
      ],
    })
    const rows: [number, string[]][] = [
      ...([
        [2, ['甲', '13500000002']],
        [3, ['乙', '135 0000 0002']],
        [4, ['丙', '13500000003']],
      ] as [number, string[]][]),
      ...([
        [5, ['丁', '1350000']],
        [6, ['戊', '1']],
        [7, ['丙', '13500000003']],
        [8, ['', '']],
      ] as [number, string[]][]),
    ]
    const states = rows.map(([row, cells]) => checker.add(row, cells).status)
    expect(states).toEqual(['ready', 'left-out', 'ready', 'ready', 'left-out', 'left-out', 'empty'])
    const { check, findings } = checker.result()
    expect(check).toMatchObject({ rows: 7, ready: 3, empty: 1, skipped: 1 })
    expect(findings.twice.map(({ row, firstRow }) => [row, firstRow])).toEqual([
      [3, 2],
      [7, 4],
    ])
    expect(findings.known.map(({ row, choice }) => [row, choice])).toEqual([[4, 'fill']])
    expect(findings['pbx-known'].map(({ row }) => row)).toEqual([2])
  })

  it('200,000 products of opportunities take little memory, and what stands twice is found', () => {
    const plan: ImportPlan = {
      ...{ kind: 'opportunities', mapping: ['name', 'phone', 'product'], target: 'pbx', connection: 'pbx' },
      ...{ suggestions: [], known: 'fill', pbxGroup: 1, pbxAssistant: -1 },
    }
    const known = { directory: new NumberSet(), pbx: new NumberSet() }
    const checker = new RowChecker({ plan, columns: ['姓名', '电话', '产品'], numbers: {}, known, fixes: [] })
    const before = process.memoryUsage().arrayBuffers
    const numberOf = (at: number) => String(13_500_000_000 + (at % 50_000))
    for (let at = 0; at < 200_000; at += 1) {
      checker.add(at + 2, ['李', numberOf(at), `产品${at}`])
      if (at % 20_000 === 0) expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000)
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000)
    expect(checker.result().check).toMatchObject({ ready: 200_000, groups: [] })
    for (const at of [0, 7, 60_007, 199_999]) checker.add(300_000 + at, ['李', numberOf(at), `产品${at}`])
    checker.add(600_000, ['李', numberOf(7), '产品8'])
    const { check, findings } = checker.result()
    expect(findings.twice.map(({ firstRow }) => firstRow)).toEqual([2, 9, 60_009, 200_001])
    expect(check.ready).toBe(200_001)
  })

  it('keeps numbers apart that differ in a zero, a sign or their group', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.string({ unit: fc.constantFrom(...'0123456789+x'), minLength: 1, maxLength: 17 }),
            fc.nat({ max: 2 }),
          ),
          { maxLength: 200 },
        ),
        (numbers) => {
          const set = new NumberSet()
          const known = new Map<string, number>()
          numbers.forEach(([number, group], at) => {
            const name = `${number} of ${group}`
            expect(set.add(number, at + 1, group)).toBe(known.get(name) ?? null)
            if (!known.has(name)) known.set(name, at + 1)
          })
          for (const [number] of numbers) expect(set.has(number)).toBe(known.has(`${number} of 0`))
          expect(set.size).toBe(known.size)
        },
      ),
    )
  })
})
