import { useTranslation } from 'react-i18next'
import type { PresenceSpan } from '../../../preload/contract/supervision.ts'
import { useTimeText } from '../../i18n/index.ts'
import { presenceTotals, stripHours } from './presence-spans.ts'
import styles from './supervisor.module.css'

const width = 352
const height = 20

/** The day as one strip; hatched = nobody looked. The table below says the same. */
export function PresenceStrip({ spans }: { spans: PresenceSpan[] }) {
  const { t } = useTranslation(['supervisor', 'common'])
  const { clock, span } = useTimeText()
  const { from, until } = stripHours(spans)
  const x = (at: number) => ((at - from) / (until - from)) * width
  const words = presenceTotals(spans).map(([presence, ms]) => `${t(`common:presence.${presence}`)} ${span(ms)}`)
  return (
    <figure className={styles.strip}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('supervisor:presence.chart', { totals: words.join(t('common:listSeparator')) })}
      >
        {spans.map((one) => (
          <rect
            key={one.from}
            data-presence={one.presence}
            x={x(one.from)}
            width={Math.max(1, x(one.until) - x(one.from))}
            y={0}
            height={height}
          />
        ))}
      </svg>
      <figcaption className="num muted" aria-hidden="true">
        <span>{clock(from)}</span>
        <span>{clock(until)}</span>
      </figcaption>
    </figure>
  )
}
