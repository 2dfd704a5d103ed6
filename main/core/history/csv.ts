import type { HistoryCall } from '../../../preload/contract/index.ts'

/** Signs that make a formula in some spreadsheet, full-width forms included. */
const formulaSigns = new Set('=+-@＝＋－＠')
/** Signs that spreadsheets skip before they look for a formula. */
const skippedSigns = new Set([' ', '"', "'", '\u00a0', '\u3000', '\ufeff'])
/** Tab, line ends and NUL: some programs take the rest for a cell of its own. */
const brokenSigns = new Set(['\t', '\r', '\n', '\v', '\f', '\0'])

function mayBeFormula(text: string): boolean {
  for (const sign of text) {
    if (formulaSigns.has(sign) || brokenSigns.has(sign)) return true
    if (!skippedSigns.has(sign)) return false
  }
  return false
}

/** One cell: never a formula (a leading `'` says text), quoted where it must be. */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = mayBeFormula(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

type Locale = 'zh-CN' | 'en'
type Words = Record<HistoryCall['direction'] | HistoryCall['result'], string>

const headings: Record<Locale, string[]> = {
  'zh-CN': [
    '时间',
    '方向',
    '结果',
    '主叫',
    '被叫',
    '姓名',
    '公司',
    '分机',
    '组',
    '时长（秒）',
    '备注',
    '原因',
    '录音',
    '系统',
    '呼叫编号',
  ],
  en: [
    'Time',
    'Direction',
    'Result',
    'Caller',
    'Called',
    'Name',
    'Company',
    'Extension',
    'Group',
    'Duration (s)',
    'Note',
    'Cause',
    'Recording',
    'System',
    'Call id',
  ],
}
const words: Record<Locale, Words> = {
  'zh-CN': {
    incoming: '呼入',
    outgoing: '呼出',
    internal: '内部',
    running: '通话中',
    answered: '已接通',
    missed: '未接',
    failed: '未接通',
  },
  en: {
    incoming: 'incoming',
    outgoing: 'outgoing',
    internal: 'internal',
    running: 'running',
    answered: 'answered',
    missed: 'missed',
    failed: 'failed',
  },
}

/** Byte order mark, without which spreadsheets read UTF-8 wrongly, and the heading. */
export const csvHeading = (locale: Locale) => `\ufeff${headings[locale].map(csvCell).join(',')}\r\n`

/** Rows of the file. Times stand in the office's time zone, `utcOffsetMs` from UTC. */
export function csvRows(calls: readonly HistoryCall[], locale: Locale, utcOffsetMs: number): string {
  const said = words[locale]
  return calls
    .map((call) => {
      const outside = call.direction === 'incoming' ? call.caller : call.callee
      const cells = [
        new Date(call.startedAt + utcOffsetMs).toISOString().slice(0, 19).replace('T', ' '),
        said[call.direction],
        said[call.result],
        call.caller.number,
        call.callee.number,
        outside.name,
        outside.company,
        call.extension,
        call.groupName ?? call.group,
        call.durationSec,
        call.note,
        call.cause && [call.cause.code, call.cause.text].filter((one) => one !== null).join(' '),
        call.recording?.reference ?? null,
        call.system,
        call.callId,
      ]
      return `${cells.map(csvCell).join(',')}\r\n`
    })
    .join('')
}
