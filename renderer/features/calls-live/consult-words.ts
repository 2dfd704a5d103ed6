import { useTranslation } from 'react-i18next'
import type { Consult } from '../../../preload/contract/conversation.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { usePartyWords } from './use-party-words.ts'

/** An outside line that is up need not mean that somebody answered (manual 003 §11): it has a word of its own. */
export function thirdKey({ third, target }: Consult): Consult['third'] | 'answeredLine' {
  return third === 'answered' && target !== null && target.source !== 'extension' ? 'answeredLine' : third
}

/** Answers that say for sure that nothing was done, and why. Of the others the card says what it found out itself. */
const saysWhy = new Set(['no-call', 'bad-request', 'unreachable', 'not-found', 'forbidden', 'unavailable'])

/** What is going on, in one sentence. */
export function useConsultWords(consult: Consult): { sentence: string; failed: boolean } {
  const { t } = useTranslation('conversation')
  const explain = useErrorSentence()
  const words = usePartyWords()
  const target = consult.target ? words.who(consult.target) : t('unknownTarget')
  const { phase, command, trouble } = consult
  if (phase === 'starting' && command === null) return { sentence: t('hint.starting', { target }), failed: false }
  if (phase === 'checking') return { sentence: t('hint.checking'), failed: false }
  if ((phase === 'starting' || phase === 'sending') && command)
    return { sentence: t(`hint.sending.${command}`), failed: false }
  if (trouble) {
    const { what, done, problem } = trouble
    if (what === 'start') return { sentence: t('trouble.start'), failed: true }
    if (done === 'unknown') return { sentence: t(`trouble.unknown.${what}`), failed: true }
    if (saysWhy.has(problem.code)) return { sentence: explain(problem, 'finish').sentence, failed: true }
    return { sentence: t(`trouble.${what}`), failed: true }
  }
  if (consult.third === 'unknown' && consult.target === null) return { sentence: t('hint.recovered'), failed: false }
  return { sentence: t(`hint.${thirdKey(consult)}`, { target }), failed: false }
}
