import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extension } from '../../../preload/contract/board.ts'
import type { CallStatistics, StatisticsRange } from '../../../preload/contract/supervision.ts'
import { Elapsed } from '../../ui/index.ts'
import { liveFigures } from './agent-rows.ts'
import styles from './supervisor.module.css'

/** The few numbers to see from the door: the phones now, and how the chosen days went. */
export function LiveFigures({
  extensions,
  stale,
  range,
  totals,
}: {
  extensions: readonly Extension[]
  stale: boolean
  range: StatisticsRange
  totals: CallStatistics['totals'] | null
}) {
  const { t } = useTranslation('supervisor')
  const now = liveFigures(extensions, stale)
  const incoming = totals ? totals.answered + totals.missed : 0
  const days = t(`rangeInText.${range}`)
  return (
    <dl className={styles.figures} data-testid="supervisor-figures">
      <Figure label={t('figure.talking')}>{stale ? '—' : now.talking}</Figure>
      <Figure label={now.waitingSince === null ? t('figure.ringing') : t('figure.ringingLongest')}>
        {stale ? '—' : now.ringing}
        {now.waitingSince !== null && (
          <span className={styles.figureMore}>
            <Elapsed since={now.waitingSince} />
          </span>
        )}
      </Figure>
      <Figure label={t('figure.idle')}>{stale ? '—' : now.idle}</Figure>
      <Figure label={t('figure.answered', { days })}>
        {totals === null || incoming === 0 ? '—' : `${Math.round((totals.answered / incoming) * 100)}%`}
      </Figure>
      <Figure label={t('figure.missed', { days })}>{totals?.missed ?? '—'}</Figure>
    </dl>
  )
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd className="num">{children}</dd>
    </div>
  )
}
