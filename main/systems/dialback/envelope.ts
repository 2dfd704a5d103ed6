import type { z } from 'zod'
import { Fault } from '../kit/fault.ts'
import { type Answer, is2xx, type ResponseKind, readBy, statusVerdict, type Verdict } from '../kit/response.ts'
import { wireRecord, wireText } from '../kit/tolerant.ts'
import { meaningOf } from './errors.ts'

const Envelope = wireRecord({ meta: wireRecord({ success: wireText, message: wireText.optional() }) })

/**
 * `{"meta":{"success","message"},"data"}`: `data` by its schema. Success is what `meta.success` says; a refusal has words and
 * no code (see errors.ts). Manual 001.
 */
export function enveloped<Schema extends z.ZodType>(schema: Schema): ResponseKind<z.output<Schema>> {
  return {
    kind: 'json',
    accept: 'application/json, */*;q=0.5',
    judge(answer) {
      if (!is2xx(answer.status)) return refusedByStatus(answer)
      const { meta } = readBy(Envelope, answer.document, answer)
      return /^(true|1)$/i.test(meta.success) ? { ok: true, code: null } : inWords(meta.message ?? '')
    },
    read(answer) {
      const data = (answer.document as Record<string, unknown>).data
      return readBy(schema, data, answer, ['data'])
    },
  }
}

const inWords = (text: string): Verdict => ({ ok: false, code: null, text, core: meaningOf(text) })

/** An HTTP error may still bring the envelope along, with better words than the status has. */
function refusedByStatus(answer: Answer): Verdict {
  const byStatus = statusVerdict(answer)
  try {
    const { message } = readBy(Envelope, answer.document, answer).meta
    return message ? { ...byStatus, text: message } : byStatus
  } catch (thrown) {
    if (thrown instanceof Fault) return byStatus
    throw thrown
  }
}
