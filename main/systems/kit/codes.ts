import type { ErrorCode } from '../../../preload/contract/index.ts'
import { lookUp } from './look-up.ts'

/** What one code of a vendor means: our code for it when it is a failure, and a sentence in both languages. */
export type CodeEntry = readonly [core: ErrorCode | null, zh: string, en: string]

/** A table of codes out of a vendor's manual. */
export interface CodeTable {
  /** `system.name`, as the catalogue of protocols calls it. */
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly codes: Readonly<Record<string, CodeEntry>>
}

/** Two sentences that mean the same. */
export interface Explained {
  zh: string
  en: string
}

export function codeTable(id: string, zh: string, en: string, codes: Record<string, CodeEntry>): CodeTable {
  return { id, zh, en, codes }
}

/** What a value of a coded field means; null for a code that the manual does not list: it is shown as it is. */
export function explainCode(table: CodeTable, value: unknown): Explained | null {
  const entry = typeof value === 'object' ? undefined : lookUp(table.codes, String(value).trim())
  return entry ? { zh: entry[1], en: entry[2] } : null
}
