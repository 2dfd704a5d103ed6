import { CoreError } from '../errors.ts'
import { type NumberOptions, parseNumber } from '../numbers/index.ts'
import type { CustomerRecord, StoredPerson, TelephonySystem } from '../ports/index.ts'

/** -1 = everybody's. Manual 003 §19. */
const everybodys = -1
const firstGroup = 1

/** A person as a PBX is given one. Its manual names titles for mobiles and landlines only; what is foreign goes as a landline. */
export function toCustomer(person: StoredPerson, numbers: NumberOptions): CustomerRecord {
  const parsed = person.numbers.map(({ number }) => parseNumber(number, numbers))
  const national = (wanted: boolean) =>
    parsed.filter(({ kind }) => (kind === 'mobile') === wanted).map((one) => one.national)
  return {
    name: person.name,
    assistant: everybodys,
    group: firstGroup,
    mobiles: national(true),
    landlines: national(false),
    fields: person.fields.flatMap(({ tid, value }) => (tid === null ? [] : [{ tid, value }])),
    qq: person.qq ?? '',
  }
}

/** Create them in the PBX; gives its connection. Errors: unavailable, conflict (it knows one of the numbers), the PBX's own. */
export async function addToPbx(
  system: TelephonySystem | null,
  person: StoredPerson,
  numbers: NumberOptions,
): Promise<string> {
  if (!system?.customerImport) throw new CoreError('unavailable', { reason: 'no connection takes customers' })
  await system.customerImport.contacts.create([toCustomer(person, numbers)])
  return system.connection
}
