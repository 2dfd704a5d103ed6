import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** `02:14`, from an hour on `1:02:14`. Never negative. */
export function formatDuration(durationMs: number): string {
  const totalSec = Math.max(0, Math.floor(durationMs / 1000))
  const pad = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(totalSec / 3600)
  const rest = `${pad(Math.floor(totalSec / 60) % 60)}:${pad(totalSec % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

export type SpanUnit = 'second' | 'minute' | 'hour' | 'day'

/** The largest unit that fits: 90 s → 1 minute. */
export function spanOf(durationMs: number): { unit: SpanUnit; count: number } {
  const sec = Math.max(0, Math.floor(durationMs / 1000))
  if (sec < 60) return { unit: 'second', count: sec }
  if (sec < 3600) return { unit: 'minute', count: Math.floor(sec / 60) }
  if (sec < 86_400) return { unit: 'hour', count: Math.floor(sec / 3600) }
  return { unit: 'day', count: Math.floor(sec / 86_400) }
}

/** Whole days between the local calendar days of two moments: 0 today, 1 yesterday. */
export function daysBetween(earlier: number, later: number): number {
  const day = (at: number) => {
    const date = new Date(at)
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  }
  return Math.round((day(later) - day(earlier)) / 86_400_000)
}

/** Times in words in the page's language. Moments are epoch ms. */
export interface TimeText {
  /** `40秒`, `3 min`. */
  span(durationMs: number): string
  /** `12秒前`, `3天前`; by calendar day from yesterday on. */
  ago(at: number, now: number): string
  /** `09:30`. */
  clock(at: number): string
  /** `09:30` today, `昨天 09:30`, then `11月3日 09:30`. */
  moment(at: number, now: number): string
  /** `今天`, `昨天`, `11月3日`. */
  day(at: number, now: number): string
}

interface Formats {
  clockFormat: Intl.DateTimeFormat
  dayFormat: Intl.DateTimeFormat
  yearFormat: Intl.DateTimeFormat
}

/** Made once per language: making them for each of 1000 tiles would take longer than drawing the tiles. */
const known = new Map<string, Formats>()

function formatsOf(language: string): Formats {
  const formats = known.get(language) ?? {
    clockFormat: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    dayFormat: new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' }),
    yearFormat: new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' }),
  }
  known.set(language, formats)
  return formats
}

export function useTimeText(): TimeText {
  const { t, i18n } = useTranslation('common')
  return useMemo(() => {
    const { clockFormat, dayFormat, yearFormat } = formatsOf(i18n.language)
    const span = (durationMs: number) => {
      const { unit, count } = spanOf(durationMs)
      return t(`time.span.${unit}`, { count })
    }
    const clock = (at: number) => clockFormat.format(at)
    const day = (at: number, now: number) => {
      const days = daysBetween(at, now)
      if (days === 0) return t('time.today')
      if (days === 1) return t('time.yesterday')
      return (new Date(at).getFullYear() === new Date(now).getFullYear() ? dayFormat : yearFormat).format(at)
    }
    return {
      span,
      clock,
      day,
      ago(at, now) {
        const days = daysBetween(at, now)
        if (now - at < 1000) return t('time.justNow')
        if (days >= 1 && now - at >= 12 * 3_600_000)
          return days === 1 ? t('time.yesterday') : t('time.ago', { span: t('time.span.day', { count: days }) })
        return t('time.ago', { span: span(now - at) })
      },
      moment: (at, now) =>
        daysBetween(at, now) === 0 ? clock(at) : t('time.dayClock', { day: day(at, now), clock: clock(at) }),
    }
  }, [t, i18n.language])
}
