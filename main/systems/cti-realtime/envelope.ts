import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { CoreError } from '../../core/errors.ts'
import { Fault } from '../kit/fault.ts'
import {
  type Answer,
  binary,
  bodyCode,
  type Download,
  is2xx,
  type ResponseKind,
  readBy,
  refuseWebPage,
  statusVerdict,
  type Verdict,
} from '../kit/response.ts'
import { wireRecord, wireText } from '../kit/tolerant.ts'
import { readRows } from './pairs.ts'

/** A field of the answer as text, whatever the case of its name; null when it is absent, null or not a scalar. */
type Told = (name: string) => string | null

/** How an operation tells success, because `result` means something else in each. */
export interface SuccessRule {
  ok(told: Told): boolean
  /** Where the code of a refusal stands; the first that is there. Usually `result`. */
  code?: readonly string[]
}

/** The field holds one of these words. */
export const is =
  (name: string, ...words: string[]) =>
  (told: Told): boolean =>
    words.includes(told(name)?.toLowerCase() ?? '')

/** The field is there. The platform's refusals carry `description` or `msg` in its place. */
export const has =
  (name: string) =>
  (told: Told): boolean =>
    told(name) !== null || complaint(told) === undefined

const complaint = (told: Told): string | undefined => told('description') || told('msg') || undefined

/** JSON of the IVR module, judged by the operation's own rule. A refusal's words are its `description` or `msg`. */
export function ivrAnswer<Schema extends z.ZodType>(rule: SuccessRule, schema: Schema): ResponseKind<z.output<Schema>> {
  return {
    kind: 'json',
    accept: 'application/json, */*;q=0.5',
    judge(answer) {
      const http = httpVerdict(answer)
      return http.ok ? ruleVerdict(rule, answer, answer.document) : http
    },
    read: (answer) => readBy(schema, answer.document, answer),
  }
}

function ruleVerdict(rule: SuccessRule, answer: Answer, document: unknown): Verdict {
  const told = tellerOf(document)
  const places = rule.code ?? ['result']
  const code = places.map(told).find((one) => one !== null) ?? null
  // Not an object at all: the reader names it.
  if (told === silent || rule.ok(told)) return { ok: true, code }
  const text = complaint(told)
  if (code === null && text === undefined) {
    throw new Fault('unexpected-response', 'missing-field', { status: answer.status, field: places[0]! })
  }
  // The code stands in log lines: a code is a short word.
  const short = code !== null && /^\w{1,20}$/.test(code) ? code : null
  return { ok: false, code: short, ...(text === undefined ? {} : { text }) }
}

const silent: Told = () => null

function tellerOf(document: unknown): Told {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return silent
  const fields = new Map(Object.entries(document).map(([name, value]) => [name.toLowerCase(), value]))
  return (name) => {
    const value = fields.get(name.toLowerCase())
    return value === undefined || value === null || typeof value === 'object' ? null : String(value).trim()
  }
}

/** By the HTTP status; a failure code may also stand alone in the body. */
function httpVerdict(answer: Answer): Verdict {
  const code = is2xx(answer.status) ? bodyCode(answer) : null
  return code !== null && code >= 300 ? { ok: false, code: String(code) } : statusVerdict(answer)
}

/** Rows of the realtime module, one a line. Nothing at all = there is no such thing: not-found. */
export function realtimeRows<Schema extends z.ZodType>(schema: Schema): ResponseKind<z.output<Schema>[]> {
  return {
    kind: 'pairs',
    accept: '*/*',
    judge: httpVerdict,
    read: (answer) => rowsOf(answer).map((row, at, { length }) => readBy(schema, row, answer, length > 1 ? [at] : [])),
  }
}

/** One row. The printed address of two operations answers several: the first one counts. */
export function realtimeRow<Schema extends z.ZodType>(schema: Schema): ResponseKind<z.output<Schema>> {
  return {
    kind: 'pairs',
    accept: '*/*',
    judge: httpVerdict,
    read: (answer) => readBy(schema, rowsOf(answer)[0], answer),
  }
}

function rowsOf(answer: Answer): Record<string, string>[] {
  refuseWebPage(answer)
  const { status, text } = answer
  if (text === '') {
    throw new CoreError('not-found', {
      status,
      reason: 'empty',
      explained: {
        zh: '平台返回空内容：没有这个名称的配置，请检查名称',
        en: 'The platform answered nothing: it has no entry of that name. Check the name',
      },
    })
  }
  const rows = readRows(text)
  if (!rows) throw new Fault('unexpected-response', 'not-pairs', { status })
  return rows
}

const Started = wireRecord({ allModuleStarted: wireText })

/** HTTP 404 is how the platform says that modules are still loading. Fields of the document are kept. §7 */
export function startedAnswer(): ResponseKind<{ started: boolean }> {
  return {
    kind: 'json',
    accept: 'application/json, */*;q=0.5',
    judge: (answer) => (answer.status === 404 ? { ok: true, code: '404' } : httpVerdict(answer)),
    read(answer) {
      if (answer.status === 404) return { started: false }
      const document = readBy(Started, answer.document, answer)
      return { ...document, started: document.allModuleStarted.toLowerCase() === 'true' }
    },
  }
}

/** A failure is JSON with `result`, a success is any other text. §17 */
export function plainOrRefusal(rule: SuccessRule): ResponseKind<{ text: string }> {
  return {
    kind: 'text',
    accept: '*/*',
    judge(answer) {
      const http = statusVerdict(answer)
      return http.ok && answer.text.startsWith('{') ? ruleVerdict(rule, answer, answer.document) : http
    },
    read(answer) {
      refuseWebPage(answer)
      return { text: answer.text }
    },
  }
}

/**
 * JSON with the `key` field, judged by the rule; anything else, web pages too, is what a third server said and is handed
 * on as `text`. §10
 */
export function relayedOr<Schema extends z.ZodType>(
  key: string,
  rule: SuccessRule,
  schema: Schema,
): ResponseKind<z.output<Schema> | { text: string }> {
  const own = (answer: Answer): boolean => {
    if (!answer.text.startsWith('{')) return false
    try {
      return tellerOf(answer.document)(key) !== null
    } catch {
      return false // begins like JSON and is not: somebody else's text
    }
  }
  return {
    kind: 'text',
    accept: '*/*',
    judge(answer) {
      const http = statusVerdict(answer)
      return http.ok && own(answer) ? ruleVerdict(rule, answer, answer.document) : http
    },
    read: (answer) => (own(answer) ? readBy(schema, answer.document, answer) : { text: answer.text }),
  }
}

/** A file, and what it says when it is only a sentence. */
export interface FileOrText extends Download {
  text: string | null
}

/** Text that describes what was done, or the file itself: the headers tell. §25 */
export function fileOrText(): ResponseKind<FileOrText> {
  return {
    ...binary(statusVerdict),
    read(answer) {
      const { streamed, contentType, headers, status, bytes: data } = answer
      if (streamed) return { ...streamed, contentType, data: null, text: null }
      if (data.length === 0) throw new Fault('unexpected-response', 'empty', { status })
      const attached = headers['content-disposition'] !== undefined
      // Exported tables are often web pages under another name.
      if (!attached) refuseWebPage(answer)
      const plain = !attached && /^(text\/plain|application\/json|$)/i.test(contentType ?? '')
      const sha256 = createHash('sha256').update(data).digest('hex')
      return { bytes: data.length, sha256, contentType, data, text: plain ? answer.text : null }
    },
  }
}
