import type { CustomerImport, CustomerRecord, OpportunityRecord, RecordTarget } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import type { Session } from '../kit/session.ts'
import { contactsCreate, preorderCreate } from './operations/customers.ts'

/** Titles that every PBX has (manual 003 §19); QQ as in its example. */
const titles = { mobile: 1, landline: 2, qq: 14 } as const

/** Manual 003 §19 and §20: all records stand in the address, and one that is known refuses them all. */
export function customerImport(session: Session): CustomerImport {
  const contact = ({ name, assistant, group, mobiles, landlines, fields, qq }: CustomerRecord) => ({
    ...{ name, assistant, group },
    details: [
      ...mobiles.map((value) => ({ title: titles.mobile, value })),
      ...landlines.map((value) => ({ title: titles.landline, value })),
      ...(qq === '' ? [] : [{ title: titles.qq, value: qq }]),
      ...fields.map(({ tid, value }) => ({ title: tid, value })),
    ],
  })
  const opportunity = ({ name, number, product, comment, qq }: OpportunityRecord) => ({
    ...{ name, number, product, comment },
    ...(qq === '' ? {} : { qq }),
  })
  return {
    contacts: target(session, contactsCreate.path, '{"contacts":[]}', {
      wire: (record: CustomerRecord) => {
        const { name, assistant, group, details } = contact(record)
        return {
          cname: name,
          localuser: assistant,
          gid: group,
          details: details.map(({ title, value }) => ({ tid: title, cvalue: value })),
        }
      },
      async create(records, options) {
        await call(session, contactsCreate, { data: { contacts: records.map(contact) } }, options)
      },
    }),
    opportunities: target(session, preorderCreate.path, '{"preorder":[]}', {
      wire(record: OpportunityRecord) {
        const { name, number, ...rest } = opportunity(record)
        return { cname: name, telnum: number, ...rest }
      },
      async create(records, options) {
        await call(session, preorderCreate, { data: { opportunities: records.map(opportunity) } }, options)
      },
    }),
  }
}

const commaBytes = '%2C'.length
const encodedBytes = (text: string) => encodeURIComponent(text.toWellFormed()).length

function target<Item>(
  session: Session,
  path: string,
  empty: string,
  { wire, create }: { wire(record: Item): object; create: RecordTarget<Item>['create'] },
): RecordTarget<Item> {
  const prefix = session.base.pathname.replace(/\/+$/, '')
  return {
    // The first record has no comma before it.
    baseBytes: prefix.length + path.length + '?data='.length + encodedBytes(empty) - commaBytes,
    // With the comma before it.
    bytesOf: (record) => encodedBytes(JSON.stringify(wire(record))) + commaBytes,
    create,
  }
}
