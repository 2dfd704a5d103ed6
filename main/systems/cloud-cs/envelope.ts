import { z } from 'zod'
import { mask } from '../kit/auth.ts'
import { Fault } from '../kit/fault.ts'
import { isWebPage } from '../kit/json.ts'
import {
  type Answer,
  binary,
  type Download,
  is2xx,
  type ResponseKind,
  readBy,
  statusVerdict,
  type Verdict,
} from '../kit/response.ts'
import { wireInteger, wireRecord, wireText } from '../kit/tolerant.ts'
import { refusedWithoutCode } from './errors.ts'
import { readXml } from './xml.ts'

/** `{data, code, message, success}`, or `{error, error_description}` when a token is refused. Manual 004 §5.3, §6.1.1.4. */
const Envelope = wireRecord({
  success: wireText.optional(),
  code: wireText.optional(),
  message: wireText.optional(),
  error: wireText.optional(),
  error_description: wireText.optional(),
  data: z.unknown(),
})

/** OAuth's codes are words like `invalid_token`; other servers put a sentence into a field of the same name. */
const oauthWord = /^[a-z]+(_[a-z]+)*$/

const accept = 'application/json;charset=utf-8'

const isXml = ({ text }: Answer) => text.startsWith('<') && !isWebPage(text)

const documents = new WeakMap<Answer, unknown>()

/** The answer as JSON, whichever of the two formats it came in. Throws Fault. */
function documentOf(answer: Answer): unknown {
  if (!isXml(answer)) return answer.document
  if (!documents.has(answer)) documents.set(answer, readXml(answer))
  return documents.get(answer)
}

const envelopeOf = (answer: Answer) => readBy(Envelope, documentOf(answer), answer)

/** Success = `success` true and `code` 0 or absent; two samples have no code. */
function judge(answer: Answer): Verdict {
  return is2xx(answer.status) ? verdictOf(answer) : failedVerdict(answer)
}

/** A failed status with the usual envelope says more than the status alone. */
function failedVerdict(answer: Answer): Verdict {
  try {
    return verdictOf(answer)
  } catch (thrown) {
    if (thrown instanceof Fault) return statusVerdict(answer) // a proxy's page, or nothing
    throw thrown
  }
}

function verdictOf(answer: Answer): Verdict {
  const { success, code = '', message = '', error = '', error_description = '' } = envelopeOf(answer)
  const { status } = answer
  const text = message || error_description
  if (oauthWord.test(error) && success === undefined)
    return { ok: false, code: error, text: error_description || message }
  const hasFailed = code !== '' && code !== '0'
  // 401 decides about the token, so it is not hidden behind the platform's own code.
  if (!is2xx(status)) return { ok: false, code: hasFailed && status !== 401 ? code : String(status), text }
  if (hasFailed) return { ok: false, code, text }
  if (success === undefined) throw new Fault('unexpected-response', 'missing-field', { status, field: 'success' })
  if (/^(true|1)$/i.test(success)) return { ok: true, code: code || null }
  return { ok: false, code: refusedWithoutCode, text }
}

/** Employees come with their mail passwords (manual 004 §6.2.1.1): the text as it came is shown without them. */
function conceal({ text }: Answer): string {
  return text
    .replace(/("emailPwd"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[^\s,}\]]+)/gi, `$1"${mask}"`)
    .replace(/(<emailPwd\b[^<>]*>)[\s\S]*?(?=<\/emailPwd|$)/gi, `$1${mask}`)
}

/** What stands under `data`. */
export function data<Schema extends z.ZodType>(schema: Schema): ResponseKind<z.output<Schema>> {
  return {
    kind: 'json',
    accept,
    judge,
    read(answer) {
      const { data: found } = envelopeOf(answer)
      // In XML an empty list is no element at all.
      return readBy(schema, found === undefined && isXml(answer) ? '' : found, answer, ['data'])
    },
    conceal,
  }
}

/** The same, and null when there is nothing: the only answer that the manual shows for one project is `{}` (§6.3.1.3). */
export function dataOrNothing<Schema extends z.ZodType>(schema: Schema): ResponseKind<z.output<Schema> | null> {
  const whole = data(schema)
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0
  const saysNothing = (answer: Answer) => is2xx(answer.status) && isEmpty(documentOf(answer))
  return {
    ...whole,
    judge: (answer) => (saysNothing(answer) ? { ok: true, code: null } : judge(answer)),
    read(answer) {
      if (saysNothing(answer)) return null
      const found = envelopeOf(answer).data
      return found === undefined || found === null || found === '' || isEmpty(found) ? null : whole.read(answer)
    },
  }
}

/** The answer to a command: the envelope itself, `data` included where there is any. */
const Done = wireRecord({
  success: z.unknown().transform(() => true as const),
  code: wireInteger.optional(),
  message: wireText.optional(),
})

export const done: ResponseKind<z.output<typeof Done>> = {
  kind: 'json',
  accept,
  judge,
  read: (answer) => readBy(Done, documentOf(answer), answer),
}

/** Bytes. A JSON or XML answer of the platform in their place is a refusal, whatever its Content-Type says. */
export const file: ResponseKind<Download> = binary((answer) => {
  if (!is2xx(answer.status)) return failedVerdict(answer)
  const type = answer.contentType ?? ''
  const isDeclared = /\b(json|xml)\b/i.test(type) && !/officedocument|opendocument/i.test(type)
  const start = answer.bytes.toString('latin1', 0, 64).trimStart()
  if (!isDeclared && !/^(\{|<\?xml|<result)/i.test(start)) return { ok: true, code: null }
  try {
    const verdict = verdictOf(answer)
    return verdict.ok ? { ok: false, code: String(answer.status), text: envelopeOf(answer).message } : verdict
  } catch (thrown) {
    // A text or spreadsheet that begins like a document, and says nothing about success, is the file that was asked for.
    if (thrown instanceof Fault && !isDeclared) return { ok: true, code: null }
    throw thrown
  }
})
