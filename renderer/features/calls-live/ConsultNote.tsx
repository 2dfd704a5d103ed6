import { useTranslation } from 'react-i18next'
import { useErrorSentence } from '../../i18n/index.ts'
import { Button, Details, Icon } from '../../ui/index.ts'
import styles from './Consult.module.css'
import { useConsultActions, useConsultOutcome } from './use-conversation.ts'
import { usePartyWords } from './use-party-words.ts'

const asWanted = new Set(['put-through', 'three-way', 'back'])

/** How the last consultation ended: the same words in every window, until somebody put them away or they are old. */
export function ConsultNote() {
  const { t } = useTranslation('conversation')
  const words = usePartyWords()
  const explain = useErrorSentence()
  const consult = useConsultOutcome()
  const { dismiss } = useConsultActions()
  if (!consult?.outcome) return null
  const good = asWanted.has(consult.outcome)
  const caller = words.who(consult.caller)
  const target = consult.target ? words.who(consult.target) : t('unknownTarget')
  return (
    <div
      className={styles.note}
      data-tone={good ? 'done' : 'caution'}
      data-testid="consult-outcome"
      data-outcome={consult.outcome}
      role={good ? 'status' : 'alert'}
    >
      <Icon name={good ? 'check' : 'warn'} size="s" />
      <div className="grow">
        <p>{t(`outcome.${consult.outcome}`, { caller, target })}</p>
        {consult.assumed && <p className="secondary">{t('assumed')}</p>}
        {consult.trouble && <Details explained={explain(consult.trouble.problem, 'consult')} />}
      </div>
      <Button
        small
        only
        variant="quiet"
        icon="close"
        aria-label={t('dismissNote')}
        onClick={() => dismiss(consult.callId)}
      />
    </div>
  )
}
