import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HistoryFilter } from '../../../preload/contract/index.ts'
import { rpc } from '../../rpc/index.ts'
import { BarChart, ChartLegend, ChartTable, hoursShown } from '../../ui/charts/index.ts'
import { filterKey } from './look.ts'
import styles from './totals.module.css'
import { useNews } from './use-news.ts'
import { countAfterMs } from './use-view-counts.ts'

/** So many of the newest calls are drawn: what is on screen says how the days go, not how many there ever were. */
const mostDrawn = 10_000

/** The calls of the list by the hour of the day. Of calls out of the house, what is not answered is "failed", not "missed". */
export function HourChart({ filter }: { filter: HistoryFilter }) {
  const { t, i18n } = useTranslation('calls')
  const query = useQuery({
    queryKey: ['history', 'hours', filterKey(filter)],
    queryFn: () => rpc.history.hours({ filter, atMost: mostDrawn }),
    placeholderData: keepPreviousData,
    meta: { operation: 'history' },
  })
  useNews(() => void query.refetch(), countAfterMs)
  const second = filter.direction === 'outgoing' || filter.direction === 'internal' || filter.result === 'failed'
  const kind = second ? 'failed' : 'missed'
  if (query.isError && !query.data) return <p className="meta muted">{t('totals.failed')}</p>
  // Room for it is kept from the start: nothing moves when it comes.
  if (!query.data) return null
  const { hours, calls, isComplete } = query.data
  const bars = hoursShown(hours.map((one) => ({ answered: one.answered, missed: one[kind] }))).map((hour) => ({
    key: hour,
    label: String(hour),
    answered: hours[hour]?.answered ?? 0,
    missed: hours[hour]?.[kind] ?? 0,
  }))
  const sum = (of: 'answered' | 'missed') => bars.reduce((all, bar) => all + bar[of], 0)
  const busiest = bars.reduce((best, bar) => (bar.answered + bar.missed > best.answered + best.missed ? bar : best))
  const words = { answered: t('chart.answered'), missed: t(`chart.${kind}`) }
  const counted = isComplete ? '' : t('chart.newest', { number: new Intl.NumberFormat(i18n.language).format(calls) })
  return (
    <>
      <ChartLegend {...words} isAside />
      <div className={styles.bars} title={counted || undefined}>
        <BarChart
          size="strip"
          bars={bars}
          label={`${t('chart.label', {
            answered: `${words.answered} ${sum('answered')}`,
            missed: `${words.missed} ${sum('missed')}`,
            hour: busiest.key,
          })}${counted}`}
        />
      </div>
      <ChartTable
        isHidden
        title={`${t('chart.title')}${counted}`}
        head={[t('chart.hour'), words.answered, words.missed]}
        rows={bars.map(({ key, answered, missed }) => ({ key, cells: [key, answered, missed] }))}
        testId="calls-hours"
      />
    </>
  )
}
