import type { FindingGroup, ImportField, ImportFinding, ImportKind } from '../../../preload/contract/index.ts'
import type { NumberOptions } from '../numbers/index.ts'
import { isPhone } from './guess-mapping.ts'
import { type ReadNumber, readNumbers } from './read-number.ts'

export type NumberLabel = 'mobile' | 'work' | 'home' | 'fax'

export interface ImportNumber extends ReadNumber {
  label: NumberLabel
}

/** One row in our words. Empty text = the file says nothing. */
export interface ImportRecord {
  name: string
  company: string
  group: string
  owner: string
  qq: string
  notes: string
  numbers: ImportNumber[]
  /** Details of the PBX by the number that its template gives, with the template's name for it. */
  fields: { tid: number; label: string; value: string }[]
  /** Only of opportunities. `date` as `2026-11-21`. */
  opportunity: { product: string; comment: string; stage: string; amount: number | null; date: string | null } | null
}

export type RowFault = Pick<ImportFinding, 'group' | 'column' | 'value' | 'digits' | 'fault' | 'suggestion'>

/** What reading a row needs to know; the same for every row of a file. */
export interface RowPlan {
  kind: ImportKind
  mapping: readonly ImportField[]
  /** Headings, for the names of the PBX's own fields. */
  columns: readonly string[]
  suggestions: readonly FindingGroup[]
  numbers: NumberOptions
}

/** A leading `'` that our exports and spreadsheets put before what would be a formula is taken off, exactly one. */
export const cellText = (cell: string) =>
  cell.charCodeAt(0) === 39 && /^'['"\s\u3000\ufeff]*[=+\-@＝＋－＠\t\r\n\v\f\0]/.test(cell) ? cell.slice(1) : cell

/** Signs that no text has and no page shows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const control = /[\0-\x08\x0b\x0c\x0e-\x1f]/g

function textOf(raw: string): string {
  const text = cellText(raw).trim()
  return text.search(control) < 0 ? text : text.replace(control, '')
}

/** What the directory and the PBX take, characters. */
const longest: Partial<Record<ImportField, number>> = {
  name: 60,
  company: 100,
  group: 40,
  owner: 20,
  qq: 20,
  product: 100,
  comment: 2000,
  notes: 4000,
}
const longestOf = (field: ImportField) => longest[field] ?? (field.startsWith('field:') ? 500 : 200)

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')

/** Cells → record, what is wrong with it, or null for an empty row. Never throws, whatever the cells hold. */
export function readRow(cells: readonly string[], plan: RowPlan): { record: ImportRecord; faults: RowFault[] } | null {
  if (isBlank(cells)) return null
  const record: ImportRecord = {
    ...{ name: '', company: '', group: '', owner: '', qq: '', notes: '' },
    ...{ numbers: [], fields: [], opportunity: null },
  }
  const opportunity = {
    product: '',
    comment: '',
    stage: '',
    amount: null as number | null,
    date: null as string | null,
  }
  const faults: RowFault[] = []
  const notes: string[] = []
  let phoneColumn = -1
  plan.mapping.forEach((field, column) => {
    if (field === 'skip' || field === 'reason') return
    const raw = cells[column] ?? ''
    if (phoneColumn < 0 && isPhone(field)) phoneColumn = column
    if (raw === '') return
    const text = textOf(raw)
    if (text === '') return
    if (text.length > longestOf(field)) {
      faults.push(faultOf('too-long', column, `${raw.slice(0, 200)}…`, 'length'))
      return
    }
    if (raw.includes('\ufffd')) {
      faults.push(faultOf('bad-value', column, raw, 'unreadable'))
      return
    }
    if (isPhone(field)) addNumbers(record, faults, { field, column, text, raw }, plan)
    else if (field === 'amount') {
      opportunity.amount = readAmount(text)
      if (opportunity.amount === null) faults.push(faultOf('bad-value', column, raw, 'amount'))
    } else if (field === 'date') {
      opportunity.date = readDate(text)
      if (opportunity.date === null) faults.push(faultOf('bad-value', column, raw, 'date'))
    } else if (field === 'product' || field === 'comment' || field === 'stage') opportunity[field] = text
    else if (field === 'notes') notes.push(text)
    else if (field.startsWith('field:')) {
      record.fields.push({ tid: Number(field.slice(6)), label: labelOf(plan.columns[column] ?? ''), value: text })
    } else record[field as 'name' | 'company' | 'group' | 'owner' | 'qq'] = text
  })
  record.notes = notes.join('\n')
  if (plan.kind === 'opportunities') record.opportunity = opportunity
  if (record.numbers.length === 0 && !faults.some(({ group }) => group === 'bad-number' || group === 'too-long'))
    faults.push(faultOf('bad-number', Math.max(0, phoneColumn), '', 'missing'))
  if (record.name === '') nameFor(record, faults, plan)
  if (plan.kind === 'opportunities' && opportunity.product === '')
    faults.push(faultOf('bad-value', Math.max(0, plan.mapping.indexOf('product')), '', 'empty'))
  return { record, faults }
}

const faultOf = (group: FindingGroup, column: number, value: string, fault: RowFault['fault']): RowFault => ({
  ...{ group, column, value, fault },
  digits: null,
  suggestion: null,
})

function addNumbers(
  record: ImportRecord,
  faults: RowFault[],
  cell: { field: ImportField; column: number; text: string; raw: string },
  plan: RowPlan,
): void {
  let read = readNumbers(cell.text, plan.numbers)
  if ('fault' in read && read.suggestion !== null && plan.suggestions.includes('bad-number'))
    read = readNumbers(read.suggestion, plan.numbers)
  if ('fault' in read) {
    faults.push({ group: 'bad-number', column: cell.column, value: cell.raw, ...read })
    return
  }
  for (const one of read) {
    if (record.numbers.some(({ canonical }) => canonical === one.canonical)) continue
    const label = cell.field === 'phone' ? (one.kind === 'mobile' ? 'mobile' : 'work') : (cell.field as NumberLabel)
    record.numbers.push({ ...one, label })
  }
}

/** A company's own number has no person's name: the company's is suggested. */
function nameFor(record: ImportRecord, faults: RowFault[], plan: RowPlan): void {
  if (record.company !== '' && plan.suggestions.includes('no-name')) {
    record.name = record.company
    return
  }
  const fault = faultOf('no-name', Math.max(0, plan.mapping.indexOf('name')), '', 'empty')
  faults.push({ ...fault, suggestion: record.company === '' ? null : record.company })
}

/** `￥1,200.50`, `12000元`, `1.2万`. Null where it is no amount, or one that no number holds. */
export function readAmount(text: string): number | null {
  const found = /^[¥￥$]?\s*(-?\d{1,15}(?:\.\d{1,6})?)\s*(万|千|亿)?\s*(元|rmb|cny|人民币)?$/i.exec(
    text.normalize('NFKC').replace(/(?<=\d),(?=\d{3})/g, ''),
  )
  if (!found) return null
  const scale = { 万: 10_000, 千: 1000, 亿: 100_000_000 }[found[2] ?? ''] ?? 1
  const amount = Number(found[1]) * scale
  return Number.isFinite(amount) && Math.abs(amount) < 1e15 ? Math.round(amount * 100) / 100 : null
}

/** `2026-11-21`, `2026/11/21`, `2026.11.21`, `20261121`, `2026年11月21日`, with or without a time. Day first or month first is not guessed. */
export function readDate(text: string): string | null {
  const written = text.normalize('NFKC').trim()
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?$/.exec(written) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(written)
  if (!found) return null
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = year > 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? date.toISOString().slice(0, 10) : null
}

/** Of `6:即时信息:14:QQ`: `QQ`; any other heading as it is. */
const labelOf = (heading: string) =>
  /^\s*\d+\s*[:：][^:：]*[:：]\s*\d+\s*[:：](.*)$/.exec(heading)?.[1]?.trim() || heading
