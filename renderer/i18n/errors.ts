import { ORPCError } from '@orpc/client'
import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { errorCodes } from '../../preload/contract/error-codes.ts'
import type { ErrorCode, ErrorDetails } from '../../preload/contract/errors.ts'
import { explainReason } from './reasons.ts'

/** Reasons of the core for which some operations have a sentence of their own: `errors:<operation>.<key>`. */
const ownSentences: Record<string, string> = { 'this is your own extension': 'own-extension' }

/** What the user reads, and the technical lines that stand folded under "详情". */
export interface Explained {
  sentence: string
  details: string | null
}

interface Failure {
  code: ErrorCode | 'link-lost' | 'page-error'
  details: ErrorDetails
}

/** Any caught value or Problem as code and details. */
function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError || (typeof error === 'object' && error !== null && 'code' in error)) {
    const known = errorCodes.find((code) => code === error.code)
    const details = detailsOf(error instanceof ORPCError ? error.data : 'details' in error ? error.details : {})
    if (known) return { code: known, details }
    if (error.code === 'BAD_REQUEST') return { code: 'bad-request', details }
    return { code: 'server-error', details: { reason: String(error.code) } }
  }
  if (error instanceof Error && (error.name === 'LinkLostError' || error.name === 'AbortError'))
    return { code: 'link-lost', details: {} }
  return { code: 'page-error', details: { reason: error instanceof Error ? error.message : String(error) } }
}

const words = ['operation', 'connection', 'vendorCode', 'vendorText', 'field', 'reason'] as const

/** What the sentence and its details need, by hand: the schema would bring all of zod to the first paint. */
function detailsOf(data: unknown): ErrorDetails {
  if (typeof data !== 'object' || data === null) return {}
  const given = new Map<string, unknown>(Object.entries(data))
  const texts = words.flatMap((word) => {
    const text = given.get(word)
    return typeof text === 'string' ? [[word, text] as const] : []
  })
  const status = given.get('status')
  return { ...Object.fromEntries(texts), ...(typeof status === 'number' && { status }) }
}

function detailLines(failure: Failure): string | null {
  const { operation, connection, status, vendorCode, vendorText, field, reason } = failure.details
  const parts = [
    failure.code,
    operation,
    connection && `connection ${connection}`,
    status !== undefined && `HTTP ${status}`,
  ]
  const vendor = [vendorCode, vendorText].filter(Boolean).join(' ')
  parts.push(vendor && `“${vendor}”`, field && `field ${field}`, reason)
  const known = parts.filter(Boolean)
  return known.length > 1 ? known.join(' · ') : null
}

/**
 * One sentence for an error: what happened and what to do. `operation` is the area of the sentence where it differs
 * (`transfer`, `dial`, `hangup`, `presence`, `save`, `settings` …): `errors:<operation>.<code>`, else `errors:<code>`.
 * A reason that some operations have their own sentence for: `errors:<operation>.reason.<reason>`.
 * A known reason of a wrong field stands in the sentence: `errors:<operation>.<code>-why`.
 * Without one, a known reason says more than its code: `errors:reason.<reason>`.
 */
export function explainError(t: TFunction, error: unknown, operation?: string): Explained {
  const failure = failureOf(error)
  // Keys are made at run time here, so the typed form cannot check them; the locale test checks that every code has one.
  const say = t as unknown as (keys: string[], options: Record<string, unknown>) => string
  const { reason = '' } = failure.details
  const general = /^[a-z-]+$/.test(reason)
    ? [`errors:reason.${reason}`, `errors:${failure.code}`]
    : [`errors:${failure.code}`]
  const own = ownSentences[reason]
  const why = explainReason(t, reason)
  const keys = operation
    ? [
        ...(own ? [`errors:${operation}.${own}`] : []),
        ...(/^[a-z-]+$/.test(reason) ? [`errors:${operation}.reason.${reason}`] : []),
        ...(why === null ? [] : [`errors:${operation}.${failure.code}-why`]),
        `errors:${operation}.${failure.code}`,
        `errors:${failure.code}`,
      ]
    : general
  const sentence = say(keys, { field: failure.details.field ?? '', why: why ?? '' })
  return { sentence, details: detailLines(failure) }
}

export function useErrorSentence(): (error: unknown, operation?: string) => Explained {
  const { t } = useTranslation()
  return useCallback((error, operation) => explainError(t as unknown as TFunction, error, operation), [t])
}
