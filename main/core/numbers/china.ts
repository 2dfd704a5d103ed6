import { homeOfAreaCode } from './area-codes.ts'

/** How a number of the Chinese network reads once it is digits only. */
export interface ChineseNumber {
  kind: 'mobile' | 'landline' | 'service' | 'extension'
  /** As dialled inside the country. Landlines carry their area code with the 0 where it is known. */
  canonical: string
  /** Area code with its 0, or null. */
  areaCode: string | null
}

const mobile = /^1[3-9]\d{9}$/
const freephone = /^[48]00\d{7}$/
/** 95xxx, 96xxx and their longer branches; no local number starts with 9. */
const corporate = /^9[56]\d{3,6}$/
/** 10086, 12345, 1008611 …: carriers and public services. */
const publicService = /^(1[0-2]\d{3}|100\d{4}|11[68]114|11[0-4]|119|12[0-2])$/
const local = /^[2-8]\d{6,7}$/
/** Carriers' cheap-call prefixes that people store in front of a number. */
const cheapCallPrefix = /^(17951|17911|17909|17908|17901|12593|10193|11808)(?=\d{7,12}$)/

/** Area code of a number that starts with 0: three digits for 010 and 02x, else four. */
export function areaCodeOf(digits: string): string | null {
  const match = /^0(?:10|2\d|[3-9]\d\d)/.exec(digits)
  return match ? match[0] : null
}

function service(digits: string): boolean {
  return freephone.test(digits) || corporate.test(digits) || publicService.test(digits)
}

function withAreaCode(digits: string): ChineseNumber | null {
  const areaCode = areaCodeOf(digits)
  if (areaCode === null) return null
  const rest = digits.slice(areaCode.length)
  if (local.test(rest)) return { kind: 'landline', canonical: digits, areaCode }
  // 0755-12345 reaches the office of that city: the area code belongs to it.
  if (rest.length <= 8 && (corporate.test(rest) || publicService.test(rest)))
    return { kind: 'service', canonical: digits, areaCode }
  return null
}

/**
 * Digits as somebody in China writes them, with or without 86, trunk 0, area code. Null = not a Chinese number.
 * `areaCode` (`0755`) completes local numbers.
 */
export function readChinese(digits: string, areaCode: string): ChineseNumber | null {
  const plain = digits.replace(cheapCallPrefix, '')
  if (mobile.test(plain)) return { kind: 'mobile', canonical: plain, areaCode: null }
  if (plain.startsWith('0') && mobile.test(plain.slice(1)))
    return { kind: 'mobile', canonical: plain.slice(1), areaCode: null }
  if (plain.startsWith('0')) {
    const complete = withAreaCode(plain)
    if (complete) return complete
  }
  if (service(plain)) return { kind: 'service', canonical: plain, areaCode: null }
  if (local.test(plain)) {
    return areaCode === ''
      ? { kind: 'landline', canonical: plain, areaCode: null }
      : { kind: 'landline', canonical: `${areaCode}${plain}`, areaCode }
  }
  if (/^\d{2,6}$/.test(plain)) return { kind: 'extension', canonical: plain, areaCode: null }
  const country = /^0?86(\d{10,12})$/.exec(plain)
  if (country?.[1]) return readAfterCountryCode(country[1])
  // 755 2800 0123: the 0 got lost, often on its way through a spreadsheet.
  if (/^[2-9]\d{9,10}$/.test(plain)) {
    const complete = withAreaCode(`0${plain}`)
    if (complete?.kind === 'landline' && homeOfAreaCode(complete.areaCode ?? '') !== null) return complete
  }
  return null
}

/** What follows +86: trunk 0 is wrong here and still common. Local numbers and extensions make no sense after +86. */
export function readAfterCountryCode(digits: string): ChineseNumber | null {
  const bare = digits.replace(/^0/, '')
  if (mobile.test(bare)) return { kind: 'mobile', canonical: bare, areaCode: null }
  if (service(bare)) return { kind: 'service', canonical: bare, areaCode: null }
  return withAreaCode(`0${bare}`)
}

/** Grouped for reading: `135 0000 0002`, `0755-2800 0123`, `400-820 8820`, `0755-12345`, `95338`. */
export function displayChinese(number: ChineseNumber): string {
  const { kind, canonical, areaCode } = number
  if (kind === 'mobile') return `${canonical.slice(0, 3)} ${canonical.slice(3, 7)} ${canonical.slice(7)}`
  if (kind === 'landline') {
    const subscriber = canonical.slice(areaCode?.length ?? 0)
    const grouped = `${subscriber.slice(0, -4)} ${subscriber.slice(-4)}`
    return areaCode === null ? grouped : `${areaCode}-${grouped}`
  }
  if (kind === 'service' && areaCode !== null) return `${areaCode}-${canonical.slice(areaCode.length)}`
  if (freephone.test(canonical)) return `${canonical.slice(0, 3)}-${canonical.slice(3, 6)} ${canonical.slice(6)}`
  return canonical
}
