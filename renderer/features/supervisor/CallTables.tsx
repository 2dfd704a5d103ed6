import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallStatistics } from '../../../preload/contract/supervision.ts'
import { formatDuration } from '../../i18n/index.ts'
import { ChartTable, hoursShown } from '../../ui/charts/index.ts'

type Counts = Pick<CallStatistics['totals'], 'answered' | 'missed' | 'outgoing' | 'internal'>

/** Everything that the charts draw, in numbers. */
export function CallTables({
  counted: { hours, days, agents },
  nameOf,
}: {
  counted: CallStatistics
  nameOf(extension: string): string
}) {
  const { t, i18n } = useTranslation('supervisor')
  const dayText = new Intl.DateTimeFormat(i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' })
  const ranked = [...agents].sort((a, b) => b.talkSec - a.talkSec)
  return (
    <>
      <Table
        title={t('charts.hours')}
        first={t('charts.hour')}
        rows={hoursShown(hours).map((hour) => ({ key: hour, first: hour, counts: hours[hour] ?? noCalls }))}
      />
      {days.length > 1 && (
        <Table
          title={t('charts.days')}
          first={t('charts.day')}
          rows={days.map(({ at, ...counts }) => ({ key: at, first: dayText.format(at), counts }))}
        />
      )}
      <Table
        title={t('charts.talk')}
        first={t('charts.agent')}
        rows={ranked.map(({ extension, talkSec, ...counts }) => ({
          key: extension,
          first: `${extension} ${nameOf(extension)}`,
          counts,
          time: formatDuration(talkSec * 1000),
        }))}
      />
    </>
  )
}

const noCalls: Counts = { answered: 0, missed: 0, outgoing: 0, internal: 0 }

function Table(props: {
  title: string
  first: string
  rows: { key: string | number; first: ReactNode; counts: Counts; time?: string }[]
}) {
  const { t } = useTranslation('supervisor')
  const hasTime = props.rows.some(({ time }) => time !== undefined)
  const head = [props.first, t('charts.answered'), t('charts.missed'), t('charts.outgoing'), t('charts.internal')]
  return (
    <ChartTable
      title={props.title}
      head={hasTime ? [...head, t('charts.time')] : head}
      rows={props.rows.map(({ key, first, counts, time }) => ({
        key,
        cells: [
          first,
          ...[counts.answered, counts.missed, counts.outgoing, counts.internal],
          ...(hasTime ? [time] : []),
        ],
      }))}
      testId="statistics-table"
    />
  )
}
