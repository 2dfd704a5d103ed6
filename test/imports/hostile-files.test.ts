import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readCsv } from '../../main/imports/csv-rows.ts'
import type { FileProblem } from '../../main/imports/file-problem.ts'
import { createImportFiles } from '../../main/imports/import-files.ts'
import { openParts } from '../../main/imports/workbook-parts.ts'
import { openWorkbook } from '../../main/imports/xlsx-rows.ts'
import { createListLog } from '../core/calls/manual-clock.ts'
import { bomb, book, good, hostileCases, sheetOf, withTexts } from './hostile-cases.ts'
import { type ZipPart, zipOf } from './zip-parts.ts'

const folder = mkdtempSync(join(tmpdir(), 'frontbell-hostile-'))
const files = createImportFiles(folder, createListLog())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
function written(bytes: Uint8Array | string): string {
  count += 1
  writeFileSync(join(folder, `f${count}.import`), bytes)
  return `f${count}`
}
const reading = { sheet: null, encoding: null, delimiter: null, hasHeader: null }
const reasonOf = (id: string) =>
  files.inspect(id, { kind: 'contacts', reading }).then(
    () => 'read',
    (error: { details?: { reason?: string } }) => error.details?.reason ?? String(error),
  )

describe('files that are made to harm', () => {
  it('reads an honest workbook: numbers whole, dates as dates, shared and phonetic texts', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/><numFmt numFmtId="165" formatCode="00000000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
    const texts = '<sst><si><t>姓名</t></si><si><r><t>李</t></r><rPh><t>li</t></rPh><r><t>建国</t></r></si></sst>'
    const sheet = sheetOf(
      '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="4"><c r="A4" t="s"><v>1</v></c><c r="C4"><v>13500000002</v></c><c r="D4" s="1"><v>46347</v></c><c r="E4" s="2"><v>75528000123</v></c></row>',
    )
    const id = written(
      book(sheet, [
        { name: 'xl/styles.xml', data: styles },
        { name: 'xl/sharedStrings.xml', data: texts },
      ]),
    )
    const found: [number, string[]][] = []
    const opened = await openWorkbook(join(folder, `${id}.import`))
    await opened.rows('S', (row, cells) => found.push([row, cells]) > 0)
    opened.close()
    expect(found).toEqual([
      [1, ['姓名']],
      [4, ['李建国', '', '13500000002', '2026-11-21', '75528000123']],
    ])
  })

  it.each(hostileCases)('%s', async (_name, make, reason) => {
    expect(await reasonOf(written(make()))).toBe(reason)
  })

  it('counts shared texts before it reads the first: however they are written, and only texts', async () => {
    // What is broken at their beginning is found by reading.
    const broken = '<a></b>'
    const reason = (texts: string) => reasonOf(written(withTexts(broken + texts)))
    expect(await reason('<si><t>a</t></si>')).toBe('damaged')
    expect(await reason('<si/>'.repeat(1_000_001))).toBe('too-much-inside')
    expect(await reason('<sip/>'.repeat(1_000_001))).toBe('damaged')
    const prefixed = `<x:sst>${broken}${'<x:si />'.repeat(1_000_001)}</x:sst>`
    const utf16 = Buffer.from(`\ufeff<sst>${broken}${'<si></si>'.repeat(1_000_001)}</sst>`, 'utf16le')
    for (const data of [prefixed, utf16])
      expect(await reasonOf(written(book(good, [{ name: 'xl/sharedStrings.xml', data }])))).toBe('too-much-inside')
  })

  it('a part that is read twice counts once for what all parts may hold', async () => {
    const filler = deflateRawSync(Buffer.alloc(60 * 1024 * 1024, 'a'))
    const parts = [{ name: 'a', packed: filler, size: 60 * 1024 * 1024 }]
    const opened = await openParts(join(folder, `${written(zipOf(parts))}.import`))
    let bytes = 0
    for (let time = 0; time < 3; time += 1) for await (const piece of opened.read('a')) bytes += piece.length
    opened.close()
    expect(bytes).toBe(180 * 1024 * 1024)
  })

  /** Bytes that come out of a part before it is refused, and why it is. */
  async function unpacked(parts: ZipPart[], name: string): Promise<{ bytes: number; reason: string }> {
    let bytes = 0
    const opened = await openParts(join(folder, `${written(zipOf(parts))}.import`))
    try {
      for await (const piece of opened.read(name)) bytes += piece.length
      return { bytes, reason: 'read' }
    } catch (error) {
      return { bytes, reason: (error as FileProblem).reason }
    } finally {
      opened.close()
    }
  }
  it('of a bomb nothing is unpacked when it is honest, and no more than it says when it lies', async () => {
    const honest = { name: 'a', packed: bomb, size: 200 * 1024 * 1024 }
    await expect(unpacked([honest], 'a')).rejects.toMatchObject({ reason: 'too-much-inside' })
    const lying = await unpacked([{ ...honest, size: 10 }], 'a')
    expect(lying.reason).toBe('damaged')
    expect(lying.bytes).toBeLessThanOrEqual(10)
    // Each part within its limit, all together not.
    const parts = ['a', 'b', 'c'].map((name) => ({ name, packed: bomb, size: 60 * 1024 * 1024 }))
    await expect(unpacked(parts, 'a')).rejects.toMatchObject({ reason: 'too-much-inside' })
    const one = await unpacked(parts.slice(0, 1), 'a')
    expect(one.reason).toBe('damaged')
    expect(one.bytes).toBeLessThanOrEqual(60 * 1024 * 1024)
  })

  it('3,000 broken files end with a reason, and never with anything else', async () => {
    const seeds = [
      book(good),
      Buffer.from('姓名,手机\r\n"李,建国",13500000002\r\n'),
      Buffer.from('\ufeffa\tb\n1\t2\n', 'utf16le'),
    ]
    let random = 12_345
    const next = (below: number) => {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
      return random % below
    }
    const path = join(folder, 'mutated')
    let read = 0
    for (let round = 0; round < 3000; round += 1) {
      const bytes = Buffer.from(seeds[round % seeds.length]!)
      for (let change = 0; change <= next(4); change += 1) bytes[next(bytes.length)] = next(256)
      writeFileSync(path, next(5) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes)
      try {
        if (round % seeds.length === 0) {
          const opened = await openWorkbook(path)
          try {
            await opened.rows('S', () => true)
          } finally {
            opened.close()
          }
        } else {
          await readCsv(
            path,
            { encoding: round % seeds.length === 1 ? 'utf-8' : 'utf-16le', delimiter: ',' },
            () => true,
          )
        }
        read += 1
      } catch (error) {
        if ((error as Error).name !== 'FileProblem') throw error
      }
    }
    expect(read).toBeGreaterThan(300)
  }, 120_000)

  it('stops on the way when it is cancelled', async () => {
    const id = written(`姓名,手机\n${'李建国,13500000002\n'.repeat(600_000)}`)
    const own = new AbortController()
    const plan = {
      ...{ kind: 'contacts', mapping: ['name', 'mobile'], target: 'local', connection: null, suggestions: [] },
      ...{ known: 'fill', pbxGroup: 1, pbxAssistant: -1 },
    } as never
    let seen = 0
    const onProgress = (rows: number) => {
      seen = rows
      own.abort()
    }
    const request = {
      reading: { ...reading, hasHeader: true },
      plan,
      fixes: [],
      columns: ['姓名', '手机'],
      numbers: {},
      directory: [],
      pbx: [],
    }
    await expect(files.check(id, request, { signal: own.signal, onProgress })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(seen).toBeGreaterThan(0)
    expect(seen).toBeLessThan(600_000)
  })
})
