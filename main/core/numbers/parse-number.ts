import { homeOfAreaCode } from './area-codes.ts'
import { type ChineseNumber, displayChinese, readAfterCountryCode, readChinese } from './china.ts'
import { readInternational } from './international.ts'
import {
  clean,
  digitsOf,
  maskedOf,
  onlyNumberIn,
  plausible,
  splitDashSuffix,
  splitSuffix,
  withoutLabel,
} from './spelling.ts'

export interface ParsedNumber {
  /** `masked` = digits were hidden by whoever sent it; `unknown` = kept as it came. */
  kind: 'mobile' | 'landline' | 'service' | 'extension' | 'international' | 'masked' | 'unknown'
  /**
   * The form for matching: 11 digits of a mobile, area code + number of a landline, digits of a service number or an
   * extension, `+` and digits of a foreign number. Never holds the suffix.
   */
  canonical: string
  /** Grouped for reading. */
  display: string
  /** `广东深圳`, `北京`; null where the number does not tell. */
  home: string | null
  /** The extension written behind the number ("转 801"): keyed in by hand, never dialled. */
  suffix: string | null
  /** As dialled from inside China: like `canonical`, foreign numbers with 00. */
  national: string
}

export interface NumberOptions {
  /** Area code of this office (`0755`): completes local numbers. */
  areaCode?: string
  /** Digits that this PBX puts before outside numbers (`9`): taken off again. */
  outsidePrefix?: string
}

type Known = Omit<ParsedNumber, 'suffix'>

function fromChinese(number: ChineseNumber): Known {
  return {
    kind: number.kind,
    canonical: number.canonical,
    display: displayChinese(number),
    home: number.areaCode === null ? null : homeOfAreaCode(number.areaCode),
    national: number.canonical,
  }
}

function readForeign(digits: string): Known | null {
  if (digits.startsWith('86')) {
    const number = readAfterCountryCode(digits.slice(2))
    return number && fromChinese(number)
  }
  const number = readInternational(digits)
  return number && { ...number, kind: 'international', national: `00${digits}` }
}

function read(text: string, options: NumberOptions): Known | null {
  const written = digitsOf(text)
  if (!written) return null
  const { digits, plus } = written
  if (plus) return readForeign(digits)
  if (/^00[1-9]\d{6}/.test(digits)) return readForeign(digits.slice(2))
  const number = readChinese(digits, options.areaCode ?? '')
  if (number) return fromChinese(number)
  const prefix = options.outsidePrefix ?? ''
  if (prefix === '' || !digits.startsWith(prefix) || digits.length < prefix.length + 7) return null
  return read(digits.slice(prefix.length), { areaCode: options.areaCode })
}

function withSuffix(split: { main: string; suffix: string } | null, options: NumberOptions): ParsedNumber | null {
  if (!split) return null
  const known = read(split.main.trim(), options)
  return known && known.kind !== 'extension' ? { ...known, suffix: split.suffix } : null
}

function masked(text: string): ParsedNumber {
  const display = /^1.{10}$/.test(text) ? `${text.slice(0, 3)} ${text.slice(3, 7)} ${text.slice(7)}` : text
  return { kind: 'masked', canonical: text, display, home: null, suffix: null, national: text }
}

/** What switches send instead of a number that the caller withholds. */
const withheld = /^(anonymous|unknown|private|withheld|restricted|unavailable|\*+)$/i

function unknown(cleaned: string): ParsedNumber {
  if (withheld.test(cleaned))
    return { kind: 'unknown', canonical: '', display: '', home: null, suffix: null, national: '' }
  const digits = digitsOf(cleaned)
  const canonical = digits && digits.digits !== '' ? `${digits.plus ? '+' : ''}${digits.digits}` : cleaned
  return { kind: 'unknown', canonical, display: canonical, home: null, suffix: null, national: canonical }
}

/**
 * What a number in any spelling means: pasted, typed or reported by a PBX. Never throws; what makes no sense comes back
 * as `unknown`, a withheld number with nothing to show. `canonical` is stable: parsing it (or `display`) again gives the same `canonical`.
 */
export function parseNumber(text: string, options: NumberOptions = {}): ParsedNumber {
  const cleaned = clean(text)
  if (!plausible(cleaned)) return unknown(cleaned)
  const bare = withoutLabel(cleaned)
  const hidden = maskedOf(bare)
  if (hidden !== null) return masked(hidden)
  const whole = read(bare, options)
  if (whole) return { ...whole, suffix: null }
  const split = withSuffix(splitSuffix(bare), options) ?? withSuffix(splitDashSuffix(bare), options)
  if (split) return split
  const inside = onlyNumberIn(bare)
  const found = inside === null ? null : read(inside, options)
  if (found && found.kind !== 'extension') return { ...found, suffix: null }
  return unknown(cleaned)
}
