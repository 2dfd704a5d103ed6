import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { memo, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryFilter, HistoryTotals } from '../../../preload/contract/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Icon } from '../../ui/index.ts'
import { SectionIcon } from '../../ui/SectionIcon.tsx'
import { filterKey } from './look.ts'
import styles from './totals.module.css'
import { useNews } from './use-news.ts'
import { countAfterMs } from './use-view-counts.ts'

/** Counting on is asked for by a click: a million calls take a second or two. */
const mostCounted = 10_000

/** How many calls the list has, how many of them were missed, and how long was talked. */
export const Totals = memo(function Totals({
  filter,
  isListRead,
  chart,
  onChart,
}: {
  filter: HistoryFilter
  /** Nothing is counted before. */
  isListRead: boolean
  /** Null while the charts are put away. */
  chart: ReactNode
  onChart(): void
}) {
  const { t, i18n } = useTranslation('calls')
  const key = filterKey(filter)
  const [wholeOf, setWholeOf] = useState<string | null>(null)
  const atMost = wholeOf === key ? null : mostCounted
  const query = useQuery({
    queryKey: ['history', 'totals', key, atMost],
    queryFn: () => rpc.history.totals({ filter, atMost }),
    placeholderData: keepPreviousData,
    enabled: isListRead,
    meta: { operation: 'history' },
  })
  useNews(() => void query.refetch(), countAfterMs)
  const number = new Intl.NumberFormat(i18n.language)
  const totals = query.data
  const talk = useTalkWords()
  const count = (value: number) => `${number.format(value)}${totals?.isComplete === false ? '+' : ''}`
  return (
    <div className={styles.strip} data-chart={chart !== null || undefined}>
      <div className={styles.totals} aria-busy={query.isFetching || undefined} data-testid="calls-totals">
        {totals ? (
          <>
            <Figure value={count(totals.calls)} words={t('totals.calls', { count: totals.calls })} />
            <Figure value={count(totals.answered)} words={t('totals.answered')} />
            <Figure value={count(totals.missed)} words={t('totals.missed')} />
            <Figure value={talk(totals)} words={t('totals.talk')} />
            {!totals.isComplete && (
              <Button
                small
                variant="link"
                busy={query.isFetching}
                onClick={() => setWholeOf(key)}
                data-testid="totals-all"
              >
                {t('totals.all')}
              </Button>
            )}
          </>
        ) : (
          <span className="meta muted">{query.isError ? t('totals.failed') : t('totals.counting')}</span>
        )}
      </div>
      {chart !== null && (
        <section id="calls-charts" className={styles.chart} aria-label={t('chart.title')} data-testid="calls-charts">
          {chart}
        </section>
      )}
      <Button
        small
        only={chart !== null}
        variant="quiet"
        className={chart === null ? 'end' : styles.toggle}
        aria-label={t(chart === null ? 'chart.show' : 'chart.hide')}
        title={t(chart === null ? 'chart.show' : 'chart.hide')}
        aria-expanded={chart !== null}
        aria-controls="calls-charts"
        onClick={onChart}
        data-testid="calls-charts-toggle"
      >
        {chart === null && t('chart.toggle')}
        {chart === null ? <Icon name="down" /> : <SectionIcon name="up" />}
      </Button>
    </div>
  )
})

function Figure({ value, words }: { value: string; words: string }) {
  return (
    <div className={styles.figure}>
      <b className="num">{value}</b>
      <span>{words}</span>
    </div>
  )
}

/** `3小时20分`, short enough for a figure. */
function useTalkWords(): (totals: HistoryTotals) => string {
  const { t } = useTranslation('calls')
  return ({ talkSec, isComplete }) => {
    const hours = Math.floor(talkSec / 3600)
    const minutes = Math.floor((talkSec % 3600) / 60)
    const words = hours > 0 ? t('totals.hours', { hours, minutes }) : t('totals.minutes', { minutes })
    return `${talkSec < 60 ? t('totals.seconds', { seconds: talkSec }) : words}${isComplete ? '' : '+'}`
  }
}
