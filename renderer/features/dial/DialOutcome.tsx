import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DialResult } from '../../../preload/contract/control.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { Button, Details, Icon } from '../../ui/index.ts'
import styles from './DialForm.module.css'
import { useDialSentence } from './use-dial.ts'

const doneMs = 12_000

/** The strip above the dial field: what the PBX does now, or why it does not. */
export function DialOutcome({
  result,
  error,
  onDone,
}: {
  result: DialResult | null
  error: unknown
  onDone: () => void
}) {
  const { t } = useTranslation('common')
  const sentence = useDialSentence()
  const explain = useErrorSentence()
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!result || held) return
    const timer = setTimeout(onDone, doneMs)
    return () => clearTimeout(timer)
  }, [result, held, onDone])

  if (!result && !error) return null
  const explained = error ? explain(error, 'dial') : null
  return (
    <div
      className={`${styles.outcome} ${explained ? styles.failed : ''}`}
      role={explained ? 'alert' : 'status'}
      data-testid={explained ? 'toast-error' : 'dial-result'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon name={explained ? 'warn' : 'check'} />
      <div className="grow">
        <p>{explained ? explained.sentence : result && sentence(result)}</p>
        {explained && <Details explained={explained} />}
      </div>
      <Button small only variant="quiet" icon="close" aria-label={t('close')} onClick={onDone} />
    </div>
  )
}
