import { z } from 'zod'
import { CoreError } from '../../core/errors.ts'
import { epochOf } from '../kit/wall-time.ts'
import { dialbackNumber } from './numbers.ts'

/** Who the customer is; the manual's samples carry blanks around it. */
export const userData = z.string().trim().min(1, 'must not be empty').max(200)

/** `PP7568032251` */
export const seat = z.string().trim().min(1, 'must not be empty').max(60)

/** A telephone number as people type it, sent as `+86…`. */
export const dialledNumber = z
  .string()
  .max(100)
  .transform((text, context) => {
    try {
      return dialbackNumber(text)
    } catch (thrown) {
      if (!(thrown instanceof CoreError)) throw thrown
      context.issues.push({ code: 'custom', message: thrown.details.reason ?? 'not a telephone number', input: text })
      return z.NEVER
    }
  })

/** `yyyy-MM-dd HH:mm:ss` in the system's time zone. */
export const dateTime = z
  .string()
  .trim()
  .refine((text) => epochOf(text, '+00:00') !== null, 'must be a time as yyyy-MM-dd HH:mm:ss')
