import { parseNumber } from '../core/numbers/index.ts'
import type { PersonDocument } from '../core/ports/index.ts'
import type { DemoPerson } from '../demo/people.ts'

const dayMs = 86_400_000

/** Somebody of the demo office's directory as a person is kept. */
export function toDemoDocument(person: DemoPerson, now: number): PersonDocument {
  const { name, company, group, owner, qq, note, other, opportunity } = person
  const parsed = parseNumber(person.number)
  const label = parsed.kind === 'mobile' ? 'mobile' : 'work'
  return {
    ...{ name, owner, qq, note },
    company: company || null,
    group: group || null,
    numbers: [
      { number: person.number, canonical: parsed.canonical, label },
      ...(other === null ? [] : [{ ...other, canonical: parseNumber(other.number).canonical }]),
    ],
    fields: [],
    opportunities:
      opportunity === null
        ? []
        : [
            {
              id: null,
              product: opportunity.product,
              comment: opportunity.comment,
              stage: opportunity.stage,
              amountFen: opportunity.amountFen,
              expectedOn: new Date(now + opportunity.dueInDays * dayMs).toISOString().slice(0, 10),
              createdAt: now,
              updatedAt: now,
            },
          ],
    pbx: null,
  }
}
