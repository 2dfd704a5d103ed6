import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../../preload/contract/index.ts'
import { useErrorSentence } from '../../../i18n/index.ts'
import { Details } from '../../../ui/index.ts'
import styles from '../settings.module.css'

/** What a connection said when it was checked: how fast, or what is wrong and what to do. */
export function CheckResult({
  result,
}: {
  result: { ok: true; latencyMs: number } | { ok: false; problem: Problem | null }
}) {
  const { t, i18n } = useTranslation('settings')
  const explain = useErrorSentence()
  if (result.ok) {
    return (
      <p className={`${styles.testResult} ${styles.good}`} data-testid="check-ok">
        {t('connections.checkOk', { latency: result.latencyMs })}
      </p>
    )
  }
  const explained = explain(result.problem, 'operation')
  const meaning = result.problem?.details.explained
  return (
    <div className={`${styles.testResult} ${styles.error}`} role="alert" data-testid="check-failed">
      {explained.sentence} {meaning && <span>{i18n.language === 'en' ? meaning.en : meaning.zh}</span>}
      <Details explained={explained} />
    </div>
  )
}
