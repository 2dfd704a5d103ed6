import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, EmptyState, ErrorState, Field, Icon, Loading, PageHead, useKeys } from '../../ui/index.ts'
import { SectionIcon } from '../../ui/SectionIcon.tsx'
import { CallDrawer } from './CallDrawer.tsx'
import { CallTable } from './CallTable.tsx'
import { readPlace } from './call-place.ts'
import styles from './calls.module.css'
import { type CallFilter, filters, useCallList } from './use-call-list.ts'

const icons: Record<CallFilter, ReactNode> = {
  today: <SectionIcon name="calendar" />,
  missed: <Icon name="missed" />,
  mine: <Icon name="person" />,
  all: <Icon name="history" />,
}

/** The call history: filters left, the list, and one call's story right. `place` = a call to show, see call-place.ts. */
export function CallsPage({ place = null }: { place?: string | null }) {
  const { t } = useTranslation('calls')
  const asked = place === null ? null : readPlace(place)
  const [filter, setFilter] = useState<CallFilter>(asked ? 'all' : 'today')
  const [typed, setTyped] = useState(asked?.number ?? '')
  const [chosen, setChosen] = useState<string | null>(asked?.callId ?? null)
  const list = useCallList(filter, typed)
  const { calls } = list
  const index = useMemo(() => calls.findIndex((call) => call.callId === chosen), [calls, chosen])
  const call = calls[index] ?? null
  const move = useCallback((to: number) => setChosen((before) => calls[to]?.callId ?? before), [calls])
  const close = useCallback(() => setChosen(null), [])
  useKeys(call ? { Escape: close } : {})

  return (
    <div className={styles.page}>
      <PageHead title={t('title')}>
        <Field
          className={styles.search}
          icon="search"
          label={t('search')}
          placeholder={t('search')}
          value={typed}
          maxLength={100}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped('')
            if (event.key === 'ArrowDown' || event.key === 'Enter') document.getElementById('calls-grid')?.focus()
          }}
          data-testid="calls-search"
        />
      </PageHead>
      <div className={styles.split}>
        <nav className={styles.side} aria-label={t('filtersLabel')}>
          {filters.map((one) => (
            <button
              key={one}
              type="button"
              aria-current={one === filter ? 'true' : undefined}
              onClick={() => setFilter(one)}
              data-testid={`calls-filter-${one}`}
            >
              {icons[one]}
              {t(`filter.${one}`)}
              {list.counts && <span className="num">{list.counts[one]}</span>}
            </button>
          ))}
        </nav>
        <section className={styles.sheet} aria-label={t('table')} aria-busy={list.isFetching || undefined}>
          {list.isPending && <Loading rows={8} />}
          {list.isError && calls.length === 0 && (
            <ErrorState error={list.error} operation="history" onRetry={() => void list.refetch()} />
          )}
          {list.data && calls.length === 0 && (
            <Empty filter={filter} text={list.text} onClear={() => setTyped('')} onAll={() => setFilter('all')} />
          )}
          {calls.length > 0 && (
            <CallTable
              calls={calls}
              chosen={index}
              onChoose={move}
              onClose={close}
              more={list.hasNextPage ? () => void list.fetchNextPage() : null}
              loadingMore={list.isFetchingNextPage}
            />
          )}
        </section>
        {call && (
          <CallDrawer key={call.callId} call={call} index={index} count={calls.length} onMove={move} onClose={close} />
        )}
      </div>
    </div>
  )
}

function Empty({
  filter,
  text,
  onClear,
  onAll,
}: {
  filter: CallFilter
  text: string
  onClear: () => void
  onAll: () => void
}) {
  const { t } = useTranslation('calls')
  if (text !== '') {
    return (
      <EmptyState
        icon="search"
        title={t('empty.search', { text })}
        text={t('empty.searchText')}
        action={
          <Button onClick={filter === 'all' ? onClear : onAll}>
            {filter === 'all' ? t('empty.clear') : t('empty.showAll')}
          </Button>
        }
      />
    )
  }
  const words = filter === 'missed' ? t('empty.missedText') : filter === 'mine' ? t('empty.mineText') : t('empty.text')
  return (
    <EmptyState
      icon={filter === 'missed' ? 'check-circle' : 'history'}
      title={t(`empty.${filter}`)}
      text={words}
      action={filter === 'all' ? undefined : <Button onClick={onAll}>{t('empty.showAll')}</Button>}
    />
  )
}
