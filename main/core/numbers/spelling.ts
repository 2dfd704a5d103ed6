/** Longer than any number with words around it. */
const maxLength = 100
/** Control and format characters (zero width, direction marks), emoji variation. */
const invisible = /\p{Cc}|\p{Cf}|\ufe0f/gu
const dashes = /[\u2010-\u2015\u2212\u2500\u30fc\u2e3a\u2e3b]/g
const label =
  /^(?:联系电话|联系方式|公司电话|办公电话|手机号码?|手机|移动电话|电话号码?|电话|座机|固话|号码|传真|telephone|tel|phone|mobile|mob|cell|fax|call|[tmp])\s*[.:]+\s*|^(?:tel|callto|phone|sips?):/i
const extensionWord = '(?:转|轉|分机号?|分機號?|内线|內線|;?ext(?:ension)?\\.?=?:?|(?<![x×*])x|[#,;])'
const explicitSuffix = new RegExp(
  `\\s*[(\\[]?\\s*${extensionWord}\\s*(?:分机号?|分機號?|内线)?\\s*[.:]?\\s*(\\d{1,6})\\s*[)\\]]?$`,
  'i',
)
const dashSuffix = /^(.*\d)\s*-\s*(\d{1,6})$/

function cleanOnce(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(dashes, '-')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Full-width to half-width, one kind of dash and blank, nothing invisible. Idempotent. */
export function clean(text: string): string {
  if (/^\d*$/.test(text)) return text
  let current = text
  // Taking out an invisible character may let its neighbours compose: repeat until nothing changes.
  for (let round = 0; round < 5; round += 1) {
    const next = cleanOnce(current)
    if (next === current) return next
    current = next
  }
  return current
}

/** Text that could be a telephone number at all. */
export function plausible(cleaned: string): boolean {
  return cleaned.length > 0 && cleaned.length <= maxLength && /\d/.test(cleaned)
}

/** Without `tel:`, `电话：`, `sip:…@host`, URI parameters other than the extension. */
export function withoutLabel(cleaned: string): string {
  const isUri = /^(?:tel|callto|phone|sips?):/i.test(cleaned)
  const bare = cleaned.replace(label, '').replace(/^(\+?[\d*]+)@[\w.:[\]-]+$/, '$1')
  if (!isUri) return bare
  const uri = bare.replace(/%2b/gi, '+').replace(/%20/g, ' ')
  const extension = /;ext=(\d{1,6})/i.exec(uri)?.[1]
  const number = uri.replace(/[;?@].*$/, '')
  return extension ? `${number};ext=${extension}` : number
}

/** Digits of a number that holds nothing but digits and separators, or null. `plus` = written with + or (+. */
export function digitsOf(text: string): { digits: string; plus: boolean } | null {
  const match = /^[\s([]*(\+?)([\d\s().[\]_·・-]+)$/.exec(text)
  if (!match) return null
  const plus = match[1] === '+'
  // "+44 (0)20": the 0 in brackets is for callers inside that country.
  const body = plus ? (match[2] ?? '').replace(/\(0\)/, '') : (match[2] ?? '')
  return { digits: body.replace(/\D/g, ''), plus }
}

/** "… 转 801", "… ext. 801", "…#801", "…,801": the extension behind a number, said, not dialled. */
export function splitSuffix(text: string): { main: string; suffix: string } | null {
  const match = explicitSuffix.exec(text)
  if (!match?.[1] || match.index === 0) return null
  return { main: text.slice(0, match.index), suffix: match[1] }
}

/** "0755-28000123-801". Only worth asking when the whole is no number by itself. */
export function splitDashSuffix(text: string): { main: string; suffix: string } | null {
  const match = dashSuffix.exec(text)
  return match?.[1] && match[2] ? { main: match[1], suffix: match[2] } : null
}

/** Digits partly hidden (`1591982xxxx`, `138****5678`): separators removed, otherwise as they are. Null = not masked. */
export function maskedOf(text: string): string | null {
  const bare = text.replace(/[\s().-]/g, '')
  if (!/^\+?[\d*xX×•●]{7,20}$/.test(bare)) return null
  return /[*xX×•●]{2}/.test(bare) && (bare.match(/\d/g)?.length ?? 0) >= 3 ? bare : null
}

/** The one number inside other words ("李建国 13500000002"), or null when there is none or more than one. */
export function onlyNumberIn(text: string): string | null {
  const match = /\+?\d[\d ().-]{5,30}\d/.exec(text)
  if (!match) return null
  const around = text.slice(0, match.index) + text.slice(match.index + match[0].length)
  return /\d/.test(around) ? null : match[0]
}
