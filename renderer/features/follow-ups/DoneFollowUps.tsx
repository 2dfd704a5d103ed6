import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useTimeText } from '../../i18n/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, ErrorState, Icon, Loading, useNow } from '../../ui/index.ts'
import { useFollowUpActions } from '../notes/index.ts'
import styles from './follow-ups.module.css'

/** What was done lately, each with its undo. */
export function DoneFollowUps() {
  const { t } = useTranslation(['follow-ups', 'notes'])
  const { moment } = useTimeText()
  const now = useNow(60_000)
  const actions = useFollowUpActions()
  const revision = useSnapshot('dispositions', (snapshot) => snapshot?.revision ?? 0)
  const query = useQuery({
    queryKey: ['follow-ups', 'done', revision],
    queryFn: () => rpc.dispositions.doneFollowUps({ limit: 50 }),
    placeholderData: (previous) => previous,
    meta: { operation: 'followUp' },
  })
  if (query.isPending) return <Loading />
  if (!query.data) return <ErrorState error={query.error} operation="followUp" onRetry={() => void query.refetch()} />
  if (query.data.length === 0) return <p className={styles.note}>{t('follow-ups:doneNone')}</p>
  return (
    <ul>
      {query.data.map((one) => {
        const who = one.party.name ?? (one.party.display || t('notes:unknown'))
        return (
          <li key={`${one.connection} ${one.callId}`} className={styles.doneRow} data-testid="follow-up-done-row">
            <Icon name="check" size="s" />
            <time className="meta muted num">{moment(one.doneAt ?? one.dueAt, now)}</time>
            <span className="cut">{who}</span>
            <span className="cut grow secondary">{one.promise}</span>
            <Button
              small
              variant="quiet"
              aria-label={t('follow-ups:reopenWho', { who })}
              onClick={() => actions.reopen(one)}
            >
              {t('follow-ups:reopen')}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
