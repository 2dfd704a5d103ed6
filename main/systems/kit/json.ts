import { Fault } from './fault.ts'

/** A number too long for a double would come out as another one. */
const longNumber = /[:[,]\s*-?\d{16,}/
/** Found by leaps, so that nearly every text is done with at once. */
const longDigits = /\d{16}/

export const isWebPage = (text: string) => /^<(!doctype\s+html|html|head|body|script|meta|title|form|!--)/i.test(text)

/** The body of an answer as JSON; whole numbers beyond 2^53 (ids) stay text. Throws Fault. */
export function parseJson({ text, status }: { text: string; status: number }): unknown {
  if (text === '') throw new Fault('unexpected-response', 'empty', { status })
  if (isWebPage(text)) throw new Fault('unexpected-response', 'html-page', { status })
  try {
    return longDigits.test(text) && longNumber.test(text)
      ? JSON.parse(text, keepLongNumbers as never)
      : JSON.parse(text)
  } catch {
    // The parser's message quotes the payload: it must not travel on.
    throw new Fault('unexpected-response', /^[[{]/.test(text) ? 'broken-json' : 'not-json', { status })
  }
}

/** `context.source` is newer than TypeScript's library knows. */
function keepLongNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && source && /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value
}
