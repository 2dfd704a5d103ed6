import { Fault } from './fault.ts'

/** A number too long for a double would come out as another one. */
const longNumber = /[:[,]\s*-?\d{16,}/
/** Found by leaps, so that nearly every text is done with at once. */
const longDigits = /\d{16}/

/** More levels than any answer has: whatever walks through them later would run out of stack. */
const mostLevels = 200

export const isWebPage = (text: string) => /^<(!doctype\s+html|html|head|body|script|meta|title|form|!--)/i.test(text)

/** The body of an answer as JSON; whole numbers beyond 2^53 (ids) stay text. Throws Fault. */
export function parseJson({ text, status }: { text: string; status: number }): unknown {
  if (text === '') throw new Fault('unexpected-response', 'empty', { status })
  if (isWebPage(text)) throw new Fault('unexpected-response', 'html-page', { status })
  if (isDeep(text)) throw new Fault('unexpected-response', 'too-deep', { status })
  try {
    return longDigits.test(text) && longNumber.test(text)
      ? JSON.parse(text, keepLongNumbers as never)
      : JSON.parse(text)
  } catch {
    // The parser's message quotes the payload: it must not travel on.
    throw new Fault('unexpected-response', /^[[{]/.test(text) ? 'broken-json' : 'not-json', { status })
  }
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
      for (at += 1; at < length; at += 1) {
        const inner = text.charCodeAt(at)
        if (inner === quote) break
        if (inner === backslash) at += 1
      }
    } else if (sign === openList || sign === openObject) {
      levels += 1
      if (levels > mostLevels) return true
    } else if (sign === closeList || sign === closeObject) {
      levels -= 1
    }
  }
  return false
}

function countUpTo(most: number, text: string, sign: string): number {
  let count = 0
  for (let at = text.indexOf(sign); at >= 0 && count < most; at = text.indexOf(sign, at + 1)) count += 1
  return count
}

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
