/** The vendor's names. */
export interface FakeContact {
  cname: string
  /** -1 = public. */
  localuser: number
  gid: number
  details: { tid: number; cvalue: string }[]
}

export interface FakePreorder {
  cname: string
  telnum: string
  product: string
  comment: string
  qq?: string
}

/** Customers and opportunities of the fake PBX. A list with one duplicate is refused as a whole. */
export class CustomerBase {
  readonly contacts: FakeContact[] = []
  readonly preorders: FakePreorder[] = []

  /** False = a telephone number is there already, or twice in the list. */
  addContacts(contacts: FakeContact[]): boolean {
    if (hasDoubles([...this.contacts, ...contacts].flatMap(numbersOf))) return false
    this.contacts.push(...contacts)
    return true
  }

  addPreorders(preorders: FakePreorder[]): boolean {
    if (hasDoubles([...this.preorders, ...preorders].map(({ telnum, product }) => `${telnum} ${product}`))) return false
    this.preorders.push(...preorders)
    return true
  }
}

/** Mobile and landline numbers. */
export const numbersOf = ({ details }: FakeContact): string[] =>
  details.filter(({ tid }) => tid === 1 || tid === 2).map(({ cvalue }) => cvalue)

const hasDoubles = (texts: string[]): boolean => new Set(texts).size < texts.length
