import { useTranslation } from 'react-i18next'
import styles from './calls.module.css'
import { dayName } from './day-rows.ts'
import { dayCell, gridRow } from './grid-roles.ts'

/** The words for a day: `昨天，11月19日，周三`. */
function useDayWords(): (day: number, now: number) => string {
  const { t, i18n } = useTranslation('calls')
  return (day, now) => {
    const name = dayName(day, now)
    const format = new Intl.DateTimeFormat(i18n.language, {
      month: i18n.language === 'en' ? 'short' : 'long',
      day: 'numeric',
      weekday: 'short',
      ...(name === 'dateWithYear' && { year: 'numeric' }),
    })
    // Chinese dates carry no comma before the weekday by themselves.
    const parts = format.formatToParts(day)
    const weekday = parts.find((part) => part.type === 'weekday')?.value ?? ''
    const date = parts
      .filter((part) => part.type !== 'weekday')
      .map((part) => part.value)
      .join('')
      .replace(/^[\s,，]+|[\s,，]+$/g, '')
    const words = i18n.language === 'en' ? `${weekday} ${date}` : `${date}，${weekday}`
    return t(`day.${name === 'dateWithYear' ? 'date' : name}`, { date: words })
  }
}

/** The heading of a day in the list. */
export function DayHeading({ day, now, top, rowIndex }: { day: number; now: number; top: number; rowIndex: number }) {
  const words = useDayWords()
  return (
    <div className={styles.day} {...gridRow(rowIndex)} style={{ transform: `translateY(${top}px)` }}>
      <span {...dayCell}>{words(day, now)}</span>
    </div>
  )
}
