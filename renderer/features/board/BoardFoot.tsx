import { useQuery, useQueryClient } from '@tanstack/react-query'
import { memo, type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import { useTimeText } from '../../i18n/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, ErrorState, Icon, type IconName, useNow } from '../../ui/index.ts'
import { isDialable, partyOf, usePartyWords } from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import { PromisedRows } from '../follow-ups/index.ts'
import styles from './BoardFoot.module.css'

const shown = 3
const recentKey = ['calls', 'recent']
/** Calls that end together are one reason to ask, and a rush of them is over first, ms. */
const settlesMs = 300

/** Under the board: who was missed, whom a call was promised, and the last talks. */
export const BoardFoot = memo(function BoardFoot() {
  const { t } = useTranslation('board')
  const missed = useSnapshot('calls', (calls) => calls?.missed)?.slice(0, shown)
  const missedCount = useSnapshot('calls', (calls) => calls?.missedCount)
  const openCount = useSnapshot('dispositions', (dispositions) => dispositions?.openCount)
  const recent = useRecentTalks()
  return (
    <div className={styles.foot}>
      <Strip
        icon="missed"
        title={t('missedTitle')}
        count={missedCount}
        all="#/follow-ups"
        empty={missed?.length === 0 ? t('noMissed') : null}
      >
        {missed?.map((call) => (
          <FootRow key={call.callId} call={call} label={t('callBack')} testId="missed-row" />
        ))}
      </Strip>
      <Strip
        icon="tasks"
        title={t('promisedTitle')}
        count={openCount}
        all="#/follow-ups"
        empty={openCount === 0 ? t('noPromised') : null}
      >
        <PromisedRows shown={shown} />
      </Strip>
      <Strip
        icon="history"
        title={t('recentTitle')}
        all="#/calls"
        empty={recent.data?.length === 0 ? t('noRecent') : null}
      >
        {recent.error && !recent.data && (
          <li>
            <ErrorState error={recent.error} operation="history" onRetry={() => void recent.refetch()} />
          </li>
        )}
        {recent.data?.map((call) => (
          <FootRow key={call.callId} call={call} label={t('callAgain')} testId="recent-row" />
        ))}
      </Strip>
    </div>
  )
})

/** The newest calls that were talked on; asked again whenever a card ends. */
function useRecentTalks() {
  const client = useQueryClient()
  const ended = useSnapshot('calls', (calls) =>
    calls?.cards
      .filter((call) => call.state === 'hungup')
      .map((call) => call.callId)
      .join(),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call that has ended is the reason to ask again
  useEffect(() => {
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: recentKey }), settlesMs)
    return () => clearTimeout(timer)
  }, [client, ended])
  return useQuery({
    queryKey: recentKey,
    queryFn: () => rpc.calls.list({ filter: 'all', limit: 30 }),
    meta: { operation: 'history' },
    // Calls of others end without a card here.
    refetchInterval: 30_000,
    select: (answer) => answer.rows.filter((call) => call.state === 'hungup').slice(0, shown),
  })
}

function Strip({
  icon,
  title,
  count,
  all,
  empty,
  children,
}: {
  icon: IconName
  title: string
  count?: number | undefined
  /** The page with all of them. */
  all: string
  empty: string | null
  children: ReactNode
}) {
  const { t } = useTranslation('board')
  return (
    <section className={styles.strip} aria-label={title}>
      <h2 className={styles.head}>
        <Icon name={icon} />
        <span>{title}</span>
        {count !== undefined && count > 0 && <span className={`${styles.count} num`}>{count}</span>}
        <a href={all} aria-label={t('allCallsOf', { title })}>
          <span>{t('allCalls')}</span>
          <Icon name="right" size="s" />
        </a>
      </h2>
      {empty ? <p className={styles.empty}>{empty}</p> : <ul>{children}</ul>}
    </section>
  )
}

const FootRow = memo(function FootRow({ call, label, testId }: { call: Call; label: string; testId: string }) {
  const { t } = useTranslation('board')
  const { moment } = useTimeText()
  const now = useNow(60_000)
  const myExtension = useSnapshot('me', (me) => me?.extension ?? null)
  const canDial = useSnapshot('me', (me) => me?.can.dial === true)
  const dial = useDial()
  const party = partyOf(call, myExtension)
  const words = usePartyWords()
  const direction: IconName = call.direction === 'outgoing' ? 'out' : call.direction === 'internal' ? 'internal' : 'in'
  return (
    <li className={styles.row} data-testid={testId} data-call-id={call.callId}>
      <time className="num">{moment(call.startedAt, Math.max(now, call.startedAt))}</time>
      {call.state !== 'missed' && <Icon name={direction} size="s" />}
      <span className="cut num">{words.who(party)}</span>
      {party.name && party.company && <span className="cut meta muted">{party.company}</span>}
      {canDial && isDialable(party) && (
        <Button
          small
          variant="link"
          className="end"
          aria-label={`${label} ${words.who(party)}`}
          title={t('callBackWho', { who: party.display })}
          onClick={() => dial(party.number)}
        >
          {label}
        </Button>
      )}
    </li>
  )
})
