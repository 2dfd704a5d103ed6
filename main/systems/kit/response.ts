import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { ErrorCode } from '../../../preload/contract/index.ts'
import { declaredCharset, decodeText } from './charset.ts'
import { Fault } from './fault.ts'
import { isWebPage, parseJson } from './json.ts'
import { readTolerantly } from './tolerant.ts'

/** A body that was passed on instead of kept. */
export interface Streamed {
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

/** A whole answer: status, headers, and the body with its Content-Encoding undone. */
export class Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  /** Where a streamed body went; `bytes` is empty then. */
  readonly streamed: Streamed | null
  #text: string | null = null
  #document: unknown

  constructor(status: number, headers: Answer['headers'], bytes: Buffer, streamed: Streamed | null = null) {
    this.status = status
    this.headers = headers
    this.bytes = bytes
    this.streamed = streamed
  }

  get contentType(): string | null {
    const type = this.headers['content-type']
    return (Array.isArray(type) ? type[0] : type) ?? null
  }

  /** The body as text, without blanks around it. */
  get text(): string {
    this.#text ??= decodeText(this.bytes, declaredCharset(this.contentType ?? undefined)).trim()
    return this.#text
  }

  /** The body as JSON, parsed once. Throws Fault: empty, html-page, not-json, broken-json. */
  get document(): unknown {
    this.#document ??= parseJson(this)
    return this.#document
  }
}

/** Whether the other side did what it was asked. */
export interface Verdict {
  ok: boolean
  /** The vendor's result code, as text; null when there is none besides the HTTP status. */
  code: string | null
  /** The other side's own words, where the document has a place for them. */
  text?: string
  /** What the refusal means, where there are words only or a code of no table (SOAP faults). */
  core?: ErrorCode
  /** `code` is the HTTP status, the vendor gave none of its own. */
  byStatus?: true
}

/** How an operation's answer is judged and read. */
export interface ResponseKind<Output> {
  readonly kind: 'json' | 'result-code' | 'text' | 'pairs' | 'binary' | 'xml'
  /** Sent as the Accept header. */
  readonly accept: string
  /** Looks at the answer without reading all of it. May throw Fault when it cannot be an answer at all. */
  judge(answer: Answer): Verdict
  /** Only called for a success. Throws Fault. */
  read(answer: Answer): Output
  /** The body as text without its secrets, for showing it as it came; absent = it has none. */
  conceal?(answer: Answer): string
}

/**
 * A result code can stand alone in the body (manual 003). At most three digits: longer digit strings are ids.
 * Without a body, or with any other body, the HTTP status is the code.
 */
export function bodyCode(answer: Answer): number | null {
  return answer.bytes.length > 0 && answer.bytes.length < 16 && /^\d{1,3}$/.test(answer.text)
    ? Number(answer.text)
    : null
}

export const is2xx = (code: number): boolean => code >= 200 && code < 300

/** A failed status is not undone by its body; a failure in the body says more than any status. */
function resultOf(answer: Answer): number {
  const own = bodyCode(answer)
  return own === null || (is2xx(own) && !is2xx(answer.status)) ? answer.status : own
}

/** By the HTTP status alone. */
export function statusVerdict(answer: Answer): Verdict {
  return { ok: is2xx(answer.status), code: String(answer.status), byStatus: true }
}

/** A web page is never an answer, whatever its status and Content-Type claim. */
export function refuseWebPage(answer: Answer): void {
  if (isWebPage(answer.text)) throw new Fault('unexpected-response', 'html-page', { status: answer.status })
}

/** A lone failure code instead of a document; any other number is left to the reader. */
function loneFailure(answer: Answer): Verdict {
  const code = is2xx(answer.status) ? bodyCode(answer) : null
  return code !== null && code >= 300 ? { ok: false, code: String(code) } : statusVerdict(answer)
}

/** JSON by a schema that is tolerant of unknown fields and strict about used ones (see tolerant.ts). */
export function json<Schema extends z.ZodType>(schema: Schema): ResponseKind<z.output<Schema>> {
  return {
    kind: 'json',
    accept: 'application/json, */*;q=0.5',
    judge: loneFailure,
    read: (answer) => readBy(schema, answer.document, answer),
  }
}

/** Check a part of an answer by its schema. Throws Fault missing-field or wrong-field with the path below `at`. */
export function readBy<Schema extends z.ZodType>(
  schema: Schema,
  document: unknown,
  answer: Answer,
  at: readonly PropertyKey[] = [],
): z.output<Schema> {
  const result = readTolerantly(schema, document)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path ?? []
  const reason = valueAt(document, path) === undefined ? 'missing-field' : 'wrong-field'
  throw new Fault('unexpected-response', reason, { status: answer.status, field: fieldPath([...at, ...path]) })
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
    judge(answer) {
      const code = resultOf(answer)
      return { ok: success ? success.includes(code) : is2xx(code), code: String(code) }
    },
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
    judge: statusVerdict,
    read(answer) {
      refuseWebPage(answer)
      return answer.text
    },
  }
}

/** `state=1;satisfact=8`: free keys, text values. A lone code instead is a refusal. Manual 003 §3, §18. */
export function pairs(): ResponseKind<Record<string, string>> {
  return {
    kind: 'pairs',
    accept: '*/*',
    judge: loneFailure,
    read(answer) {
      refuseWebPage(answer)
      if (answer.text === '') throw new Fault('unexpected-response', 'empty', { status: answer.status })
      const found = splitPairs(answer.text, ';')
      if (!found) throw new Fault('unexpected-response', 'not-pairs', { status: answer.status })
      return found
    },
  }
}

/** `a=1;b=2`, split at the first `=` of each part; null when a part has none. */
export function splitPairs(text: string, separator: string): Record<string, string> | null {
  const parts = text.split(separator).filter((part) => part.trim() !== '')
  const entries = parts.map((part) => {
    const at = part.indexOf('=')
    return at > 0 ? ([part.slice(0, at).trim(), part.slice(at + 1).trim()] as const) : null
  })
  return entries.length > 0 && entries.every((entry) => entry !== null) ? Object.fromEntries(entries) : null
}

/** A file. */
export interface Download {
  bytes: number
  /** Lower-case hex. */
  sha256: string
  contentType: string | null
  /** The file; null when it was streamed to the caller's sink. */
  data: Buffer | null
}

/** Bytes. A document (JSON, XML, a web page) or a lone code in their place is a refusal; `refused` reads what it says. */
export function binary(refused: (answer: Answer) => Verdict = loneFailure): ResponseKind<Download> {
  return {
    kind: 'binary',
    accept: '*/*',
    judge: (answer) => (answer.streamed && is2xx(answer.status) ? { ok: true, code: null } : refused(answer)),
    read(answer) {
      const { streamed, contentType, status } = answer
      if (streamed) return { ...streamed, contentType, data: null }
      refuseWebPage(answer)
      if (answer.bytes.length === 0) throw new Fault('unexpected-response', 'empty', { status })
      if (isDocument(answer)) throw new Fault('unexpected-response', 'not-a-file', { status })
      return { bytes: answer.bytes.length, sha256: sha256(answer.bytes), contentType, data: answer.bytes }
    },
  }
}

/** JSON or XML, by what it says it is and by how it begins. */
function isDocument({ bytes, contentType }: Answer): boolean {
  const start = /^\s*(\{|<\?xml\b)/.exec(bytes.toString('latin1', 0, 64))?.[1]
  return start !== undefined || /^\s*(application|text)\/([\w.-]+\+)?(json|xml)\b/i.test(contentType ?? '')
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

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
