import { deflateRawSync } from 'node:zlib'
import { type ZipPart, zipOf } from './zip-parts.ts'

const workbook = '<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1" xmlns:r="r"/></sheets></workbook>'
const relations = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
/** A workbook with this sheet. */
export const book = (sheet: string | Buffer, more: ZipPart[] = []) =>
  zipOf([
    { name: 'xl/workbook.xml', data: workbook },
    { name: 'xl/_rels/workbook.xml.rels', data: relations },
    { name: 'xl/worksheets/sheet1.xml', data: sheet },
    ...more,
  ])
export const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const inline = (reference: string, text: string) => `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`
export const good = sheetOf(
  `<row r="1">${inline('A1', '姓名')}${inline('B1', '手机')}</row><row r="2">${inline('A2', '李')}<c r="B2"><v>1.35E10</v></c></row>`,
)

/** 200 MB of one sign. */
export const bomb = deflateRawSync(Buffer.alloc(200 * 1024 * 1024, 'a'))
const doctype = `<!DOCTYPE x [<!ENTITY a "${'b'.repeat(100)}">]><worksheet><sheetData/></worksheet>`
const many = Array.from({ length: 300 }, (_, at) => ({ name: `x${at}`, data: '' }))
const wide = sheetOf(`<row r="1">${inline('A1', 'a')}${inline('XFD1', 'b')}</row>`)
const attributes = Array.from({ length: 100_000 }, (_, at) => `a${at}=""`).join(' ')
export const withTexts = (texts: string) => book(good, [{ name: 'xl/sharedStrings.xml', data: `<sst>${texts}</sst>` }])
const nested = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`
const deep = good.replace('</worksheet>', `${nested}</worksheet>`)
/** What it is, the file, and the reason that it is refused for. */
export const hostileCases: [string, () => Uint8Array | string, string][] = [
  [
    'a sheet that unpacks to 200 MB',
    () => book('', [{ name: 'xl/sharedStrings.xml', packed: bomb, size: 200 * 1024 * 1024 }]),
    'too-much-inside',
  ],
  [
    'a bomb that lies about its size',
    () => book('', [{ name: 'xl/sharedStrings.xml', packed: bomb, size: 10 }]),
    'damaged',
  ],
  ['many parts', () => book(good, many), 'too-many-parts'],
  ['a document type', () => book(doctype), 'has-doctype'],
  ['the same part twice', () => book(good, [{ name: 'xl/worksheets/sheet1.xml', data: good }]), 'damaged'],
  ['16,384 columns', () => book(wide), 'too-many-columns'],
  ['a sheet that is cut off', () => book(good.slice(0, 150)), 'damaged'],
  ['elements that do not match', () => book('<worksheet><sheetData></worksheet>'), 'damaged'],
  ['100,000 elements within each other', () => book(deep), 'damaged'],
  ['an element with 100,000 attributes', () => book(`<worksheet ${attributes}/>`), 'damaged'],
  ['a million empty rows', () => book(sheetOf('<row/>'.repeat(1_000_000))), 'too-many-rows'],
  ['500,000 empty texts', () => withTexts('<si><t/></si>'.repeat(500_000)), 'too-much-inside'],
  ['more than a million shared texts', () => withTexts('<si><t>a</t></si>'.repeat(1_010_000)), 'too-much-inside'],
  [
    'parts that overlap',
    () =>
      book(good, [
        { name: 'x', data: 'x' },
        { name: 'y', data: 'x', overlaps: true },
      ]),
    'damaged',
  ],
  ['a workbook within an archive', () => zipOf([{ name: 'book.xlsx', data: book(good) }]), 'not-a-table'],
  ['no sheet', () => zipOf([{ name: 'a.txt', data: 'x' }]), 'not-a-table'],
  ['a truncated archive', () => book(good).subarray(0, 300), 'damaged'],
  ['the old format', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'xls-file'],
  ['an empty file', () => '', 'empty-file'],
  ['a mark that is never closed, 8 MB', () => `a,b\n"${'x,"",\n'.repeat(1_400_000)}`, 'unclosed-quote'],
  ['100 columns', () => `${Array(100).fill('x').join(',')}\n`, 'too-many-columns'],
  ['a program', () => Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 31)), 'not-a-table'],
  ['prototype names', () => '__proto__,constructor\n13500000002,x\n', 'read'],
]
