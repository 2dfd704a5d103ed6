import type { z } from 'zod'
import { declaredCharset, decodeText } from './charset.ts'
import { Fault } from './fault.ts'

/** A whole answer: status, headers, and the body with its Content-Encoding undone. */
export class Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  #text: string | null = null

  constructor(status: number, headers: Answer['headers'], bytes: Buffer) {
    this.status = status
    this.headers = headers
    this.bytes = bytes
  }

  /** The body as text, without blanks around it. */
  get text(): string {
    const type = this.headers['content-type']
    this.#text ??= decodeText(this.bytes, declaredCharset(Array.isArray(type) ? type[0] : type)).trim()
    return this.#text
  }
}

/** How an operation's answer is judged and read. */
export interface ResponseKind<Output> {
  readonly kind: 'json' | 'result-code' | 'text'
  /** Sent as the Accept header. */
  readonly accept: string
  /** The vendor's result code: a digits-only body where there is one, else the HTTP status. */
  resultCode(answer: Answer): number
  isSuccess(code: number): boolean
  /** Only called for a success. Throws Fault. */
  read(answer: Answer): Output
}

/**
 * A result code can stand alone in the body (manual 003). At most three digits: longer digit strings are ids.
 * Without a body, or with any other body, the HTTP status is the code.
 */
function bodyCode(answer: Answer): number | null {
  return answer.bytes.length < 16 && /^\d{1,3}$/.test(answer.text) ? Number(answer.text) : null
}

const is2xx = (code: number): boolean => code >= 200 && code < 300

/** A web page is never an answer, whatever its status and Content-Type claim. */
function refuseWebPage(answer: Answer): void {
  if (/^<(!doctype\s+html|html|head|body|script|meta|title|form|!--)/i.test(answer.text)) {
    throw new Fault('unexpected-response', 'html-page', { status: answer.status })
  }
}

/** JSON by a schema that is tolerant of unknown fields and strict about used ones (see tolerant.ts). */
export function json<Schema extends z.ZodType>(schema: Schema): ResponseKind<z.output<Schema>> {
  return {
    kind: 'json',
    accept: 'application/json, */*;q=0.5',
    // A lone failure code instead of the document; any other number is left to the schema.
    resultCode: (answer) =>
      is2xx(answer.status) && (bodyCode(answer) ?? 0) >= 300 ? bodyCode(answer)! : answer.status,
    isSuccess: is2xx,
    read(answer) {
      const { status } = answer
      if (answer.text === '') throw new Fault('unexpected-response', 'empty', { status })
      refuseWebPage(answer)
      const document = parseJson(answer)
      const result = schema.safeParse(document)
      if (result.success) return result.data
      const path = result.error.issues[0]?.path ?? []
      const reason = valueAt(document, path) === undefined ? 'missing-field' : 'wrong-field'
      throw new Fault('unexpected-response', reason, { status, field: fieldPath(path) })
    },
  }
}

/** What came with a result code. */
export interface CodeResult {
  code: number
  /** A body that is not itself the code, e.g. an id; null when there is none. */
  text: string | null
}

/** A command answered by a code, as the HTTP status or as a digits-only body. `success`: codes that mean done; without it any 2xx. */
export function resultCode(success?: readonly number[]): ResponseKind<CodeResult> {
  return {
    kind: 'result-code',
    accept: '*/*',
    resultCode: (answer) => bodyCode(answer) ?? answer.status,
    isSuccess: (code) => (success ? success.includes(code) : is2xx(code)),
    read(answer) {
      refuseWebPage(answer)
      const ownCode = bodyCode(answer)
      return { code: ownCode ?? answer.status, text: ownCode === null && answer.text !== '' ? answer.text : null }
    },
  }
}

/** Free text. */
export function text(): ResponseKind<string> {
  return {
    kind: 'text',
    accept: '*/*',
    resultCode: (answer) => answer.status,
    isSuccess: is2xx,
    read(answer) {
      refuseWebPage(answer)
      return answer.text
    },
  }
}

function parseJson(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text)
  } catch {
    // The parser's message quotes the payload: it must not travel on.
    const reason = /^[[{]/.test(answer.text) ? 'broken-json' : 'not-json'
    throw new Fault('unexpected-response', reason, { status: answer.status })
  }
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    const wanted = String(step).toLowerCase()
    value = Object.entries(value).find(([name]) => name.toLowerCase() === wanted)?.[1]
  }
  return value
}

/** `[3].telNum`; the document itself is `(document)`. */
function fieldPath(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
  return steps.join('').replace(/^\./, '') || '(document)'
}
