import { CoreError } from '../errors.ts'
import type { ParsedNumber } from '../numbers/index.ts'

export interface DiallingRules {
  parse(text: string): ParsedNumber
  /** Throws bad-request for what cannot be dialled. */
  dialString(parsed: ParsedNumber): string
  isExtension(number: string): boolean
}

export interface DialledNumber {
  /** What goes to the PBX. */
  dialled: string
  /** The extension, when it is one. */
  inside: string | undefined
  parsed: ParsedNumber
}

/** What a person typed, as the PBX dials it: an extension as it is, anything else with the prefix for outside lines. */
export function readDialled(text: string, field: 'number' | 'target', rules: DiallingRules): DialledNumber {
  const typed = text.trim()
  const parsed = rules.parse(typed)
  const inside = [typed, parsed.canonical].find((one) => rules.isExtension(one))
  const dialled = inside ?? rules.dialString(parsed)
  if (dialled === '') throw new CoreError('bad-request', { field, reason: 'there is no number to dial' })
  return { dialled, inside, parsed }
}
