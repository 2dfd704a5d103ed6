import type { Problem, Settings } from '../../preload/contract/index.ts'
import errorsEn from '../../resources/locales/en/errors.json' with { type: 'json' }
import errorsZh from '../../resources/locales/zh-CN/errors.json' with { type: 'json' }

type Sentences = Partial<Record<string, string>>

/**
 * The page's sentence for a problem: what happened and what to do. A known reason says more than its code. `system`: whose
 * answer it was; only the PBX is called the PBX.
 */
export function sentenceFor(locale: Settings['locale'], { code, details }: Problem, system: string): string {
  const sentences = locale === 'en' ? errorsEn : errorsZh
  const { reason: pbxReasons } = sentences
  const { reason: reasons, ...codes } = sentences.operation
  const { reason = '' } = details
  const ofPbx = system === 'telcrm' ? (pbxReasons as Sentences)[reason] : undefined
  return ofPbx ?? (reasons as Sentences)[reason] ?? (codes as Sentences)[code] ?? sentences[code]
}

/** The same of an import: a file has reasons of its own. */
export function importSentence(locale: Settings['locale'], problem: Problem): string {
  const sentences = locale === 'en' ? errorsEn : errorsZh
  const { reason = '' } = problem.details
  return (sentences.import.reason as Sentences)[reason] ?? sentenceFor(locale, problem, 'telcrm')
}

/** The field and the technical reason behind it, in English; null when there is none. */
export function technicalPart({ details: { field, reason, vendorCode, vendorText } }: Problem): string | null {
  const vendor = [vendorCode, vendorText].filter(Boolean).join(' ')
  const known = [field, reason, vendor && `the other side says: ${vendor}`].filter(Boolean)
  return known.length > 0 ? known.join(': ') : null
}
