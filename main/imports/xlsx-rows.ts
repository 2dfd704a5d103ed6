import { importLimits } from '../core/imports/limits.ts'
import { type CellStyle, columnOf, numberText, styleOf } from './cell-values.ts'
import { countTexts, manyTextsBytes } from './count-texts.ts'
import type { RowSink } from './csv-rows.ts'
import { FileProblem } from './file-problem.ts'
import { openParts, type WorkbookParts } from './workbook-parts.ts'
import { type ElementHandlers, readElements } from './xml-elements.ts'

export interface Workbook {
  /** Names of the sheets that are not hidden, in order. */
  sheets: string[]
  /** Every row of a sheet that has something in it. Throws FileProblem. */
  rows(sheet: string, sink: RowSink, onRow?: () => void): Promise<void>
  close(): void
}

/** Only what a table needs: sheet names, shared texts, which numbers are dates. Formulas count by the value that was saved. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const parts = await openParts(path)
  try {
    return await read(parts)
  } catch (error) {
    parts.close()
    throw error
  }
}

async function read(parts: WorkbookParts): Promise<Workbook> {
  const main = 'xl/workbook.xml'
  if (!parts.has(main)) throw new FileProblem('not-a-table')
  const sheets: { name: string; id: string; isHidden: boolean }[] = []
  let calendar: 1900 | 1904 = 1900
  await readElements(parts.read(main), {
    open(name, attributes) {
      if (name === 'sheet')
        sheets.push({
          name: attributes.name ?? '',
          id: attributes['r:id'] ?? relationIn(attributes),
          isHidden: (attributes.state ?? 'visible') !== 'visible',
        })
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) calendar = 1904
    },
  })
  const targets = new Map<string, string>()
  if (parts.has('xl/_rels/workbook.xml.rels')) {
    await readElements(parts.read('xl/_rels/workbook.xml.rels'), {
      open(name, { Id, Target }) {
        if (name === 'Relationship' && Id && Target)
          targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
      },
    })
  }
  const visible = sheets.filter(({ isHidden }) => !isHidden)
  const offered = (visible.length > 0 ? visible : sheets).slice(0, 100)
  let texts: string[] | null = null
  let styles: CellStyle[] | null = null
  return {
    sheets: offered.map(({ name }) => name),
    async rows(sheet, sink, onRow) {
      const found = offered.find(({ name }) => name === sheet) ?? offered[0]
      const part = found ? (targets.get(found.id) ?? `xl/worksheets/sheet${offered.indexOf(found) + 1}.xml`) : ''
      if (!parts.has(part)) throw new FileProblem('not-a-table')
      texts ??= await readTexts(parts)
      styles ??= await readStyles(parts)
      await readSheet(parts.read(part), { texts, styles, calendar }, sink, onRow)
    },
    close: () => parts.close(),
  }
}

const relationIn = (attributes: Record<string, string>) =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? ''

async function readTexts(parts: WorkbookParts): Promise<string[]> {
  const texts: string[] = []
  const part = 'xl/sharedStrings.xml'
  if (!parts.has(part)) return texts
  if (parts.bytesOf(part) > manyTextsBytes) await countTexts(parts.read(part))
  let text = ''
  let inText = false
  let phonetic = 0
  let empty = 0
  const handlers: ElementHandlers = {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic += 1
      else if (name === 't') inText = phonetic === 0
    },
    close(name) {
      if (name === 'si') {
        texts.push(text)
        if (text === '') empty += 1
      } else if (name === 'rPh') phonetic -= 1
      else if (name === 't') inText = false
    },
    text(piece) {
      if (inText && text.length <= importLimits.cellCharacters) text += piece
    },
  }
  await readElements(parts.read(part), handlers, () => {
    if (texts.length > importLimits.sheetTexts || empty > importLimits.emptyTexts)
      throw new FileProblem('too-much-inside')
    return false
  })
  return texts
}

async function readStyles(parts: WorkbookParts): Promise<CellStyle[]> {
  const styles: CellStyle[] = []
  if (!parts.has('xl/styles.xml')) return styles
  const codes = new Map<number, string>()
  let inCells = false
  await readElements(parts.read('xl/styles.xml'), {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode)
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells && styles.length < 70_000)
        styles.push(styleOf(Number(numFmtId ?? 0), codes.get(Number(numFmtId))))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

interface SheetParts {
  texts: readonly string[]
  styles: readonly CellStyle[]
  calendar: 1900 | 1904
}

async function readSheet(
  pieces: AsyncIterable<Buffer>,
  sheet: SheetParts,
  sink: RowSink,
  onRow?: () => void,
): Promise<void> {
  let row = 0
  let rows = 0
  let cells: string[] = []
  let column = -1
  let type = ''
  let style: CellStyle = 'number'
  let value = ''
  let inValue = false
  let phonetic = 0
  let problem: FileProblem | null = null
  let enough = false
  const waiting: { row: number; cells: string[] }[] = []

  function endCell(): void {
    if (value === '') return
    const text =
      type === 's'
        ? (sheet.texts[Number(value)] ?? '')
        : type === '' || type === 'n'
          ? numberText(value, style, sheet.calendar)
          : type === 'b'
            ? value === '1'
              ? 'TRUE'
              : 'FALSE'
            : type === 'e'
              ? ''
              : value
    if (text === '') return
    if (column >= importLimits.columns) {
      problem ??= new FileProblem('too-many-columns', row)
      return
    }
    while (cells.length < column) cells.push('')
    cells[column] = text
  }
  function endRow(): void {
    if (cells.length > 0) waiting.push({ row, cells })
  }
  async function handOver(): Promise<boolean> {
    if (problem) throw problem
    for (const one of waiting.splice(0)) {
      onRow?.()
      if (!(await sink(one.row, one.cells))) {
        enough = true
        break
      }
    }
    return enough
  }

  await readElements(
    pieces,
    {
      open(name, attributes) {
        if (name === 'row') {
          const said = Number(attributes.r)
          row = Number.isInteger(said) && said > row && said <= 1_048_576 ? said : row + 1
          cells = []
          column = -1
          rows += 1
          if (rows > importLimits.sheetRows + 1) problem ??= new FileProblem('too-many-rows', row)
        } else if (name === 'c') {
          const said = columnOf(attributes.r ?? '')
          column = said > column ? said : column + 1
          type = attributes.t ?? ''
          style = sheet.styles[Number(attributes.s ?? 0)] ?? 'number'
          value = ''
        } else if (name === 'rPh') phonetic += 1
        else if (name === 'v' || name === 't') inValue = phonetic === 0
      },
      close(name) {
        if (name === 'v' || name === 't') inValue = false
        else if (name === 'rPh') phonetic -= 1
        else if (name === 'c') endCell()
        else if (name === 'row') endRow()
      },
      text(piece) {
        // One sign more than a cell may have is enough to know that it has too many.
        if (inValue && value.length <= importLimits.cellCharacters) value += piece
      },
    },
    handOver,
  )
  if (!enough) await handOver()
}
