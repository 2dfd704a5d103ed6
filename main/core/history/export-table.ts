import type { HistoryCall } from '../../../preload/contract/index.ts'

export type ExportLocale = 'zh-CN' | 'en'
/** Text, a number, or a moment (epoch ms). */
export type ExportCell = string | number | { at: number } | null

type Words = Record<HistoryCall['direction'] | HistoryCall['result'], string>

interface Column {
  zh: string
  en: string
  /** Width of the column in a sheet, signs. */
  width: number
  cell(call: HistoryCall, locale: ExportLocale): ExportCell
}

const words: Record<ExportLocale, Words> = {
  'zh-CN': {
    incoming: '呼入',
    outgoing: '呼出',
    internal: '内部',
    running: '通话中',
    answered: '已接通',
    missed: '未接',
    failed: '未接通',
    unknown: '未知',
  },
  en: {
    incoming: 'incoming',
    outgoing: 'outgoing',
    internal: 'internal',
    running: 'running',
    answered: 'answered',
    missed: 'missed',
    failed: 'failed',
    unknown: 'unknown',
  },
}

const outside = (call: HistoryCall) => (call.direction === 'incoming' ? call.caller : call.callee)

function causeOf({ cause }: HistoryCall, locale: ExportLocale): string | null {
  if (!cause) return null
  const said = cause.text ?? cause.explained?.[locale === 'en' ? 'en' : 'zh'] ?? null
  return [cause.code, said].filter((one) => one !== null).join(' ')
}

/** What a file of calls shows, column by column. */
const columns: readonly Column[] = [
  { zh: '时间', en: 'Time', width: 20, cell: (call) => ({ at: call.startedAt }) },
  { zh: '方向', en: 'Direction', width: 10, cell: (call, locale) => words[locale][call.direction] },
  { zh: '结果', en: 'Result', width: 10, cell: (call, locale) => words[locale][call.result] },
  { zh: '主叫', en: 'Caller', width: 16, cell: (call) => call.caller.number },
  { zh: '被叫', en: 'Called', width: 16, cell: (call) => call.callee.number },
  { zh: '姓名', en: 'Name', width: 14, cell: (call) => outside(call).name },
  { zh: '公司', en: 'Company', width: 20, cell: (call) => outside(call).company },
  { zh: '分机', en: 'Extension', width: 10, cell: (call) => call.extension },
  { zh: '组', en: 'Group', width: 12, cell: (call) => call.groupName ?? call.group },
  { zh: '时长（秒）', en: 'Duration (s)', width: 12, cell: (call) => call.durationSec },
  { zh: '记录', en: 'Note', width: 40, cell: (call) => call.ownNote },
  { zh: '标签', en: 'Tags', width: 20, cell: (call, locale) => call.tags.join(locale === 'en' ? ', ' : '、') || null },
  {
    zh: '待办',
    en: 'Follow-up',
    width: 20,
    cell: ({ followUpAt }) => (followUpAt === null ? null : { at: followUpAt }),
  },
  { zh: '系统备注', en: 'Note in the system', width: 30, cell: (call) => call.note },
  { zh: '原因', en: 'Cause', width: 20, cell: causeOf },
  { zh: '录音', en: 'Recording', width: 30, cell: (call) => call.recording?.reference ?? null },
  { zh: '系统', en: 'System', width: 12, cell: (call) => call.system },
  { zh: '呼叫编号', en: 'Call id', width: 40, cell: (call) => call.callId },
]

export const columnWidths = columns.map(({ width }) => width)
export const headingsOf = (locale: ExportLocale) => columns.map((one) => (locale === 'en' ? one.en : one.zh))
export const cellsOf = (call: HistoryCall, locale: ExportLocale) => columns.map((one) => one.cell(call, locale))

/** Signs that make a formula in some spreadsheet, full-width forms included. */
const formulaSigns = new Set('=+-@＝＋－＠')
/** Signs that spreadsheets skip before they look for a formula. */
const skippedSigns = new Set([' ', '"', "'", '\u00a0', '\u3000', '\ufeff'])
/** Tab, line ends and NUL: some programs take the rest for a cell of its own. */
const brokenSigns = new Set(['\t', '\r', '\n', '\v', '\f', '\0'])

/** Would some spreadsheet take the text for a formula? */
export function mayBeFormula(text: string): boolean {
  for (const sign of text) {
    if (formulaSigns.has(sign) || brokenSigns.has(sign)) return true
    if (!skippedSigns.has(sign)) return false
  }
  return false
}
