interface Contact {
  cname: string
  details: { tid: number; cvalue: string }[]
}

const isContact = (one: unknown): one is Contact => {
  if (typeof one !== 'object' || one === null || !('cname' in one) || !('details' in one)) return false
  const { cname, details } = one
  return typeof cname === 'string' && cname !== '' && Array.isArray(details) && details.every(isDetail)
}

const isDetail = (one: unknown) =>
  typeof one === 'object' && one !== null && 'tid' in one && 'cvalue' in one && typeof one.cvalue === 'string'

/** Customers of the demo PBX, manual 003 §19: all of a request, or 483 when one of the numbers is known. */
export function createCustomers() {
  const numbers = new Set<string>()
  return {
    add(data: string): 200 | 400 | 483 {
      let contacts: unknown
      try {
        contacts = (JSON.parse(data) as { contacts?: unknown } | null)?.contacts
      } catch {
        return 400
      }
      if (!Array.isArray(contacts) || contacts.length === 0 || !contacts.every(isContact)) return 400
      const fresh = contacts.flatMap(({ details }) =>
        details.filter(({ tid }) => tid === 1 || tid === 2).map(({ cvalue }) => cvalue),
      )
      if (new Set(fresh).size < fresh.length || fresh.some((number) => numbers.has(number))) return 483
      for (const number of fresh) numbers.add(number)
      return 200
    },
  }
}
