import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Icon, useNow } from '../../ui/index.ts'
import { CallResultWord } from './CallResultWord.tsx'
import { callExtension, otherParty, talkedForSec } from './call-result.ts'
import styles from './drawer.module.css'

const shown = 6

/** The newest other calls with the same number. */
export function EarlierCalls({ call, who }: { call: Call; who: string }) {
  const { t } = useTranslation(['calls', 'common'])
  const { canonical } = otherParty(call)
  const { day, clock, span } = useTimeText()
  const now = useNow(60_000)
  const query = useQuery({
    queryKey: ['calls', 'list', 'with', canonical],
    queryFn: () => rpc.calls.list({ filter: 'all', text: canonical, limit: 20 }),
    meta: { operation: 'history' },
  })
  const others = (query.data?.rows ?? [])
    .filter((one) => one.callId !== call.callId && otherParty(one).canonical === canonical)
    .slice(0, shown)
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('drawer.earlier', { name: who })}</h3>
      {query.isError && (
        <p className="row meta secondary">
          {t('drawer.earlierFailed')}
          <Button small onClick={() => void query.refetch()}>
            {t('retry')}
          </Button>
        </p>
      )}
      {query.data && others.length === 0 && <p className="meta muted">{t('drawer.earlierNone')}</p>}
      <ul>
        {others.map((one) => {
          const seconds = talkedForSec(one, one.endedAt ?? now)
          const today = day(one.startedAt, now) === day(now, now)
          return (
            <li key={one.callId} className={styles.earlier}>
              <time className="meta muted num">{today ? clock(one.startedAt) : day(one.startedAt, now)}</time>
              <Icon name={one.direction === 'outgoing' ? 'out' : one.direction === 'internal' ? 'internal' : 'in'} />
              <span className="cut num grow">
                {[one.answeredByName ?? callExtension(one), seconds === null ? null : span(seconds * 1000)]
                  .filter(Boolean)
                  .join(t('common:listSeparator'))}
              </span>
              <CallResultWord call={one} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
