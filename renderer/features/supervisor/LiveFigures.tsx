import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extension } from '../../../preload/contract/board.ts'
import { Elapsed } from '../../ui/index.ts'
import { liveFigures } from './agent-rows.ts'
import styles from './supervisor.module.css'

/** The few numbers to see from the door. */
export function LiveFigures({ extensions, stale }: { extensions: readonly Extension[]; stale: boolean }) {
  const { t } = useTranslation('supervisor')
  const now = liveFigures(extensions, stale)
  return (
    <dl className={styles.figures} data-testid="supervisor-figures">
      <Figure label={t('figure.talking')}>{stale ? '—' : now.talking}</Figure>
      <Figure label={t('figure.ringing')}>{stale ? '—' : now.ringing}</Figure>
      <Figure label={t('figure.longest')}>
        {now.waitingSince === null ? '—' : <Elapsed since={now.waitingSince} />}
      </Figure>
      <Figure label={t('figure.idle')}>{stale ? '—' : now.idle}</Figure>
      <Figure label={t('figure.away')}>{stale ? '—' : now.away}</Figure>
    </dl>
  )
}

export function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd className="num">{children}</dd>
    </div>
  )
}
