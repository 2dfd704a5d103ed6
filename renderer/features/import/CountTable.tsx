import { useTranslation } from 'react-i18next'
import type { ImportCounts, ImportProgress } from '../../../preload/contract/index.ts'
import { StateWord, type Tone } from '../../ui/index.ts'
import styles from './import.module.css'
import tables from './tables.module.css'
import { useNumber } from './use-number.ts'

const rows: {
  key: keyof ImportCounts
  tone: Tone
  icon: 'plus' | 'pencil' | 'check' | 'warn' | 'info' | 'minus-circle' | 'person'
}[] = [
  { key: 'created', tone: 'talking', icon: 'plus' },
  { key: 'filled', tone: 'plain', icon: 'pencil' },
  { key: 'overwritten', tone: 'plain', icon: 'pencil' },
  { key: 'localSkipped', tone: 'plain', icon: 'person' },
  { key: 'sent', tone: 'talking', icon: 'check' },
  { key: 'duplicate', tone: 'caution', icon: 'info' },
  { key: 'refused', tone: 'failed', icon: 'warn' },
  { key: 'probable', tone: 'caution', icon: 'info' },
  { key: 'uncertain', tone: 'failed', icon: 'warn' },
  { key: 'leftOut', tone: 'plain', icon: 'minus-circle' },
]

/** How many rows went which way, with the first reasons beside. */
export function CountTable({ shown, title }: { shown: ImportProgress; title: string }) {
  const { t } = useTranslation('imports')
  const number = useNumber()
  const { counts, refusals, requests } = shown
  const some = rows.filter(({ key }) => counts[key] > 0)
  const [refusal] = refusals
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.panelHead}>
        <b>{title}</b>
        {requests > 0 && (
          <span className="meta muted num">
            {t('counts.requests', { count: requests, requests: number(requests) })}
          </span>
        )}
      </div>
      <table className={tables.counts}>
        <tbody>
          {some.length === 0 && (
            <tr>
              <td className="muted">{t('counts.none')}</td>
            </tr>
          )}
          {some.map(({ key, tone, icon }) => (
            <tr key={key} data-testid={`import-count-${key}`} data-count={counts[key]}>
              <th scope="row">
                <StateWord tone={tone} icon={icon} word={t(`counts.${key}`)} />
              </th>
              <td className={`${tables.end} num`}>{number(counts[key])}</td>
              <td className="secondary">
                {key === 'probable' || key === 'uncertain' || key === 'leftOut'
                  ? t(`counts.text.${key}`)
                  : (key === 'refused' || key === 'duplicate') && refusal
                    ? t('counts.refusal', { row: refusal.row, name: refusal.name, reason: refusal.reason })
                    : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
