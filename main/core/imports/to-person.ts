import type { KnownChoice, OpportunityStage } from '../../../preload/contract/index.ts'
import type { CustomerRecord, OnKnown, OpportunityRecord, PersonDocument } from '../ports/index.ts'
import type { ImportRecord } from './read-row.ts'

/** The number of the QQ field in the PBX's template, as manual 003 §19 shows it. */
export const qqField = 14

const stages: [RegExp, OpportunityStage][] = [
  [/成交|赢单|已签|签约|won|closed/i, 'won'],
  [/输单|失败|流失|丢单|放弃|lost/i, 'lost'],
  [/报价|方案|合同|offer|quote|proposal/i, 'offered'],
  [/跟进|洽谈|沟通|谈判|接触|talk|negotiat/i, 'talking'],
]

/** The stage that the word means; a word that means none of ours is kept in the description. */
export function stageOf(text: string): { stage: OpportunityStage; isKnown: boolean } {
  const found = stages.find(([pattern]) => pattern.test(text))
  if (found) return { stage: found[1], isKnown: true }
  return { stage: 'open', isKnown: text === '' || /新|意向|初步|线索|open|new|lead/i.test(text) }
}

const orNull = (text: string) => (text === '' ? null : text)

/** A row as the directory keeps people. */
export function toPerson(record: ImportRecord, at: number): PersonDocument {
  const { opportunity } = record
  const { stage, isKnown } = stageOf(opportunity?.stage ?? '')
  const comment = [opportunity?.comment ?? '', isKnown ? '' : (opportunity?.stage ?? '')].filter((one) => one !== '')
  return {
    name: record.name,
    company: orNull(record.company),
    group: orNull(record.group),
    owner: orNull(record.owner),
    qq: orNull(record.qq.replace(/\D/g, '')),
    note: record.notes,
    numbers: record.numbers.map(({ canonical, national, label }) => ({ number: national, canonical, label })),
    fields: record.fields.map(({ tid, label, value }) => ({ tid, label: label.slice(0, 60) || String(tid), value })),
    opportunities: opportunity
      ? [
          {
            ...{ id: null, product: opportunity.product, comment: comment.join('\n'), stage },
            amountFen: opportunity.amount === null ? null : Math.round(Math.max(0, opportunity.amount) * 100),
            ...{ expectedOn: opportunity.date, createdAt: at, updatedAt: at },
          },
        ]
      : [],
    pbx: null,
  }
}

const choices = { fill: 'fill', overwrite: 'replace', skip: 'skip' } as const satisfies Record<KnownChoice, OnKnown>

export const onKnown = (known: KnownChoice | null): OnKnown => choices[known ?? 'fill']

/** What a PBX takes of a contact: name, numbers, QQ and the fields of its own template. */
export function toCustomer(record: ImportRecord, plan: { pbxGroup: number; pbxAssistant: number }): CustomerRecord {
  const numbers = (mobile: boolean) =>
    record.numbers.filter(({ kind }) => (kind === 'mobile') === mobile).map(({ national }) => national)
  return {
    name: record.name,
    assistant: plan.pbxAssistant,
    group: plan.pbxGroup,
    mobiles: numbers(true),
    landlines: numbers(false),
    fields: record.fields.map(({ tid, value }) => ({ tid, value })),
    qq: record.fields.some(({ tid }) => tid === qqField) ? '' : record.qq,
  }
}

export function toOpportunity(record: ImportRecord): OpportunityRecord {
  const { product = '', comment = '' } = record.opportunity ?? {}
  return { name: record.name, number: record.numbers[0]?.national ?? '', product, comment, qq: record.qq }
}
