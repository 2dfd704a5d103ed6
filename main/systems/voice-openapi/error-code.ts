/**
 * The platform writes a code as a number or a text, decimal or hexadecimal, signed or not (manual 002 §2, §4): one spelling
 * of each, `5` and `0xF1000008`. Null = the answer makes no statement; a text that is no number stays as it is.
 */
export function errorCodeOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const text = String(value).trim()
  if (text === '') return null
  const number = integerOf(text)
  if (number === null) return text
  // Negative ones may have grown to 64 bits on the way; what is larger is no code, and must not become one by losing bits.
  const signed = number >= 2n ** 63n && number < 2n ** 64n ? number - 2n ** 64n : number
  if (signed < -0x8000_0000n || signed > 0xffff_ffffn) return text
  const unsigned = BigInt.asUintN(32, signed)
  return unsigned < 0x8000_0000n ? String(unsigned) : `0x${unsigned.toString(16).toUpperCase()}`
}

function integerOf(text: string): bigint | null {
  if (/^[+-]?\d{1,20}$/.test(text)) return BigInt(text)
  const hex = /^([+-]?)(?:0x([0-9a-f]{1,16})|([0-9a-f]{8}))$/i.exec(text)
  if (!hex) return null
  const number = BigInt(`0x${hex[2] ?? hex[3]}`)
  return hex[1] === '-' ? -number : number
}
