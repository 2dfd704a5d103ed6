import { useTranslation } from 'react-i18next'
import type { ErrorDetails, OperationInfo } from '../../../preload/contract/index.ts'
import { useErrorSentence, useReasonText } from '../../i18n/index.ts'
import { Details, Icon } from '../../ui/index.ts'
import styles from './answer.module.css'
import { refusedValue } from './field-values.ts'
import { useOperationWords } from './use-operations.ts'

/** It did not work: our sentence and what to do, what the manual says about the vendor's code, and the other side's own words. */
export function Failure({ info, error }: { info: OperationInfo; error: unknown }) {
  const { t } = useTranslation('operations')
  const words = useOperationWords()
  const reasonText = useReasonText()
  const explained = useErrorSentence()(error, 'operation')
  const details = detailsOf(error)
  const meaning = details.explained && words.meaning(details.explained)
  const refused = refusedValue(info.fields, codeOf(error), details)
  const sentence = refused
    ? t('notRight', { field: words.text(refused.field), why: reasonText(refused.reason) })
    : explained.sentence
  return (
    <div className={styles.failure} role="alert" data-testid="operation-failure">
      <Icon name="warn" />
      <div className="grow">
        <p>
          <b>{sentence}</b>
        </p>
        {meaning && (
          <p data-testid="failure-explained">
            <span className="muted">{t('manualSays')}</span> {meaning}
          </p>
        )}
        {(details.vendorCode || details.vendorText) && (
          <p data-testid="failure-vendor">
            <span className="muted">{t('otherSideSays')}</span>{' '}
            <code className="mono" translate="no">
              {[details.vendorCode, details.vendorText].filter(Boolean).join(' ')}
            </code>
          </p>
        )}
        <Details explained={explained} />
      </div>
    </div>
  )
}

const codeOf = (error: unknown) => (typeof error === 'object' && error !== null && 'code' in error ? error.code : null)

/** Of a Problem, or of a typed error of the core. */
function detailsOf(error: unknown): ErrorDetails {
  if (typeof error !== 'object' || error === null) return {}
  const found = 'details' in error ? error.details : 'data' in error ? error.data : null
  return (found ?? {}) as ErrorDetails
}
