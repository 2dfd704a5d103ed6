import type { Party } from '../../../preload/contract/index.ts'
import { type NumberOptions, type ParsedNumber, parseNumber } from '../numbers/index.ts'
import type { DirectoryStore, KnownNumber } from '../ports/index.ts'

/** Numbers remembered between two changes of the directory: every snapshot asks for the same few again. */
const mostRemembered = 2000

/**
 * Who a number belongs to: colleague, then directory, then names learned from a call log. A masked number fits many
 * people, so it is never given a name. `numbers` are this office's dialling settings, where known.
 */
export function createIdentify(deps: {
  directory: DirectoryStore
  extensionName(extension: string): string | null
  numbers?(): NumberOptions
}): (number: string) => Party {
  const { directory } = deps
  const remembered = new Map<string, { parsed: ParsedNumber; known: KnownNumber | null }>()
  let version = directory.version()
  let options = deps.numbers?.()

  function look(number: string): { parsed: ParsedNumber; known: KnownNumber | null } {
    if (version !== directory.version() || options !== deps.numbers?.() || remembered.size >= mostRemembered) {
      version = directory.version()
      options = deps.numbers?.()
      remembered.clear()
    }
    const old = remembered.get(number)
    if (old) return old
    const parsed = parseNumber(number, options)
    const named = parsed.kind !== 'masked' && parsed.canonical !== ''
    const fresh = { parsed, known: named ? directory.lookup(parsed.canonical) : null }
    remembered.set(number, fresh)
    return fresh
  }

  return (number) => {
    const { parsed, known } = look(number)
    const { canonical, display, home } = parsed
    const party: Party = { number, canonical, display, home, name: null, company: null, source: null }
    if (parsed.kind === 'masked' || canonical === '') return party
    const colleague = canonical.length <= 8 ? deps.extensionName(canonical) : null
    if (colleague !== null) return { ...party, home: null, name: colleague, source: 'extension' }
    return known ? { ...party, ...known } : party
  }
}
