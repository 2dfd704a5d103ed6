import { z } from 'zod'

export const ImportKind = z.enum(['contacts', 'opportunities'])
export type ImportKind = z.infer<typeof ImportKind>

/** What a column can mean. `field:<tid>` is a detail field of the PBX by the number that its own template gives. */
export const importFields = [
  'name',
  'phone',
  'mobile',
  'work',
  'home',
  'fax',
  'company',
  'group',
  'owner',
  'qq',
  'notes',
  'product',
  'comment',
  'stage',
  'amount',
  'date',
  'skip',
  'reason',
] as const
export type ImportField = (typeof importFields)[number] | `field:${number}`
export const ImportFieldText = z.custom<ImportField>(
  (value) =>
    typeof value === 'string' &&
    ((importFields as readonly string[]).includes(value) || /^field:[1-9]\d{0,5}$/.test(value)),
  'must be a field of an import',
)

export const importEncodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const
export type ImportEncoding = (typeof importEncodings)[number]
export const importDelimiters = [',', '\t', ';'] as const
export type ImportDelimiter = (typeof importDelimiters)[number]

/** How the file is read; what is left out is guessed. */
export const ImportReading = z.object({
  /** Name of the sheet; null in a text file. */
  sheet: z.string().max(200).nullable().default(null),
  encoding: z.enum(importEncodings).nullable().default(null),
  delimiter: z.enum(importDelimiters).nullable().default(null),
  hasHeader: z.boolean().nullable().default(null),
})
export type ImportReading = z.infer<typeof ImportReading>

export const KnownChoice = z.enum(['fill', 'overwrite', 'skip'])
/** A person with this number is there already: write what was empty, write everything, or leave the row out. */
export type KnownChoice = z.infer<typeof KnownChoice>

/** What somebody decided about one row: cells written anew, left out, or what to do with the person who is there. */
export const ImportFix = z.object({
  row: z.number().int().min(1),
  cells: z
    .array(z.object({ column: z.number().int().min(0).max(63), value: z.string().max(4000) }))
    .max(64)
    .default([]),
  skip: z.boolean().default(false),
  known: KnownChoice.nullable().default(null),
})
export type ImportFix = z.infer<typeof ImportFix>

export const ImportTarget = z.enum(['local', 'pbx', 'both'])
export type ImportTarget = z.infer<typeof ImportTarget>

/** What is to be done with the rows. */
export const ImportPlan = z.object({
  kind: ImportKind,
  /** One per column. */
  mapping: z.array(ImportFieldText).max(64),
  target: ImportTarget,
  /** The telephony system that gets the rows; null where only this PC does. */
  connection: z.string().max(40).nullable().default(null),
  /** Take what is suggested for every row of these groups: a zero put back, the company's name for a person's. */
  suggestions: z
    .array(z.enum(['no-name', 'bad-number']))
    .max(2)
    .default([]),
  /** For every row whose number somebody here has, unless the row says otherwise. */
  known: KnownChoice.default('fill'),
  /** Group and assistant that contacts get on the PBX; -1 = everybody's. */
  pbxGroup: z.number().int().min(1).max(1_000_000).default(1),
  pbxAssistant: z.number().int().min(-1).max(1_000_000).default(-1),
})
export type ImportPlan = z.infer<typeof ImportPlan>
