import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorMap } from './errors.ts'

/** One line under the search field. */
export const SearchHit = z.object({
  kind: z.enum(['extension', 'person', 'recent', 'number']),
  /** Stable within one result. */
  id: z.string(),
  name: z.string().nullable(),
  company: z.string().nullable(),
  /** What dialling it would dial. */
  number: z.string(),
  display: z.string(),
  /** For recent numbers: when, epoch ms. */
  at: z.number().nullable(),
  /** Ranges of `name` that matched, for highlighting: [start, end). */
  match: z.array(z.tuple([z.number(), z.number()])),
})
export type SearchHit = z.infer<typeof SearchHit>

export const PersonInput = z.object({
  number: z.string().min(2).max(60),
  name: z.string().trim().min(1).max(60),
  company: z.string().trim().max(100).default(''),
})

export const directory = {
  /** Name, pinyin (full or initials), number or extension; several words narrow. Empty text = recent numbers. */
  search: oc
    .errors(errorMap)
    .input(z.object({ text: z.string().max(100), limit: z.number().int().min(1).max(50).default(12) }))
    .output(z.array(SearchHit)),
  /** Create or rename the person behind a number. */
  save: oc.errors(errorMap).input(PersonInput).output(z.void()),
}
