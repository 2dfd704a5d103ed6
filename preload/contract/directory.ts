import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorMap } from './errors.ts'
import { NumberLabel, Opportunity, OpportunityDraft, PersonDraft, PersonField } from './person.ts'

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
  /** Which of somebody's numbers, where they have several. */
  label: NumberLabel.optional(),
  /** Whose it is in the directory. */
  person: z.number().int().optional(),
  /** Ranges of `name` that matched, for highlighting: [start, end). */
  match: z.array(z.tuple([z.number(), z.number()])),
})
export type SearchHit = z.infer<typeof SearchHit>

export const PersonInput = z.object({
  number: z.string().min(2).max(60),
  name: z.string().trim().min(1).max(60),
  company: z.string().trim().max(100).default(''),
})

/** A number as the page shows it. */
export const PersonNumber = z.object({
  /** As it was written. */
  number: z.string(),
  canonical: z.string(),
  display: z.string(),
  /** Extension behind it, keyed in by hand. */
  suffix: z.string().nullable(),
  home: z.string().nullable(),
  label: NumberLabel,
})
export type PersonNumber = z.infer<typeof PersonNumber>

/** Somebody in the directory, whole. Times are epoch ms. */
export const Person = z.object({
  id: z.number().int(),
  name: z.string(),
  company: z.string().nullable(),
  group: z.string().nullable(),
  owner: z.string().nullable(),
  /** Name of the colleague on the board. */
  ownerName: z.string().nullable(),
  qq: z.string().nullable(),
  note: z.string(),
  numbers: z.array(PersonNumber),
  fields: z.array(PersonField),
  opportunities: z.array(Opportunity),
  /** Connection whose PBX knows them too. */
  pbx: z.object({ connection: z.string(), at: z.number() }).nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Goes with an edit: it is refused when somebody else was quicker. */
  revision: z.number().int(),
})
export type Person = z.infer<typeof Person>

/** `learned` = a name from a call log that nobody entered. */
export const DirectoryKind = z.enum(['colleague', 'person', 'learned'])
export type DirectoryKind = z.infer<typeof DirectoryKind>

/** A row of the list. */
export const DirectoryRow = z.object({
  /** Stable: kind and id or number. */
  key: z.string(),
  kind: DirectoryKind,
  /** Of a person. */
  id: z.number().int().nullable(),
  name: z.string(),
  company: z.string().nullable(),
  group: z.string().nullable(),
  number: z.string().nullable(),
  display: z.string().nullable(),
  /** How many numbers there are. */
  numbers: z.number().int(),
  openOpportunities: z.number().int(),
  /** Ranges of `name` that matched: [start, end). */
  match: z.array(z.tuple([z.number(), z.number()])),
})
export type DirectoryRow = z.infer<typeof DirectoryRow>

export const DirectoryPage = z.object({
  rows: z.array(DirectoryRow),
  /** All that fit; a text that fits very many is shown as far as `reach`. */
  total: z.number().int(),
  reach: z.number().int(),
  /** Without a text: how many of each kind there are. */
  counts: z.object({ colleague: z.number(), person: z.number(), learned: z.number() }).nullable(),
})
export type DirectoryPage = z.infer<typeof DirectoryPage>

/** What the directory is at; pages ask again when `version` grew. */
export interface DirectorySnapshot {
  version: number
  /** A PBX that takes customers is configured. */
  canAddToPbx: boolean
}

/** People who may be one. */
export const DuplicateSet = z.object({
  reason: z.enum(['number', 'name']),
  /** The number as it is shown, or the name. */
  value: z.string(),
  people: z.array(DirectoryRow),
})
export type DuplicateSet = z.infer<typeof DuplicateSet>

/** `change` takes it back again, for 30 days. */
export const SavedPerson = z.object({ id: z.number().int(), change: z.string() })
export type SavedPerson = z.infer<typeof SavedPerson>

export const UndoneChange = z.object({
  undone: z.number().int(),
  /** Left as they are, because somebody edited them since. */
  kept: z.number().int(),
})

const personId = z.number().int().positive()
const version = z.object({ id: personId, revision: z.number().int() })

export const directory = {
  /** The list: colleagues, people by pinyin, names from logs; with a text, the best fits first. */
  list: oc
    .errors(errorMap)
    .input(
      z.object({
        kind: z.enum(['all', 'colleague', 'person', 'learned']).default('all'),
        group: z.string().max(40).nullable().default(null),
        text: z.string().max(100).default(''),
        offset: z.number().int().min(0).max(10_000_000).default(0),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    )
    .output(DirectoryPage),
  get: oc
    .errors(errorMap)
    .input(z.object({ id: personId }))
    .output(Person),
  /** Who has this number, in any spelling; most are nobody or one. */
  withNumber: oc
    .errors(errorMap)
    .input(z.object({ number: z.string().max(60) }))
    .output(z.array(z.number().int())),
  /** Create, or replace as a whole. Errors: bad-request (field at fault), not-found, conflict (edited meanwhile). */
  put: oc
    .errors(errorMap)
    .input(z.object({ person: PersonDraft, over: version.nullable().default(null) }))
    .output(SavedPerson),
  /** Put an opportunity down, or change one. */
  putOpportunity: oc
    .errors(errorMap)
    .input(z.object({ over: version, opportunity: OpportunityDraft }))
    .output(SavedPerson),
  remove: oc
    .errors(errorMap)
    .input(z.object({ id: personId }))
    .output(SavedPerson),
  /** Take back a save, removal or merge. */
  undo: oc
    .errors(errorMap)
    .input(z.object({ change: z.string().min(1).max(100) }))
    .output(UndoneChange),
  groups: oc.errors(errorMap).output(z.array(z.string())),
  duplicates: oc.errors(errorMap).output(z.array(DuplicateSet)),
  /** What two people would be as one; `kept` wins where both say something. Nothing is written. */
  previewMerge: oc
    .errors(errorMap)
    .input(z.object({ kept: personId, gone: personId }))
    .output(z.object({ merged: Person, gone: Person })),
  merge: oc
    .errors(errorMap)
    .input(z.object({ kept: version, gone: version }))
    .output(SavedPerson),
  /** Create them in the PBX as well. Never repeated by itself. Errors: + conflict (it knows one of the numbers). */
  addToPbx: oc
    .errors(errorMap)
    .input(z.object({ id: personId }))
    .output(Person),
  /** Name, pinyin (full or initials), number or extension; several words narrow. Empty text = recent numbers. `only`: nothing else. */
  search: oc
    .errors(errorMap)
    .input(
      z.object({
        text: z.string().max(100),
        limit: z.number().int().min(1).max(1000).default(12),
        only: z.literal('extension').optional(),
      }),
    )
    .output(z.array(SearchHit)),
  /** Create or rename the person behind a number. */
  save: oc
    .errors(errorMap)
    .input(PersonInput)
    .output(z.object({ id: z.number().int() })),
}
