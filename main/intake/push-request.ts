import type { StoredPush } from '../core/ports/index.ts'
import { limits } from './limits.ts'
import type { Seal } from './push-seal.ts'
import { decodeTexts } from './query-bytes.ts'

/** A push as it stood in the body. */
export interface PushContent {
  seal: Seal
  kind: StoredPush['kind']
  subject: string
  /** The report, JSON in the vendor's names, without the authentication block. */
  body: string
  /** For the log, masked there. */
  callee: string
}

/** Codes of manual 002 §2, for our own answers. */
export const pushError = { authentication: 1, database: 4, parameter: 5, message: 8 } as const

/** What the platform is told: `{"result":{"error":0,"msg":""}}`. */
export const pushAnswer = (error: number, msg: string): string => JSON.stringify({ result: { error, msg } })

/** A push out of its body (latin1 text of its bytes). Manual 002 §8 and §9. */
export function readPush(body: string): PushContent | { error: number; msg: string } {
  const document = parse(decodeTexts([body]).texts[0] ?? '')
  const { authentication, notify } = isBlock(document) ? document : {}
  if (!isBlock(document)) return { error: pushError.message, msg: 'not a JSON object' }
  if (!isBlock(notify)) return { error: pushError.parameter, msg: 'notify is missing' }
  const seal = isBlock(authentication) ? authentication : {}
  const type = textOf(notify.type)
  // A review has no type of its own.
  const kind = type === '' ? 'tts-audit' : /^ttsvoicenotifybilling$/i.test(type) ? 'tts-billing' : 'other'
  return {
    seal: {
      customer: textOf(seal.customer),
      timestamp: textOf(seal.timestamp),
      seq: textOf(seal.seq),
      digest: textOf(seal.digest),
    },
    kind,
    subject: textOf(kind === 'tts-audit' ? notify.id : notify.session).slice(0, limits.fieldLength),
    body: JSON.stringify(notify),
    callee: textOf(notify.callee),
  }
}

type Block = Record<string, unknown>
const isBlock = (value: unknown): value is Block => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A scalar as text: the samples hold numbers where the tables have texts. */
const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '')

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return null // whatever it was, it is no JSON: answered as such
  }
}
