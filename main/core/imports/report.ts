import type { ExportEvent, ImportPlan } from '../../../preload/contract/index.ts'
import { csvCell } from '../history/csv.ts'
import type { ExportLocale } from '../history/export-table.ts'
import { type ImportHead, type ImportStore, pbxStates, type StagedRow } from '../ports/index.ts'

type Words = Record<string, (reason: { digits?: number | null; firstRow?: number | null; text?: string }) => string>

/** The heading of the last column; a file with it is read again without it. */
export const reasonHeading = { 'zh-CN': '导入失败原因', en: 'Import problem' } as const

const zh: Words = {
  'no-name': () => '没有姓名',
  missing: () => '没有号码',
  scientific: () => '号码存成了科学计数，数字已丢失',
  'lost-zero': () => '号码开头的0丢了',
  'too-short': ({ digits }) => `号码少了数字（${digits ?? 0}位）`,
  'too-long': ({ digits }) => `号码多了数字（${digits ?? 0}位）`,
  masked: () => '号码有几位被隐藏',
  extension: () => '这是内部短号，不是客户号码',
  'not-a-number': () => '这不是电话号码',
  length: () => '内容太长',
  empty: () => '缺少必填的内容',
  amount: () => '金额看不懂',
  date: () => '日期看不懂',
  unreadable: () => '有读不出来的字',
  twice: ({ firstRow }) => `与文件第${firstRow ?? 0}行号码相同`,
  duplicate: () => '话机系统里已有这个号码',
  refused: ({ text }) => `话机系统拒收：${text ?? ''}`,
  probable: () => '发送时断线；再问时话机系统里已有这个号码，多半是这次导入的，请在话机系统里核对',
  unknown: () => '发送时断线，不知道话机系统是否收到，请在话机系统里核对',
  waiting: () => '导入取消时还没有处理',
}
const en: Words = {
  'no-name': () => 'no name',
  missing: () => 'no number',
  scientific: () => 'the number was stored in scientific notation, digits are gone',
  'lost-zero': () => 'the number has lost its leading 0',
  'too-short': ({ digits }) => `the number has too few digits (${digits ?? 0})`,
  'too-long': ({ digits }) => `the number has too many digits (${digits ?? 0})`,
  masked: () => 'digits of the number are hidden',
  extension: () => 'this is an internal number',
  'not-a-number': () => 'this is not a telephone number',
  length: () => 'the text is too long',
  empty: () => 'something required is missing',
  amount: () => 'the amount cannot be read',
  date: () => 'the date cannot be read',
  unreadable: () => 'some characters cannot be read',
  twice: ({ firstRow }) => `same number as row ${firstRow ?? 0} of the file`,
  duplicate: () => 'the PBX has this number already',
  refused: ({ text }) => `refused by the PBX: ${text ?? ''}`,
  probable: () =>
    'the connection broke while this was sent; asked again, the PBX had the number: most likely from this import, please look there',
  unknown: () => 'the connection broke while this was sent; whether the PBX has it is not known, please look there',
  waiting: () => 'not reached before the import was cancelled',
}

/** Why a row is in the report, in words. */
export function reasonOf(row: Pick<StagedRow, 'reason' | 'pbx'>, locale: ExportLocale): string {
  const words = locale === 'en' ? en : zh
  const said = row.reason === null ? {} : (JSON.parse(row.reason) as Record<string, never>)
  const { pbx, group, fault } = said as { pbx?: string; group?: string; fault?: string | null }
  const isOpen = row.pbx === pbxStates.queued || row.pbx === pbxStates.lost || row.reason === null
  const key =
    pbx ??
    (isOpen
      ? 'waiting'
      : group === 'bad-number' || group === 'bad-value' || group === 'too-long'
        ? (fault ?? '')
        : (group ?? ''))
  return (words[key] ?? words.waiting!)(said)
}

const pageRows = 500
const line = (cells: readonly string[]) => `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`

/** Columns of a report: those of the file without the reasons of an earlier report, then why. */
export function reportTable(
  { columns, mapping }: { columns: readonly string[]; mapping: ImportPlan['mapping'] },
  locale: ExportLocale,
): { head: string; lines(rows: readonly StagedRow[]): string } {
  const kept = columns.flatMap((_, at) => (mapping[at] === 'reason' ? [] : [at]))
  return {
    head: `\ufeff${line([...kept.map((at) => columns[at]!), reasonHeading[locale]])}`,
    lines: (rows) =>
      rows.map((row) => line([...kept.map((at) => row.cells[at] ?? ''), reasonOf(row, locale)])).join(''),
  }
}

/** The rows that did not get through as a file that can be put right and imported again. */
export async function* reportOf(
  head: Pick<ImportHead, 'id' | 'fileName' | 'columns' | 'plan'>,
  store: Pick<ImportStore, 'failed'>,
  locale: ExportLocale,
): AsyncGenerator<ExportEvent, void> {
  const encoder = new TextEncoder()
  const table = reportTable({ columns: head.columns, mapping: head.plan.mapping }, locale)
  yield { kind: 'data', bytes: encoder.encode(table.head) }
  let after = 0
  let rows = 0
  for (;;) {
    const page = store.failed(head.id, after, pageRows)
    if (page.length > 0) {
      rows += page.length
      yield { kind: 'data', bytes: encoder.encode(table.lines(page)) }
      yield { kind: 'progress', rows, total: null }
    }
    if (page.length < pageRows) break
    after = page.at(-1)!.row
  }
  const stem = head.fileName.replace(/\.[^.]{1,5}$/, '').slice(0, 80)
  yield { kind: 'done', rows, fileName: `${stem}-${locale === 'en' ? 'problems' : '未导入'}.csv`, type: 'text/csv' }
}
