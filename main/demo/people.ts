import { callers } from './callers.ts'

/** What the demo office knows of its callers beyond name and company. */
export interface DemoPerson {
  name: string
  company: string
  group: string
  number: string
  /** A second number and what it is. */
  other: { number: string; label: 'work' | 'home' | 'fax' } | null
  owner: string | null
  qq: string | null
  note: string
  opportunity: {
    product: string
    comment: string
    stage: 'open' | 'talking' | 'offered' | 'won'
    amountFen: number | null
    dueInDays: number
  } | null
}

const blank = { group: '', other: null, owner: null, qq: null, note: '', opportunity: null }
const yuan = (amount: number) => amount * 100

const known: Readonly<Record<string, Partial<DemoPerson>>> = {
  'li-jianguo': {
    group: '重点客户',
    other: { number: '0755-2800 0777 转 18', label: 'work' },
    owner: '806',
    qq: '1350002',
    note: '发票抬头：深圳华强电子有限公司。急件找他助理小周。',
    opportunity: {
      product: '会议终端',
      comment: '60台，含安装；等交期',
      stage: 'offered',
      amountFen: yuan(186_000),
      dueInDays: 9,
    },
  },
  wang: {
    group: '老客户',
    owner: '820',
    opportunity: {
      product: '分机扩容',
      comment: '广州新办公室加30个分机',
      stage: 'talking',
      amountFen: yuan(24_500),
      dueInDays: 20,
    },
  },
  'chen-zhiqiang': { group: '老客户', other: { number: '0752-2800 0816', label: 'fax' }, owner: '808' },
  'huang-li': { group: '售后', owner: '815', note: '返修单都走她。' },
  'liu-yang': { group: '售后', note: '配件没到，语气比较急。' },
  'mr-li': {
    group: '新线索',
    opportunity: { product: '家电展厅电话', comment: '先装两部试用', stage: 'open', amountFen: null, dueInDays: 30 },
  },
  'zhou-min': { group: '供应商', owner: '806' },
  yunqi: {
    group: '重点客户',
    other: { number: '13600002290', label: 'work' },
    owner: '813',
    opportunity: {
      product: '年度维保续签',
      comment: '法务在看合同',
      stage: 'offered',
      amountFen: yuan(98_000),
      dueInDays: 5,
    },
  },
}

const others: Partial<DemoPerson>[] = [
  { name: '单晓峰', company: '珠海金湾仪器', group: '新线索', number: '13000001187' },
  { name: '曾慧', company: '重庆长江物流', group: '供应商', number: '02363000455' },
  { name: '仇英', company: '苏州工业园机电', group: '老客户', number: '13100008120' },
  { name: '区伟明', company: '佛山南海铝业', group: '老客户', number: '075786330021' },
  { name: '解琳', company: '北京朝阳展览', group: '新线索', number: '01065540098' },
  { name: '顺丰速运', company: '', group: '供应商', number: '95338' },
  { name: 'Tom Baker', company: 'Baker Instruments', group: '海外', number: '+1 415 555 2671' },
  { name: '朴俊', company: '天津滨海贸易', group: '海外', number: '02266001230' },
]

/** Whom the demo office has in its directory. */
export const demoPeople: DemoPerson[] = [
  ...callers
    .filter(({ name }) => name !== '')
    .map(({ id, name, company, number }) => ({ ...blank, name, company, number, ...known[id] })),
  ...others.map((one) => ({ ...blank, name: '', company: '', number: '', ...one })),
]
