import { Fault } from './fault.ts'

/** A number too long for a double would come out as another one. */
const longNumber = /[:[,]\s*-?\d{16,}/
/** The least number of digits of a number that a double may not hold. */
const longNumberDigits = 16

/** More levels than any answer has: whatever walks through them later would run out of stack. */
const mostLevels = 200

export const isWebPage = (text: string) => /^<(!doctype\s+html|html|head|body|script|meta|title|form|!--)/i.test(text)

/** The body of an answer as JSON; whole numbers beyond 2^53 (ids) stay text. Throws Fault. */
export function parseJson({ text, status }: { text: string; status: number }): unknown {
  if (text === '') throw new Fault('unexpected-response', 'empty', { status })
  if (isWebPage(text)) throw new Fault('unexpected-response', 'html-page', { status })
  if (isDeep(text)) throw new Fault('unexpected-response', 'too-deep', { status })
  try {
    return hasLongDigits(text) && longNumber.test(text) ? JSON.parse(text, keepLongNumbers as never) : JSON.parse(text)
  } catch {
    // The parser's message quotes the payload: it must not travel on.
    throw new Fault('unexpected-response', /^[[{]/.test(text) ? 'broken-json' : 'not-json', { status })
  }
}

/** So many digits in a row are somewhere: every sixteenth sign is looked at, and around it only where it is a digit. */
function hasLongDigits(text: string): boolean {
  const isDigit = (at: number) => {
    const sign = text.charCodeAt(at)
    return sign >= digitZero && sign <= digitNine
  }
  for (let at = longNumberDigits - 1; at < text.length; at += longNumberDigits) {
    if (!isDigit(at)) continue
    let from = at
    let to = at + 1
    while (isDigit(from - 1)) from -= 1
    while (isDigit(to)) to += 1
    if (to - from >= longNumberDigits) return true
  }
  return false
}

/** Levels of lists and objects; what stands in quotes does not count. */
function isDeep(text: string): boolean {
  // Nearly every answer has fewer than that in all, and leaps from one to the next are cheap.
  const openings = countUpTo(mostLevels, text, '{')
  if (countUpTo(mostLevels - openings, text, '[') + openings < mostLevels) return false
  const { length } = text
  let levels = 0
  for (let at = 0; at < length; at += 1) {
    const sign = text.charCodeAt(at)
    if (sign === quote) {
      at = endOfText(text, at)
    } else if (sign === openList || sign === openObject) {
      levels += 1
      if (levels > mostLevels) return true
    } else if (sign === closeList || sign === closeObject) {
      levels -= 1
    }
  }
  return false
}

/** Where the quoted text that begins here ends. */
function endOfText(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1
    if (backslashes % 2 === 0) return end
  }
  return text.length
}

function countUpTo(most: number, text: string, sign: string): number {
  let count = 0
  for (let at = text.indexOf(sign); at >= 0 && count < most; at = text.indexOf(sign, at + 1)) count += 1
  return count
}

const digitZero = 0x30
const digitNine = 0x39
const quote = 0x22
const backslash = 0x5c
const openList = 0x5b
const closeList = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

/** `context.source` is newer than TypeScript's library knows. */
function keepLongNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && source && /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value
}
