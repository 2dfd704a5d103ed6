/** Formats of numbers that every workbook has and that are dates or times. */
const builtInDates = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56,
  57, 58,
])

/** How a number of a cell is to be read: as it is, as a date, or with leading zeros up to so many digits. */
export type CellStyle = 'number' | 'date' | { zeros: number }

export function styleOf(formatId: number, formatCode: string | undefined): CellStyle {
  if (formatCode === undefined) return builtInDates.has(formatId) ? 'date' : 'number'
  if (/^0{2,15}$/.test(formatCode)) return { zeros: formatCode.length }
  // Quoted words, escaped signs, colours and conditions are not part of the format.
  const bare = formatCode.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
  return /[ymdhs]/i.test(bare) && !/general/i.test(bare) ? 'date' : 'number'
}

const dayMs = 86_400_000
/** Day 0 of the 1900 calendar as spreadsheets count it (with the leap day that 1900 never had), and of the 1904 calendar. */
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) }

/** The text of a numeric cell: whole numbers with all digits, dates as `2026-11-21` or with the time behind. */
export function numberText(raw: string, style: CellStyle, calendar: 1900 | 1904): string {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  if (style === 'date' && value >= 1 && value < 2_958_466) {
    const iso = new Date(Math.round((epochs[calendar] + value * dayMs) / 1000) * 1000).toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
  }
  const text =
    Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(0) : String(Number(value.toPrecision(15)))
  return typeof style === 'object' && /^\d+$/.test(text) ? text.padStart(style.zeros, '0') : text
}

/** `AB12` → 27; -1 where there is no column. */
export function columnOf(reference: string): number {
  let column = 0
  let at = 0
  for (; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
    if (at > 3) return -1
  }
  return at === 0 ? -1 : column - 1
}
