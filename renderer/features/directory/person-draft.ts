import type { OpportunityDraft, Person, PersonDraft } from '../../../preload/contract/index.ts'

export type NumberDraft = PersonDraft['numbers'][number] & { key: number }

/** A person as the form holds them: rows have a key, so that what was typed stays with its row. */
export interface FormDraft {
  name: string
  company: string
  group: string
  owner: string
  qq: string
  note: string
  numbers: NumberDraft[]
  fields: PersonDraft['fields']
  opportunities: OpportunityDraft[]
}

let lastKey = 0
export const numberDraft = (number = '', label: NumberDraft['label'] = 'mobile'): NumberDraft => {
  lastKey += 1
  return { key: lastKey, number, label }
}

export function draftOf(person: Person | null, number = '', name = ''): FormDraft {
  if (!person)
    return {
      ...{ name, company: '', group: '', owner: '', qq: '', note: '', fields: [], opportunities: [] },
      numbers: [numberDraft(number, number === '' || /^\+?1[3-9]/.test(number) ? 'mobile' : 'work')],
    }
  return {
    name: person.name,
    company: person.company ?? '',
    group: person.group ?? '',
    owner: person.owner ?? '',
    qq: person.qq ?? '',
    note: person.note,
    numbers: person.numbers.map((one) => numberDraft(one.number, one.label)),
    fields: person.fields,
    opportunities: person.opportunities,
  }
}

/** As it is sent: rows without a number are left out. */
export const sentDraft = ({ numbers, ...draft }: FormDraft): PersonDraft => ({
  ...draft,
  numbers: numbers.flatMap(({ number, label }) => (number.trim() === '' ? [] : [{ number: number.trim(), label }])),
})

/** Yuan as typed (`1,234.5`) in hundredths; null = nothing, undefined = no amount. */
export function readAmount(text: string): number | null | undefined {
  const plain = text.normalize('NFKC').replace(/[,\s¥元]/g, '')
  if (plain === '') return null
  return /^\d{1,12}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined
}
