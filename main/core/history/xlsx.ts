import type { HistoryCall } from '../../../preload/contract/index.ts'
import { cellsOf, columnWidths, type ExportCell, type ExportLocale, headingsOf, mayBeFormula } from './export-table.ts'

/** One file of an archive, its text a piece at a time. */
export interface ArchiveFile {
  name: string
  text: AsyncIterable<string> | Iterable<string>
}

/** A sheet holds 1,048,576 rows, heading included (ECMA-376 §18.3.1.73). */
const mostSheetRows = 1_048_575
/** Places in `cellXfs` of the styles below. */
const style = { plain: 0, moment: 1, text: 2, quoted: 3, heading: 4 } as const
const dayMs = 86_400_000
/** Days from the spreadsheets' day 0, which is 30 December 1899, to 1970. */
const epochDays = 25_569

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Text of an element: what XML 1.0 cannot hold becomes U+FFFD, and `_x0041_` stays itself (ECMA-376 §22.4.2.4). */
export function xmlText(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must go.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(/\r/g, '&#13;')
      .replaceAll('&', '&amp;')
      .replaceAll('&amp;#13;', '&#13;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  )
}

/** Every text is a string cell, which no spreadsheet takes for a formula; what looks like one keeps its quote when edited. */
function xmlCell(value: ExportCell, utcOffsetMs: number): string {
  if (value === null || value === '') return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  if (typeof value === 'object')
    return `<c s="${style.moment}"><v>${((value.at + utcOffsetMs) / dayMs + epochDays).toFixed(8)}</v></c>`
  return textCell(value, mayBeFormula(value) ? style.quoted : style.text)
}

const textCell = (text: string, place: number) =>
  `<c s="${place}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`

const sheetHead = (locale: ExportLocale) =>
  `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columnWidths
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('')}</cols><sheetData><row>${headingsOf(locale)
    .map((one) => textCell(one, style.heading))
    .join('')}</row>`
const sheetFoot = '</sheetData></worksheet>'

const styles = `${head}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`

const sheetNames: Record<ExportLocale, string> = { 'zh-CN': '通话记录', en: 'Calls' }

/**
 * The parts of a workbook (ECMA-376) with the calls of `pages`, a page at a time: one sheet, or several where there are more
 * calls than a sheet can hold. Moments stand `utcOffsetMs` from UTC.
 */
export async function* workbook(
  pages: AsyncIterable<readonly HistoryCall[]>,
  locale: ExportLocale,
  utcOffsetMs: number,
  mostRows: number = mostSheetRows,
): AsyncGenerator<ArchiveFile, void> {
  const source = pages[Symbol.asyncIterator]()
  let waiting: readonly HistoryCall[] = []
  let isOver = false
  let sheets = 0

  async function* sheet(): AsyncGenerator<string, void> {
    yield sheetHead(locale)
    for (let left = mostRows; left > 0; ) {
      if (waiting.length === 0) {
        const next = await source.next()
        isOver = next.done === true
        if (next.done) break
        waiting = next.value
      }
      const rows = waiting.slice(0, left)
      waiting = waiting.slice(left)
      left -= rows.length
      yield rows
        .map(
          (call) =>
            `<row>${cellsOf(call, locale)
              .map((one) => xmlCell(one, utcOffsetMs))
              .join('')}</row>`,
        )
        .join('')
    }
    yield sheetFoot
  }

  do {
    sheets += 1
    yield { name: `xl/worksheets/sheet${sheets}.xml`, text: sheet() }
    if (!isOver && waiting.length === 0) {
      const next = await source.next()
      isOver = next.done === true
      if (!next.done) waiting = next.value
    }
  } while (!isOver || waiting.length > 0)
  yield* frame(sheets, sheetNames[locale])
}

/** What holds the sheets together. */
function* frame(sheets: number, name: string): Generator<ArchiveFile, void> {
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1)
  yield { name: 'xl/styles.xml', text: [styles] }
  yield {
    name: 'xl/workbook.xml',
    text: [
      `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbers
        .map((n) => `<sheet name="${n === 1 ? name : `${name} ${n}`}" sheetId="${n}" r:id="rId${n}"/>`)
        .join('')}</sheets></workbook>`,
    ],
  }
  yield {
    name: 'xl/_rels/workbook.xml.rels',
    text: [
      `${head}<Relationships xmlns="${relations}">${numbers
        .map((n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)
        .join('')}<Relationship Id="rId${sheets + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
  }
  yield {
    name: '_rels/.rels',
    text: [
      `${head}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
  }
  yield {
    name: '[Content_Types].xml',
    text: [
      `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${numbers
        .map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${types}.worksheet+xml"/>`)
        .join('')}</Types>`,
    ],
  }
}
