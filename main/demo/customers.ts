import { RequestFault, required } from './request-fields.ts'

/** Customers and opportunities of the demo's PBX: §19 and §20. A list in which one is known already is refused as a whole. */
export interface DemoCustomers {
  /** → result code */
  create(query: URLSearchParams): 200 | 483
  /** → result code */
  addOpportunities(query: URLSearchParams): 200 | 483
}

/** `known` are numbers that the PBX has from the start. */
export function createDemoCustomers(known: readonly string[]): DemoCustomers {
  const numbers = new Set(known)
  const opportunities = new Set<string>()

  function addAll(to: Set<string>, keys: readonly string[]): 200 | 483 {
    if (new Set(keys).size < keys.length || keys.some((key) => to.has(key))) return 483
    for (const key of keys) to.add(key)
    return 200
  }
  return {
    create(query) {
      const details = list(query, 'contacts').flatMap((contact) => {
        text(contact, 'cname')
        return Array.isArray(contact.details) ? (contact.details as Record<string, unknown>[]) : []
      })
      // 1 = mobile, 2 = landline; other details are no telephone numbers.
      return addAll(
        numbers,
        details.filter(({ tid }) => tid === 1 || tid === 2).map((detail) => text(detail, 'cvalue')),
      )
    },
    addOpportunities: (query) =>
      addAll(
        opportunities,
        list(query, 'preorder').map((one) => `${text(one, 'telnum')} ${text(one, 'product')}`),
      ),
  }
}

function text(row: Record<string, unknown>, name: string): string {
  const value = row[name]
  if (typeof value !== 'string' || value === '') throw new RequestFault(`${name} is missing`)
  return value
}

function list(query: URLSearchParams, name: string): Record<string, unknown>[] {
  let document: unknown
  try {
    document = JSON.parse(required(query, 'data'))
  } catch (error) {
    if (error instanceof RequestFault) throw error
    throw new RequestFault('data must be JSON')
  }
  const rows = typeof document === 'object' && document !== null ? (document as Record<string, unknown>)[name] : null
  if (!Array.isArray(rows) || rows.length === 0) throw new RequestFault(`${name} must be a list`)
  return rows.map((row: unknown) => {
    if (typeof row !== 'object' || row === null) throw new RequestFault(`${name} must be a list of objects`)
    return row as Record<string, unknown>
  })
}
