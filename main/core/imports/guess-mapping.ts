import type { ImportField, ImportKind } from '../../../preload/contract/index.ts'
import { parseNumber } from '../numbers/index.ts'

const words: [ImportField, string[]][] = [
  ['reason', ['导入失败原因', 'importproblem']],
  [
    'name',
    [
      '姓名',
      '名字',
      '名称',
      '客户',
      '客户姓名',
      '客户名称',
      '客户名',
      '联系人',
      '联系人姓名',
      'name',
      'fullname',
      'customer',
      'customername',
      'contact',
      'contactname',
      'cname',
      'displayname',
    ],
  ],
  [
    'mobile',
    [
      '手机',
      '手机号',
      '手机号码',
      '移动电话',
      '联系手机',
      '手机1',
      'mobile',
      'mobilephone',
      'cell',
      'cellphone',
      'mobilenumber',
    ],
  ],
  [
    'work',
    [
      '固话',
      '座机',
      '办公电话',
      '公司电话',
      '单位电话',
      '固定电话',
      'landline',
      'workphone',
      'businessphone',
      'officephone',
      'work',
    ],
  ],
  ['home', ['家庭电话', '住宅电话', '家里电话', 'homephone', 'home']],
  ['fax', ['传真', '传真号', 'fax']],
  [
    'phone',
    [
      '电话',
      '电话号码',
      '号码',
      '联系电话',
      '联系方式',
      '客户电话',
      '来电号码',
      'phone',
      'phonenumber',
      'telephone',
      'tel',
      'number',
      'telnum',
    ],
  ],
  [
    'company',
    [
      '公司',
      '公司名称',
      '单位',
      '单位名称',
      '企业',
      '企业名称',
      '机构',
      'company',
      'companyname',
      'organization',
      'organisation',
    ],
  ],
  ['group', ['分组', '组', '客户分组', '类别', '分类', '客户类型', 'group', 'category', 'gid']],
  [
    'owner',
    [
      '负责人',
      '归属',
      '归属人',
      '跟进人',
      '业务员',
      '销售',
      '所属员工',
      '客户经理',
      'owner',
      'salesperson',
      'assignee',
      'localuser',
    ],
  ],
  ['qq', ['qq', 'qq号', 'qq号码']],
  [
    'product',
    ['产品', '产品名称', '商机', '商机名称', '意向产品', '关注产品', 'product', 'productname', 'opportunity', 'deal'],
  ],
  ['comment', ['商机描述', '描述', '需求', '需求描述', '说明', 'comment', 'description']],
  ['stage', ['阶段', '商机阶段', '销售阶段', '状态', 'stage', 'status']],
  ['amount', ['金额', '商机金额', '预计金额', '合同金额', 'amount', 'value', 'price']],
  ['date', ['日期', '时间', '预计日期', '预计成交日期', '成交日期', '创建日期', 'date', 'closedate']],
  ['notes', ['备注', '备注1', '注释', '附注', '备忘', 'note', 'notes', 'remark', 'remarks', 'memo']],
]

const fieldOfWord = new Map(
  words.flatMap(([field, texts]) => texts.map((text): [string, ImportField] => [text, field])),
)

/** Fields of which a row has one only; the first column wins. */
const single = new Set<ImportField>([
  'name',
  'company',
  'group',
  'owner',
  'qq',
  'product',
  'comment',
  'stage',
  'amount',
  'date',
  'reason',
])
const onlyOpportunities = new Set<ImportField>(['product', 'comment', 'stage', 'amount', 'date'])

/** Column headings of the PBX's own template: `6:即时信息:14:QQ`; the third part is the `tid`. Manual 003 §19. */
const template = /^\s*\d+\s*[:：][^:：]*[:：]\s*(\d{1,6})\s*[:：](.*)$/

/** 1 = mobile, 2 = landline (manual 003 §19); the sample names 14 for QQ, and every other number is a field of its own. */
export function templateField(heading: string): { field: ImportField; label: string } | null {
  const found = template.exec(heading)
  if (!found) return null
  const tid = Number(found[1])
  if (tid === 0) return null
  const label = found[2]?.trim() ?? ''
  return { field: tid === 1 ? 'mobile' : tid === 2 ? 'work' : `field:${tid}`, label }
}

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[（(][^）)]*[）)]/g, '')
    .replace(/[\s_\-*.:：/\\]/g, '')

/** What each column seems to mean: by its heading, else by what stands in it. One field per column, `skip` where nothing fits. */
export function guessMapping(
  kind: ImportKind,
  columns: readonly string[],
  samples: readonly (readonly string[])[],
): ImportField[] {
  const taken = new Set<ImportField>()
  const mapping = columns.map((heading): ImportField => {
    const field = templateField(heading)?.field ?? fieldOfWord.get(plain(heading)) ?? null
    if (field === null || (kind === 'contacts' && onlyOpportunities.has(field))) return 'skip'
    if (single.has(field) && taken.has(field)) return 'skip'
    taken.add(field)
    return field
  })
  const free = (column: number) => mapping[column] === 'skip' && samples.some((row) => (row[column] ?? '') !== '')
  const share = (column: number, fits: (text: string) => boolean) => {
    const filled = samples.map((row) => row[column] ?? '').filter((text) => text !== '')
    return filled.length === 0 ? 0 : filled.filter(fits).length / filled.length
  }
  if (!mapping.some(isPhone)) {
    const column = columns.findIndex((_, at) => free(at) && share(at, looksLikeNumber) >= 0.6)
    if (column >= 0) mapping[column] = 'phone'
  }
  if (!mapping.includes('name')) {
    const column = columns.findIndex((_, at) => free(at) && share(at, looksLikeName) >= 0.6)
    if (column >= 0) mapping[column] = 'name'
  }
  return mapping
}

export const isPhone = (field: ImportField) =>
  field === 'phone' || field === 'mobile' || field === 'work' || field === 'home' || field === 'fax'

const looksLikeNumber = (text: string) => /\d{7}/.test(text.replace(/\D/g, '')) && parseNumber(text).kind !== 'unknown'
const looksLikeName = (text: string) =>
  /^(\p{Script=Han}[\p{Script=Han}·]{1,7}|[A-Z][\p{L}'.-]+( [A-Z][\p{L}'.-]*){0,3})$/u.test(text)

/** A first row that holds a number or a date is no header; neither is one that only repeats itself below. */
export function looksLikeHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  const filled = first.filter((text) => text.trim() !== '')
  if (filled.length === 0) return false
  if (filled.some((text) => templateField(text) !== null || fieldOfWord.has(plain(text)))) return true
  if (filled.some(looksLikeNumber)) return false
  return rest.length > 0
}

/** `A`, `B` … `Z`, `AA` … as spreadsheets name columns. */
export function columnName(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : columnName(Math.floor(at / 26) - 1) + columnName(at % 26)
}

/** Equal for files with the same headings in the same order. */
export const headerKey = (columns: readonly string[]) => JSON.stringify(columns.map(plain))
