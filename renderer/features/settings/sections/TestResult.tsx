import { useTranslation } from 'react-i18next'
import type { ConnectionTest } from '../../../../preload/contract/index.ts'
import { useErrorSentence } from '../../../i18n/index.ts'
import { Details } from '../../../ui/index.ts'
import styles from '../settings.module.css'

/** What a PBX said when it was asked: how fast and how many extensions, or what is wrong. */
export function TestResult({ result }: { result: ConnectionTest }) {
  const { t } = useTranslation('settings')
  const explain = useErrorSentence()
  if (result.ok) {
    return (
      <p className={`${styles.testResult} ${styles.good}`} data-testid="test-ok">
        {t('connections.testOk', { latency: result.latencyMs, extensions: result.extensions.length })}
      </p>
    )
  }
  const explained = explain(result.problem)
  return (
    <div className={`${styles.testResult} ${styles.error}`} role="alert" data-testid="test-failed">
      {explained.sentence}
      <Details explained={explained} />
    </div>
  )
}
