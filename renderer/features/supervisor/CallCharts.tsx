import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallStatistics, StatisticsRange } from '../../../preload/contract/supervision.ts'
import { formatDuration, useTimeText } from '../../i18n/index.ts'
import { BarChart, ChartLegend, hoursShown } from '../../ui/charts/index.ts'
import { EmptyState, ErrorState, Loading, useNow } from '../../ui/index.ts'
import { CallTables } from './CallTables.tsx'
import styles from './charts.module.css'
import type { StatisticsQuery } from './use-statistics.ts'

const mostAgents = 10
const sumOf = ({ answered, missed, outgoing, internal }: CallStatistics['totals']) =>
  answered + missed + outgoing + internal

/** How the chosen days went: drawn, or the same as tables. */
export function CallCharts({
  query,
  range,
  nameOf,
}: {
  query: StatisticsQuery
  range: StatisticsRange
  nameOf(extension: string): string
}) {
  const { t } = useTranslation('supervisor')
  const { moment } = useTimeText()
  const now = useNow(60_000)
  const [asTable, setAsTable] = useState(false)
  const counted = query.data
  const isEmpty = counted && sumOf(counted.totals) === 0
  return (
    <aside className={styles.aside} aria-label={t('charts.label')} data-testid="supervisor-charts">
      <header className={styles.head}>
        <h2>{t(`ranges.${range}`)}</h2>
        <span className="grow" />
        <SegmentedControl
          aria-label={t('charts.view')}
          value={asTable ? 'table' : 'chart'}
          onChange={(value) => setAsTable(value === 'table')}
          data={[
            { value: 'chart', label: t('charts.asChart') },
            { value: 'table', label: t('charts.asTable') },
          ]}
        />
      </header>
      <div className={styles.body} aria-busy={query.isFetching || undefined}>
        {query.isPending ? (
          <Loading rows={6} />
        ) : !counted ? (
          <ErrorState error={query.error} operation="history" onRetry={() => void query.refetch()} />
        ) : (
          <>
            {counted.completeFrom === null ? (
              <p className={styles.partial}>{t('charts.none')}</p>
            ) : (
              counted.completeFrom > counted.from && (
                <p className={styles.partial}>
                  {t('charts.partial', { at: moment(counted.completeFrom, Math.max(now, counted.completeFrom)) })}
                </p>
              )
            )}
            {isEmpty ? (
              <EmptyState icon="history" title={t('charts.empty')} text={t('charts.emptyText')} />
            ) : asTable ? (
              <CallTables counted={counted} nameOf={nameOf} />
            ) : (
              <Charts counted={counted} nameOf={nameOf} />
            )}
          </>
        )}
      </div>
    </aside>
  )
}

function Charts({ counted, nameOf }: { counted: CallStatistics; nameOf(extension: string): string }) {
  const { t, i18n } = useTranslation('supervisor')
  const { totals, hours, days } = counted
  const busiest = hours.reduce(
    (best, one, hour) =>
      one.answered + one.missed > (hours[best]?.answered ?? 0) + (hours[best]?.missed ?? 0) ? hour : best,
    0,
  )
  const dayText = new Intl.DateTimeFormat(i18n.language, { month: 'numeric', day: 'numeric' })
  const every = Math.ceil(days.length / 7)
  return (
    <>
      <Section title={t('charts.hours')} note={days.length > 1 ? t('charts.sumOfDays', { count: days.length }) : null}>
        <BarChart
          label={t('charts.hoursAria', { ...totals, busiest })}
          bars={hoursShown(hours).map((hour) => ({
            key: hour,
            label: String(hour),
            answered: hours[hour]?.answered ?? 0,
            missed: hours[hour]?.missed ?? 0,
          }))}
        />
        <Legend />
      </Section>
      {days.length > 1 ? (
        <Section title={t('charts.days')} note={null}>
          <BarChart
            label={t('charts.daysAria', { ...totals })}
            bars={days.map(({ at, answered, missed }, index) => ({
              key: at,
              label: (days.length - 1 - index) % every === 0 ? dayText.format(at) : '',
              answered,
              missed,
            }))}
          />
          <Legend />
        </Section>
      ) : (
        <Section title={t('charts.share')} note={null}>
          <Share answered={totals.answered} missed={totals.missed} />
        </Section>
      )}
      <Section title={t('charts.talk')} note={null}>
        <TalkBars counted={counted} nameOf={nameOf} />
      </Section>
    </>
  )
}

function Section({ title, note, children }: { title: string; note: string | null; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3>
        {title}
        {note && <span className="muted">{note}</span>}
      </h3>
      {children}
    </section>
  )
}

function Legend() {
  const { t } = useTranslation('supervisor')
  return <ChartLegend answered={t('charts.answered')} missed={t('charts.missed')} />
}

function Share({ answered, missed }: { answered: number; missed: number }) {
  const { t } = useTranslation('supervisor')
  const all = answered + missed
  return (
    <>
      <div className={styles.share} role="img" aria-label={t('charts.shareAria', { answered, missed })}>
        {answered > 0 && <i style={{ flexGrow: answered / all }} />}
        {missed > 0 && <i className={styles.alert} style={{ flexGrow: missed / all }} />}
      </div>
      <ChartLegend answered={`${t('charts.answered')} ${answered}`} missed={`${t('charts.missed')} ${missed}`} />
    </>
  )
}

function TalkBars({ counted, nameOf }: { counted: CallStatistics; nameOf(extension: string): string }) {
  const { t } = useTranslation(['supervisor', 'common'])
  const ranked = counted.agents.filter(({ talkSec }) => talkSec > 0).sort((a, b) => b.talkSec - a.talkSec)
  const most = ranked[0]?.talkSec ?? 1
  const shown = ranked.slice(0, mostAgents)
  const words = shown
    .slice(0, 3)
    .map(({ extension, talkSec }) => `${extension} ${nameOf(extension)} ${formatDuration(talkSec * 1000)}`)
  return (
    <figure>
      <div role="img" aria-label={t('supervisor:charts.talkAria', { list: words.join(t('common:listSeparator')) })}>
        <ul className={styles.hbars} aria-hidden="true">
          {shown.map(({ extension, talkSec }) => (
            <li key={extension}>
              <span className="cut num">
                {extension} {nameOf(extension)}
              </span>
              <span className={styles.track}>
                <i style={{ inlineSize: `${(talkSec / most) * 100}%` }} />
              </span>
              <span className="num">{formatDuration(talkSec * 1000)}</span>
            </li>
          ))}
        </ul>
      </div>
      {ranked.length > shown.length && (
        <figcaption className="muted meta">
          {t('supervisor:charts.more', { count: ranked.length - shown.length })}
        </figcaption>
      )}
    </figure>
  )
}
