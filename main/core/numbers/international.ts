import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

const chineseRegions: Readonly<Record<string, string>> = { HK: '中国香港', MO: '中国澳门', TW: '中国台湾' }

/** A number of another country. `digits` starts with the country code. Null = cannot be one. */
export function readInternational(digits: string): { canonical: string; display: string; home: string | null } | null {
  if (!/^[1-9]\d{5,14}$/.test(digits)) return null
  const number = parsePhoneNumberFromString(`+${digits}`)
  if (!number?.isPossible()) return null
  // A surplus trunk 0 is taken off. Where the rest would be read differently once more, the number is not to be trusted.
  const again = parsePhoneNumberFromString(number.number)
  if (again?.number !== number.number || !again.isPossible()) return null
  const display = number.formatInternational()
  return {
    canonical: number.number,
    display: `+${display.replace(/\D/g, '')}` === number.number ? display : number.number,
    home: chineseRegions[number.country ?? ''] ?? null,
  }
}
