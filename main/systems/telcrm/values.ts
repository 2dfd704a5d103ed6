import { z } from 'zod'
import { says } from '../kit/params.ts'

/** Extension number of the PBX. */
export const extensionNumber = z.string().regex(/^[0-9A-Za-z*#]{1,20}$/, 'must be an extension number')

/** Telephone number as the PBX dials it. */
export const dialledNumber = z.string().regex(/^\+?[0-9*#]{1,40}$/, 'must be a telephone number of digits only')

/** The other party as the PBX shows it: mostly digits, sometimes a word or a masked number. */
export const shownNumber = z.string().trim().min(1, 'must not be empty').max(60)

/** Day in the PBX's time zone, UTC+8. */
export const day = z.iso.date('must be a day as yyyy-MM-dd')

/** A name that we give a job, to ask for it later. */
export const jobName = z.string().trim().min(1, 'must not be empty').max(100)

/** Number of something that is configured on the PBX. */
export const recordNumber = z.number().int().min(1)

/** Call id as it stands in screen pops, or percent-encoded as in the call log; leaves us encoded exactly once. */
export const callId = says(
  z.string().trim().min(1, 'must not be empty').max(200).transform(plainCallId),
  'Call id, from a screen pop or a row of the call log',
  '通话编号，来自来电弹屏（id）或呼叫日志（callid）',
)

/** `%40` and `%2540` are both `@`: encoding an id again would make it another one. */
export function plainCallId(written: string): string {
  try {
    const decoded = decodeURIComponent(written)
    return decoded === written ? written : plainCallId(decoded)
  } catch {
    return written // a lone % is part of the id
  }
}

/** A path on the PBX's own disk, as its lists give it. */
export const serverPath = z.string().trim().min(1, 'must not be empty').max(500)

/** An optional text of which nothing is sent when it is empty, as the box of a form may be. */
export function filledOrAbsent<Schema extends z.ZodType>(schema: Schema): z.ZodOptional<Schema> {
  const read = z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
  return read as unknown as z.ZodOptional<Schema>
}
