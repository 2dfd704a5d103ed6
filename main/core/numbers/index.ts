import { CoreError } from '../errors.ts'
import { type NumberOptions, type ParsedNumber, parseNumber } from './parse-number.ts'

export { type NumberOptions, type ParsedNumber, parseNumber } from './parse-number.ts'

/** The form for matching: equal for every spelling of one number. Text that is no number comes back cleaned. */
export function canonicalNumber(text: string, options?: NumberOptions): string {
  return parseNumber(text, options).canonical
}

/** Grouped for reading: `135 0000 0002`, `0755-2800 0123`, `+1 415 555 2671`. */
export function displayNumber(text: string, options?: NumberOptions): string {
  return parseNumber(text, options).display
}

/** Province and city of a landline (`广东深圳`, `北京`), or null: a mobile's digits do not tell. */
export function homeOf(text: string): string | null {
  return parseNumber(text).home
}

/**
 * The digits to send to a PBX; `outsidePrefix` goes before outside numbers only. The suffix is never part of it.
 * Throws `bad-request` (field `number`) for a masked number or text that cannot be dialled.
 */
export function dialString(parsed: ParsedNumber, options: { outsidePrefix: string }): string {
  if (parsed.kind === 'masked')
    throw new CoreError('bad-request', { field: 'number', reason: 'some digits of this number are hidden' })
  if (parsed.kind === 'extension') return parsed.canonical
  if (parsed.kind !== 'unknown') return `${options.outsidePrefix}${parsed.national}`
  // One digit, or a feature code such as *72, stays inside the PBX.
  if (/^(\d|[*#][\d*#]{1,7})$/.test(parsed.canonical)) return parsed.canonical
  if (!/^\d{7,20}$/.test(parsed.canonical))
    throw new CoreError('bad-request', { field: 'number', reason: 'this is not a telephone number' })
  return `${options.outsidePrefix}${parsed.canonical}`
}

/** For logs: first three and last four digits (`135****0002`); fewer than eight digits give `***`. */
export function maskNumber(text: string): string {
  const digits = text.normalize('NFKC').replace(/\D/g, '')
  return digits.length < 8 ? '***' : `${digits.slice(0, 3)}****${digits.slice(-4)}`
}
