import { z } from 'zod'

/**
 * The only error codes of the product. Every vendor code, HTTP status and socket failure is mapped to one of these
 * (main/core/errors.ts); the page turns a code into a sentence that says what to do (resources/locales, `errors.*`).
 */
export const errorCodes = [
  'unreachable', // no TCP connection: refused, no route, name not found
  'timeout', // connected, but the answer did not come in time
  'auth-failed', // the other side wants a (different) password
  'forbidden', // known to the other side, but not allowed
  'not-found', // no such extension, call, record
  'offline', // the extension exists but is not reachable now
  'busy', // the extension is on the phone or set busy
  'no-call', // there is no call that this could apply to
  'conflict', // already exists, or more than one matches
  'rate-limited', // asked to slow down
  'bad-request', // what we sent was refused, or a field of it is wrong
  'unexpected-response', // an answer that the vendor's document does not allow
  'server-error', // the other side failed
  'cancelled', // stopped by the user
  'unavailable', // no connection offers this, or it is not configured
  'storage-failed', // the local database could not read or write
] as const

export const ErrorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof ErrorCode>

/** What stands under "details". Never holds secrets, and numbers only where the user typed them. */
export const ErrorDetails = z.object({
  /** Operation id, e.g. `telcrm.click-to-transfer`. */
  operation: z.string().optional(),
  /** Connection id from settings. */
  connection: z.string().optional(),
  /** HTTP status, where there was one. */
  status: z.number().int().optional(),
  /** The vendor's own code and text. */
  vendorCode: z.string().optional(),
  vendorText: z.string().optional(),
  /** What the vendor's manual says about that code, in both languages. */
  explained: z.object({ zh: z.string(), en: z.string() }).optional(),
  /** The field at fault: a settings path, a parameter or a response path. */
  field: z.string().optional(),
  /** The other side asked to be left alone for so long; at most a minute. */
  retryAfterMs: z.number().optional(),
  /** One plain technical sentence in English. */
  reason: z.string().optional(),
})
export type ErrorDetails = z.infer<typeof ErrorDetails>

export const Problem = z.object({ code: ErrorCode, details: ErrorDetails })
/** An error as data: inside a snapshot or a result. */
export type Problem = z.infer<typeof Problem>

/** Declared on every procedure: a failure arrives typed, with its details. */
export const errorMap = Object.fromEntries(errorCodes.map((code) => [code, { data: ErrorDetails }])) as {
  [Code in ErrorCode]: { data: typeof ErrorDetails }
}
