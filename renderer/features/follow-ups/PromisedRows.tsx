import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, useNow } from '../../ui/index.ts'
import { isDialable } from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import { dueGroupOf } from './follow-up-groups.ts'
import styles from './follow-ups.module.css'

/** The next promises, one line each, for the foot of the desk. */
export function PromisedRows({ shown }: { shown: number }) {
  const followUps = useSnapshot('dispositions', (dispositions) => dispositions?.followUps)
  return followUps?.slice(0, shown).map((one) => <PromisedRow key={`${one.connection} ${one.callId}`} followUp={one} />)
}

function PromisedRow({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation(['follow-ups', 'notes', 'common'])
  const { clock, day, span } = useTimeText()
  const now = useNow(30_000)
  const canDial = useSnapshot('me', (me) => me?.can.dial === true)
  const dial = useDial()
  const { party, promise, dueAt } = followUp
  const who = party.name ?? (party.display || t('notes:unknown'))
  const isLate = dueGroupOf(dueAt, now) === 'overdue'
  const isToday = day(dueAt, now) === day(now, now)
  return (
    <li
      className={styles.line}
      data-testid="promised-row"
      data-call-id={followUp.callId}
      data-late={isLate || undefined}
    >
      <time className="num">{isToday ? clock(dueAt) : day(dueAt, now)}</time>
      <span className="cut" title={[who, promise].filter(Boolean).join(' ')}>
        {who}
        {promise && <span className="secondary">{t('notes:promised', { promise })}</span>}
      </span>
      {isLate && <span className={styles.late}>{t('follow-ups:late', { span: span(now - dueAt) })}</span>}
      {canDial && isDialable(party) && (
        <Button
          small
          variant="link"
          className="end"
          aria-label={t('follow-ups:callBackWho', { who })}
          onClick={() => dial(party.number)}
        >
          {t('follow-ups:callBack')}
        </Button>
      )}
    </li>
  )
}
