import type { FakeContact, FakePreorder } from '../customer-base.ts'
import type { FakeOperation } from '../fake-operation.ts'

/** Manual 003 §19, 20. */
export const customers: Record<string, FakeOperation> = {
  'contacts-create': {
    path: '/bridge/ContactsSrvlt',
    constants: {},
    required: ['data'],
    answer({ data }, { state }) {
      const contacts = readList(data!, 'contacts', isContact)
      if (!contacts) return { code: 400 }
      return { code: state.addContacts(contacts) ? 200 : 483 }
    },
  },
  'preorder-create': {
    path: '/bridge/PreorderSrvlt',
    constants: {},
    required: ['data'],
    answer({ data }, { state }) {
      const preorders = readList(data!, 'preorder', isPreorder)
      if (!preorders) return { code: 400 }
      return { code: state.customerBase.addPreorders(preorders) ? 200 : 483 }
    },
  },
}

function readList<Row>(data: string, name: string, is: (row: unknown) => row is Row): Row[] | null {
  let document: unknown
  try {
    document = JSON.parse(data)
  } catch {
    return null
  }
  if (!hasKeys(document, [name])) return null
  const rows = document[name]
  return Array.isArray(rows) && rows.length > 0 && rows.every(is) ? rows : null
}

/** Exactly these, the optional ones or not. */
function hasKeys(value: unknown, required: string[], optional: string[] = []): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const keys = Object.keys(value)
  return required.every((key) => keys.includes(key)) && keys.every((key) => [...required, ...optional].includes(key))
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== ''

function isContact(row: unknown): row is FakeContact {
  if (!hasKeys(row, ['cname', 'localuser', 'gid', 'details'])) return false
  const { cname, localuser, gid, details } = row
  return (
    isFilled(cname) &&
    Number.isInteger(localuser) &&
    Number.isInteger(gid) &&
    Array.isArray(details) &&
    details.every((one) => hasKeys(one, ['tid', 'cvalue']) && Number.isInteger(one.tid) && isFilled(one.cvalue))
  )
}

function isPreorder(row: unknown): row is FakePreorder {
  if (!hasKeys(row, ['cname', 'telnum', 'product', 'comment'], ['qq'])) return false
  const { cname, telnum, product, comment, qq = '' } = row
  return (
    isFilled(cname) && isFilled(telnum) && isFilled(product) && typeof comment === 'string' && typeof qq === 'string'
  )
}
