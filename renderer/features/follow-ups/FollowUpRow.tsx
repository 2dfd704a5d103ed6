import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, useNow } from '../../ui/index.ts'
import { callPlace } from '../calls/index.ts'
import { isDialable } from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import { dueChoices, useFollowUpActions } from '../notes/index.ts'
import { dueGroupOf } from './follow-up-groups.ts'
import styles from './follow-ups.module.css'

/** One promise: when, to whom, what; call, put off, done, and the way to its call. */
export function FollowUpRow({ followUp, focused }: { followUp: FollowUp; focused?: boolean }) {
  const { t } = useTranslation(['follow-ups', 'notes'])
  const { clock, day, moment, span } = useTimeText()
  const now = useNow(30_000)
  const canDial = useSnapshot('me', (me) => me?.can.dial === true)
  const dial = useDial()
  const actions = useFollowUpActions()
  const { party, dueAt } = followUp
  const who = party.name ?? (party.display || t('notes:unknown'))
  const group = dueGroupOf(dueAt, now)
  const isToday = day(dueAt, now) === day(now, now)
  return (
    <li
      className={styles.row}
      data-testid="follow-up-row"
      data-call-id={followUp.callId}
      data-due={group}
      data-focused={focused || undefined}
    >
      <time className={`num ${styles.when}`} dateTime={new Date(dueAt).toISOString()}>
        {isToday ? clock(dueAt) : day(dueAt, now)}
        {!isToday && <span className="meta muted">{clock(dueAt)}</span>}
      </time>
      <div className="grow">
        <p className={styles.who}>
          <b className="cut">{who}</b>
          {party.company && <span className="cut secondary">{party.company}</span>}
          {party.name !== null && <span className="num secondary">{party.display}</span>}
          {group === 'overdue' && (
            <span className={styles.late}>{t('follow-ups:late', { span: span(now - dueAt) })}</span>
          )}
        </p>
        <p className={styles.what}>
          <span>{followUp.promise || t('notes:callBackPromise')}</span>
          <a className={styles.jump} href={callPlace(party.canonical, followUp.callId)}>
            {t('follow-ups:ofCall', { at: moment(followUp.callStartedAt, now) })}
            <span className="vh">{who}</span>
          </a>
        </p>
      </div>
      <div className={styles.buttons}>
        {canDial && isDialable(party) && (
          <Button
            small
            variant={group === 'overdue' ? 'tonal' : 'default'}
            icon="phone"
            aria-label={t('follow-ups:callBackWho', { who })}
            data-testid="follow-up-call"
            onClick={() => dial(party.number)}
          >
            {t('follow-ups:callBack')}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button small icon="clock" aria-label={t('follow-ups:snoozeWho', { who })} data-testid="follow-up-snooze">
              {t('follow-ups:snooze')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {dueChoices(now).map(({ choice, at }) => (
              <Menu.Item key={choice} onClick={() => actions.snooze(followUp, at)}>
                {t(`notes:due.${choice}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button
          small
          icon="check"
          aria-label={t('follow-ups:finishWho', { who })}
          data-testid="follow-up-finish"
          onClick={() => actions.finish(followUp)}
        >
          {t('follow-ups:finish')}
        </Button>
      </div>
    </li>
  )
}
