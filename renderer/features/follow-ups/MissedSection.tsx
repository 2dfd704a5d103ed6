import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MissedParty } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, EmptyState, ErrorState, Loading, useNow } from '../../ui/index.ts'
import { callPlace } from '../calls/index.ts'
import { isDialable } from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import styles from './follow-ups.module.css'
import { useMissed, useMissedActions } from './use-missed.ts'

/** Who was missed: how often, when, in which group, and what has been tried since. */
export function MissedSection() {
  const { t } = useTranslation('follow-ups')
  const count = useSnapshot('calls', (calls) => calls?.missedCount ?? 0)
  const [showDone, setShowDone] = useState(false)
  const open = useMissed('open')
  return (
    <section className={styles.section} aria-labelledby="missed-title" data-testid="missed-section">
      <header className={styles.sectionHead}>
        <h2 id="missed-title">{t('missed')}</h2>
        {count > 0 && (
          <span className={`${styles.count} num`} data-testid="missed-count">
            {count}
          </span>
        )}
        <Button
          small
          variant="quiet"
          className="end"
          aria-expanded={showDone}
          data-testid="missed-done"
          onClick={() => setShowDone(!showDone)}
        >
          {t('dealtWith')}
        </Button>
      </header>
      {open.isPending && <Loading rows={4} />}
      {open.isError && !open.data && (
        <ErrorState error={open.error} operation="missed" onRetry={() => void open.refetch()} />
      )}
      {open.data?.parties.length === 0 && !showDone && (
        <EmptyState icon="check-circle" title={t('noMissed')} text={t('noMissedText')} />
      )}
      <ul>
        {open.data?.parties.map((one) => (
          <MissedRow key={keyOf(one)} missed={one} />
        ))}
      </ul>
      {open.data !== undefined && open.data.more > 0 && (
        <p className={styles.note} data-testid="missed-more">
          {t('missedMore', { number: open.data.more })}
        </p>
      )}
      {showDone && <DoneMissed />}
    </section>
  )
}

const keyOf = ({ party, calls }: MissedParty) => party.canonical || `${calls[0]?.connection} ${calls[0]?.callId}`

function DoneMissed() {
  const { t } = useTranslation('follow-ups')
  const done = useMissed('done')
  return (
    <>
      <h3 className={styles.groupHead}>{t('dealtWith')}</h3>
      {done.isPending && <Loading />}
      {done.isError && !done.data && (
        <ErrorState error={done.error} operation="missed" onRetry={() => void done.refetch()} />
      )}
      {done.data?.parties.length === 0 && <p className={styles.note}>{t('doneNone')}</p>}
      <ul>
        {done.data?.parties.map((one) => (
          <MissedRow key={keyOf(one)} missed={one} />
        ))}
      </ul>
    </>
  )
}

function MissedRow({ missed }: { missed: MissedParty }) {
  const { t } = useTranslation(['follow-ups', 'notes'])
  const { clock, day, moment } = useTimeText()
  const now = useNow(60_000)
  const canDial = useSnapshot('me', (me) => me?.can.dial === true)
  const dial = useDial()
  const actions = useMissedActions()
  const { party, calls, lastAt, firstAt, attempt, returned, handledAt } = missed
  const who = party.name ?? (party.display || t('notes:unknown'))
  const group = missed.groupName ?? missed.group
  const isToday = day(lastAt, now) === day(now, now)
  const isDone = returned !== null || handledAt !== null
  const nameOf = ({ by, byName }: { by: string | null; byName: string | null }) =>
    [by, byName].filter(Boolean).join(' ') || t('follow-ups:somebody')
  return (
    <li
      className={styles.row}
      data-testid={isDone ? 'missed-done-row' : 'missed-party'}
      data-number={party.canonical}
      data-count={calls.length}
    >
      <time className={`num ${styles.when}`} dateTime={new Date(lastAt).toISOString()}>
        {isToday ? clock(lastAt) : day(lastAt, now)}
        {!isToday && <span className="meta muted">{clock(lastAt)}</span>}
      </time>
      <div className="grow">
        <p className={styles.who}>
          <b className="cut">{who}</b>
          {party.company && <span className="cut secondary">{party.company}</span>}
          {party.name !== null && <span className="num secondary">{party.display}</span>}
          {calls.length > 1 && (
            <span className={styles.times}>
              {t('follow-ups:times', { count: calls.length, first: moment(firstAt, now) })}
            </span>
          )}
        </p>
        <p className={styles.what}>
          {returned && (
            <span data-testid="missed-returned">
              {t(`follow-ups:${returned.how}`, { who: nameOf(returned), at: moment(returned.at, now) })}
            </span>
          )}
          {!returned && handledAt !== null && <span>{t('follow-ups:byHand', { at: moment(handledAt, now) })}</span>}
          {!isDone && attempt && (
            <span data-testid="missed-attempt">
              {t('follow-ups:attempt', { who: nameOf(attempt), at: moment(attempt.at, now) })}
            </span>
          )}
          {!isDone && !attempt && <span>{group ? t('follow-ups:toGroup', { group }) : t('follow-ups:nobodyYet')}</span>}
          {party.canonical !== '' && (
            <a className={styles.jump} href={callPlace(party.canonical, calls[0]?.callId ?? '')}>
              {t('follow-ups:showCall')}
              <span className="vh">{who}</span>
            </a>
          )}
        </p>
      </div>
      <div className={styles.buttons}>
        {!isDone && canDial && isDialable(party) && (
          <Button
            small
            variant="tonal"
            icon="phone"
            aria-label={t('follow-ups:callBackWho', { who })}
            data-testid="missed-call-back"
            onClick={() => dial(party.number)}
          >
            {t('follow-ups:callBack')}
          </Button>
        )}
        {!isDone && (
          <Button
            small
            icon="check"
            aria-label={t('follow-ups:handleWho', { who })}
            data-testid="missed-handle"
            onClick={() => actions.handle(missed, who)}
          >
            {t('follow-ups:handle')}
          </Button>
        )}
        {isDone && returned === null && (
          <Button
            small
            variant="quiet"
            aria-label={t('follow-ups:reopenWho', { who })}
            data-testid="missed-reopen"
            onClick={() => actions.reopen(missed)}
          >
            {t('follow-ups:reopen')}
          </Button>
        )}
      </div>
    </li>
  )
}
