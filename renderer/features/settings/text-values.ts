/** Typed text → value of a setting, or null when it cannot be one. The text is trimmed and in half-width form. */

export function readPort(text: string): number | null {
  if (!/^\d{1,5}$/.test(text)) return null
  const port = Number(text)
  return port <= 65_535 ? port : null
}

/** The number of a voice menu on the PBX. */
export function readMenuNumber(text: string): number | null {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null
}

export function readPath(text: string): string | null {
  return /^\/\S*$/.test(text) && text.length <= 200 ? text : null
}

export function readPrefix(text: string): string | null {
  return /^\d{0,4}$/.test(text) ? text : null
}

export function readAreaCode(text: string): string | null {
  return /^(0\d{2,3})?$/.test(text) ? text : null
}

/** `801 802、803` → the extensions, each once. */
export function readExtensions(text: string): string[] {
  return [
    ...new Set(
      text
        .normalize('NFKC')
        .split(/[\s,、;]+/)
        .filter(Boolean),
    ),
  ]
}

/** A whole number within limits. */
export function readWhole(text: string, least: number, most: number): number | null {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : null
}

const wordsOf = (text: string, between: RegExp): string[] => [
  ...new Set(
    text
      .normalize('NFKC')
      .split(between)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ),
]

/** Hosts between blanks and commas. */
export const readHosts = (text: string): string[] => wordsOf(text.toLowerCase(), /[\s,;、]+/)

/** Tags between commas, Latin or Chinese; a tag may hold blanks. */
export const readTags = (text: string): string[] => wordsOf(text, /[,;、]+/)
