import { CoreError } from '../../core/errors.ts'
import { canonicalNumber, parseNumber } from '../../core/numbers/index.ts'

/** Why a number cannot be sent, for people. */
const reasons = {
  masked: 'some digits of this number are hidden',
  local: 'write the area code too, like 0755 2800 0123',
  other: 'this system dials Chinese mobile and landline numbers only',
}

/**
 * A number in any spelling as this system wants it (manual 001 §1): `+86` and the mobile, or `+86`, the area code without
 * its 0 and the landline. Errors: bad-request (field `number`) for anything else, a local number without area code included.
 */
export function dialbackNumber(text: string): string {
  const { kind, canonical } = parseNumber(text)
  if (kind === 'mobile') return `+86${canonical}`
  if (kind === 'landline' && canonical.startsWith('0')) return `+86${canonical.slice(1)}`
  const reason = kind === 'masked' ? reasons.masked : kind === 'landline' ? reasons.local : reasons.other
  throw new CoreError('bad-request', { field: 'number', reason })
}

/** The other way: `+8675528000123` → `075528000123`, `+8613500000002` → `13500000002`. What is no such number stays as it is. */
export function nationalNumber(text: string): string {
  return canonicalNumber(text)
}
