import type { NumberFault } from '../../../preload/contract/index.ts'
import { type NumberOptions, parseNumber } from '../numbers/index.ts'

export interface ReadNumber {
  canonical: string
  /** As dialled from inside China: what a PBX is given. */
  national: string
  kind: 'mobile' | 'landline' | 'service' | 'international'
}

export interface WrongNumber {
  fault: NumberFault
  digits: number | null
  suggestion: string | null
}

const plainMobile = /^1[3-9]\d{9}$/
/** Between two numbers in one cell. */
const between = /[、;；,，/|\n]/

/**
 * The numbers of a cell, mostly one; or why it holds none. Never throws. What a spreadsheet did to a number is undone where
 * nothing was lost (`13800138000.0`), named where something was (`1.38E+10`, a lost leading zero).
 */
export function readNumbers(text: string, options: NumberOptions): ReadNumber[] | WrongNumber {
  if (plainMobile.test(text)) return [{ canonical: text, national: text, kind: 'mobile' }]
  const written = text
    .normalize('NFKC')
    .trim()
    .replace(/^(\d{5,15})\.0+$/, '$1')
  const whole = readOne(written, options)
  if (!isWrong(whole)) return [whole]
  if (between.test(written)) {
    const parts = written.split(between).filter((part) => part.trim() !== '')
    const read = parts.map((part) => readOne(part.trim(), options))
    if (read.length > 1 && read.length <= 6 && read.every((one) => !isWrong(one))) return read as ReadNumber[]
  }
  return whole
}

const isWrong = (read: ReadNumber | WrongNumber): read is WrongNumber => 'fault' in read

function readOne(text: string, options: NumberOptions): ReadNumber | WrongNumber {
  const wrong = (fault: NumberFault, digits: number | null = null, suggestion: string | null = null): WrongNumber => ({
    fault,
    digits,
    suggestion,
  })
  const exponent = /^(\d)(?:\.(\d+))?e\+?(\d{1,2})$/i.exec(text)
  if (exponent) {
    const [, first = '', rest = '', power = ''] = exponent
    const digits = first + rest
    const kept = digits.length === Number(power) + 1 ? readOne(digits, options) : null
    return kept && !isWrong(kept) ? kept : wrong('scientific')
  }
  const parsed = parseNumber(text, options)
  const { kind, canonical, national } = parsed
  // The number is clear, but it is not what the file says: somebody should see what is made of it.
  if (kind === 'landline' && canonical === `0${text.replace(/\D/g, '')}`)
    return wrong('lost-zero', canonical.length - 1, parsed.display)
  if (kind === 'mobile' || kind === 'landline' || kind === 'service' || kind === 'international')
    return { canonical, national, kind }
  if (kind === 'masked') return wrong('masked')
  const digits = text.replace(/\D/g, '')
  if (digits === '' || digits.length * 2 < text.length) return wrong('not-a-number')
  if (kind === 'extension') return wrong('extension', digits.length)
  if (/^1[3-9]/.test(digits)) return wrong(digits.length < 11 ? 'too-short' : 'too-long', digits.length)
  return wrong(digits.length < 10 ? 'too-short' : digits.length > 13 ? 'too-long' : 'not-a-number', digits.length)
}
