import { loadReadings, plain } from '../history/words.ts'

/** Surnames that are read otherwise than the sign usually is. */
const surnames = new Map<string, string>(
  [
    ...'单 shan 曾 zeng 仇 qiu 区 ou 解 xie 查 zha 朴 piao 任 ren 盖 ge 翟 zhai 缪 miao 覃 qin 种 chong 冼 xian 员 yun 尉 wei 乐 yue 祭 zhai 黑 he 折 she 柏 bai 那 na 都 du 重 chong 行 xing 长 chang 隗 kui 訾 zi 逄 pang 贠 yun 洗 xian 繁 po 秘 bi 晟 cheng 万俟 moqi 尉迟 yuchi 长孙 zhangsun 澹台 tantai 令狐 linghu 单于 chanyu'.matchAll(
      /(\S+) (\S+)/g,
    ),
  ].map(([, surname = '', reading = '']) => [surname, reading]),
)

const isHan = (sign: string) => /\p{Script=Han}/u.test(sign)

/**
 * What a name is sorted by: its pinyin, the surname read as a surname (`单建国` → `shan jian guo`). Names that begin with
 * no letter stand last. Never empty.
 */
export function createSortKey(readingsOf: (sign: string) => string[]): (name: string) => string {
  const known = new Map<string, string>()
  function reading(sign: string): string {
    const cached = known.get(sign)
    if (cached !== undefined) return cached
    const made = isHan(sign) ? (readingsOf(sign)[0] ?? sign) : sign
    known.set(sign, made)
    return made
  }
  return (name) => {
    const text = plain(name).trim()
    const signs = [...text]
    const double = signs.slice(0, 2).join('')
    const taken = surnames.has(double) ? 2 : surnames.has(signs[0] ?? '') ? 1 : 0
    const head = taken === 0 ? '' : (surnames.get(signs.slice(0, taken).join('')) ?? '')
    let key = head
    let wasHan = taken > 0
    for (const sign of signs.slice(taken)) {
      const han = isHan(sign)
      key += (key !== '' && (han || wasHan) ? ' ' : '') + reading(sign)
      wasHan = han
    }
    return /^[a-z]/.test(key) ? key : `~${key}`
  }
}

let loading: Promise<(name: string) => string> | null = null

/** With the pinyin tables; a failed load is tried again by whoever asks next. */
export function loadSortKey(): Promise<(name: string) => string> {
  loading ??= loadReadings().then(createSortKey, (error: unknown) => {
    loading = null
    throw error
  })
  return loading
}
