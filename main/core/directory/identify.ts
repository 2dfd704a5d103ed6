import type { Party } from '../../../preload/contract/index.ts'
import { type NumberOptions, parseNumber } from '../numbers/index.ts'
import type { DirectoryStore } from '../ports/index.ts'

/**
 * Who a number belongs to: colleague, then directory, then names learned from a call log. A masked number fits many
 * people, so it is never given a name. `numbers` are this office's dialling settings, where known.
 */
export function createIdentify(deps: {
  directory: DirectoryStore
  extensionName(extension: string): string | null
  numbers?(): NumberOptions
}): (number: string) => Party {
  return (number) => {
    const parsed = parseNumber(number, deps.numbers?.())
    const { canonical, display, home } = parsed
    const party: Party = { number, canonical, display, home, name: null, company: null, source: null }
    if (parsed.kind === 'masked' || canonical === '') return party
    const colleague = canonical.length <= 8 ? deps.extensionName(canonical) : null
    if (colleague !== null) return { ...party, home: null, name: colleague, source: 'extension' }
    const known = deps.directory.lookup(canonical)
    return known ? { ...party, name: known.name, company: known.company, source: known.source } : party
  }
}
