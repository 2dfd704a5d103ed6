import type { CallDirection } from '../../../preload/contract/index.ts'
import type { LegRecord } from './call-record.ts'

/** The caller's own leg; reported, never popped. Manual 003 §4. */
export const isMainLeg = (leg: { businessId: string }): boolean => leg.businessId === 'maincall'

/**
 * Does this look like an extension: 2-6 digits and not one of the short public numbers (110, 12345, 95588)?
 * The `direction` field is reserved by the vendor, so direction is told by the shape of the two numbers.
 */
export function looksLikeExtension(number: string): boolean {
  return /^\d{2,6}$/.test(number) && !/^(11[0479]|12[0-2]|1\d{4}|9[56]\d{3,4})$/.test(number)
}

function rank(number: string): number {
  if (number === '') return 0
  return looksLikeExtension(number) ? 1 : 2
}

/**
 * Which of two reported numbers stands for the call: an outside number before an extension before nothing, then the
 * longer, then the smaller text. A total order, so that picking never depends on which came first.
 */
export function strongerNumber(a: string, b: string): string {
  const byRank = rank(a) - rank(b)
  if (byRank !== 0) return byRank > 0 ? a : b
  if (a.length !== b.length) return a.length > b.length ? a : b
  return a <= b ? a : b
}

const isOutside = (number: string) => rank(number) === 2

/** The number that history is kept under: the outside caller, else the outside number that was called, else the caller. */
export function partyNumber(caller: string, legs: readonly LegRecord[]): string {
  if (isOutside(caller)) return caller
  const called = legs.reduce((best, leg) => (isOutside(leg.extension) ? strongerNumber(best, leg.extension) : best), '')
  return called === '' ? caller : called
}

/** Who called whom. `isExtension` may know extensions that do not look like one. */
export function directionOf(
  caller: string,
  legs: readonly LegRecord[],
  isExtension: (number: string) => boolean = looksLikeExtension,
): CallDirection {
  if (!isExtension(caller)) return 'incoming'
  return legs.some((leg) => leg.extension !== '' && !isExtension(leg.extension)) ? 'outgoing' : 'internal'
}
