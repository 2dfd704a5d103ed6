import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/index.ts'
import { FilterMenu } from './FilterMenu.tsx'
import styles from './filters.module.css'
import type { Look } from './look.ts'
import { lastDay, type Period, periods, spanOfDates, toDateField } from './periods.ts'

/** When the calls began: a span that moves with the calendar, or two dates. */
export function PeriodMenu({ look, onLook }: { look: Look; onLook(look: Look): void }) {
  const { t, i18n } = useTranslation('calls')
  const { filter, period } = look
  const day = new Intl.DateTimeFormat(i18n.language, { year: 'numeric', month: 'numeric', day: 'numeric' })
  const last = lastDay(filter.to)
  const own = filter.from !== null || filter.to !== null
  const shown = () => {
    if (period !== null) return t(`period.${period}`)
    if (!own) return t('period.any')
    if (filter.from !== null && filter.from === last) return day.format(filter.from)
    const ends = [filter.from, last].map((at) => (at === null ? '' : day.format(at)))
    return t('period.span', { from: ends[0], to: ends[1] })
  }
  const options = [
    { value: '', label: t('period.any') },
    ...periods.map((value) => ({ value, label: t(`period.${value}`) })),
  ]
  return (
    <FilterMenu
      label={t('bar.period')}
      shown={shown()}
      isSet={period !== null || own}
      value={period ?? (own ? 'dates' : '')}
      options={options}
      testId="bar-period"
      onPick={(value) =>
        onLook({ filter: { ...filter, from: null, to: null }, period: value === '' ? null : (value as Period) })
      }
    >
      {(close) => (
        <Dates
          first={toDateField(period === null ? filter.from : null)}
          last={toDateField(period === null ? last : null)}
          onDone={(first, until) => {
            onLook({ filter: { ...filter, ...spanOfDates(first, until) }, period: null })
            close()
          }}
        />
      )}
    </FilterMenu>
  )
}

function Dates(props: { first: string; last: string; onDone(first: string, last: string): void }) {
  const { t } = useTranslation('calls')
  const [first, setFirst] = useState(props.first)
  const [last, setLast] = useState(props.last)
  return (
    <form
      className={styles.dates}
      onSubmit={(event) => {
        event.preventDefault()
        props.onDone(first, last)
      }}
    >
      <label>
        {t('period.from')}
        <input
          type="date"
          max="9999-12-31"
          value={first}
          onChange={(event) => setFirst(event.target.value)}
          data-testid="bar-from"
        />
      </label>
      <label>
        {t('period.to')}
        <input
          type="date"
          max="9999-12-31"
          value={last}
          onChange={(event) => setLast(event.target.value)}
          data-testid="bar-to"
        />
      </label>
      <Button small type="submit" disabled={first === '' && last === ''} data-testid="bar-dates">
        {t('period.apply')}
      </Button>
    </form>
  )
}
