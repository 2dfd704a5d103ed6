import { blankPerson } from '../../main/core/directory/merge-people.ts'
import type { PersonDocument } from '../../main/core/ports/index.ts'

export const t = Date.UTC(2026, 10, 21, 8)
export const number = (canonical: string, label: 'mobile' | 'work' = 'mobile') => ({
  number: canonical,
  canonical,
  label,
})
export const person = (name: string, over: Partial<PersonDocument> = {}): PersonDocument => ({
  ...blankPerson,
  name,
  numbers: [number('13500000002')],
  ...over,
})
export const sale = (product: string, over = {}) => ({
  id: null,
  product,
  comment: '',
  stage: 'open' as const,
  amountFen: 120_000_00,
  expectedOn: '2026-12-31',
  createdAt: t,
  updatedAt: t,
  ...over,
})
export const rich = person('李建国', {
  company: '深圳华强电子有限公司',
  group: '重点客户',
  owner: '806',
  qq: '1234567',
  note: '周五前要报价\n"急"',
  numbers: [number('13500000002'), { number: '0755-28000123 转 801', canonical: '075528000123', label: 'work' }],
  fields: [
    { tid: 14, label: '即时信息', value: '998877' },
    { tid: null, label: '来源', value: '展会' },
  ],
  opportunities: [sale('会议终端'), sale('话机', { stage: 'won' })],
})
