/** All readings of one Chinese sign, lower case, without tones. */
export type Readings = (sign: string) => string[]

/** From here on (CJK radicals) every sign is a word of its own. The migration of the notes spaces them the same way. */
const firstOwnSign = 0x2e80
const mostSpellings = 4
/** Names whose spelling is remembered: a log holds few names, many times. */
const rememberedNames = 20_000

/** The form in which text is indexed and looked for: one width, lower case. */
export const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** Text with every Chinese sign apart, so that any part of it can be found: `李建国 lee` → `李 建 国 lee`. */
export function spaced(text: string): string {
  let words = ''
  for (const sign of plain(text)) words += (sign.codePointAt(0) ?? 0) >= firstOwnSign ? ` ${sign} ` : sign
  return words
}

const isHan = (sign: string) => /\p{Script=Han}/u.test(sign)

/** Every way to read a run of signs, the usual one first, at most a few. `lv` is typed `lu` as well. */
function spellings(signs: string[], readings: Readings): string[][] {
  let ways: string[][] = [[]]
  for (const sign of signs) {
    const own = [
      ...new Set(readings(sign).flatMap((one) => (one.includes('v') ? [one, one.replace('v', 'u')] : [one]))),
    ]
    if (own.length === 0) continue
    ways = own.flatMap((one) => ways.map((way) => [...way, one])).slice(0, mostSpellings)
  }
  return ways.filter((way) => way.length > 0)
}

/**
 * Pinyin of a name as words to be found by their beginning: whole and initials, from every syllable on
 * (`李建国` → `lijianguo jianguo guo ljg jg g`). '' where there is nothing Chinese.
 */
export function createSpeller(readings: Readings): (name: string) => string {
  const known = new Map<string, string[]>()
  const spelled = new Map<string, string>()
  const read: Readings = (sign) => {
    const cached = known.get(sign)
    if (cached) return cached
    const made = readings(sign)
    known.set(sign, made)
    return made
  }
  const spell = (name: string) => {
    const words = new Set<string>()
    for (const way of spellings([...plain(name)].filter(isHan), read)) {
      for (let at = 0; at < way.length; at += 1) {
        words.add(way.slice(at).join(''))
        words.add(
          way
            .slice(at)
            .map((one) => one.slice(0, 1))
            .join(''),
        )
      }
    }
    return [...words].join(' ')
  }
  return (name) => {
    const remembered = spelled.get(name)
    if (remembered !== undefined) return remembered
    if (spelled.size >= rememberedNames) spelled.clear()
    const made = spell(name)
    spelled.set(name, made)
    return made
  }
}

/** The pinyin tables; loading them takes a tenth of a second, once. */
export async function loadReadings(): Promise<Readings> {
  const { pinyin } = await import('pinyin-pro')
  return (sign) =>
    pinyin(sign, { toneType: 'none', type: 'array', multiple: true, v: true }).filter((one) => /^[a-z]+$/.test(one))
}
