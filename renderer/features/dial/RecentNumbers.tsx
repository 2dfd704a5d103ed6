import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../../preload/contract/directory.ts'
import { useTimeText } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { ErrorState, Loading, useNow, type useOptionList } from '../../ui/index.ts'
import styles from './DialForm.module.css'

interface Recent {
  rows: SearchHit[]
  pending: boolean
  error: unknown
  retry: () => void
}

export function useRecentNumbers(enabled: boolean): Recent {
  const query = useQuery({
    queryKey: ['recent-numbers'],
    queryFn: () => rpc.directory.search({ text: '', limit: 8 }),
    enabled,
    staleTime: 0,
  })
  return { rows: query.data ?? [], pending: query.isPending, error: query.error, retry: () => void query.refetch() }
}

/** The list over the dial field: one number per row, newest first. */
export function RecentNumbers({ recent, options }: { recent: Recent; options: ReturnType<typeof useOptionList> }) {
  const { t } = useTranslation('dial')
  const { moment } = useTimeText()
  const now = useNow(60_000)
  return (
    <div className={styles.recent}>
      <p className={styles.recentTitle}>{t('recent')}</p>
      {recent.error ? (
        <ErrorState error={recent.error} operation="search" onRetry={recent.retry} />
      ) : recent.pending ? (
        <Loading />
      ) : recent.rows.length === 0 ? (
        <p className={styles.recentTitle}>{t('noRecent')}</p>
      ) : (
        <ul {...options.list} aria-label={t('recent')}>
          {recent.rows.map((hit, index) => (
            <li key={hit.id} className={styles.option} {...options.option(index)}>
              <span className={`${styles.number} num`}>{hit.display}</span>
              <span className="cut secondary grow">{hit.name}</span>
              {hit.at !== null && <time className="num meta muted">{moment(hit.at, Math.max(now, hit.at))}</time>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
