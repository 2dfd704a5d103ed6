import { z } from 'zod'

/** Extension number of the PBX. */
export const extensionNumber = z.string().regex(/^[0-9A-Za-z*#]{1,20}$/, 'must be an extension number')

/** Telephone number as the PBX dials it. */
export const dialledNumber = z.string().regex(/^\+?[0-9*#]{1,40}$/, 'must be a telephone number of digits only')

/** The other party as the PBX shows it: mostly digits, sometimes a word or a masked number. */
export const shownNumber = z.string().trim().min(1, 'must not be empty').max(60)

/** Day in the PBX's time zone, UTC+8. */
export const day = z.iso.date('must be a day as yyyy-MM-dd')
