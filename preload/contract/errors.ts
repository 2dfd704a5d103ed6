import { z } from 'zod'
import { errorCodes } from './error-codes.ts'

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
