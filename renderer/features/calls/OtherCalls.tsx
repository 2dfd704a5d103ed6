import { useTranslation } from 'react-i18next'
import type { HistoryCall } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { Button, DrawerHeading, Icon, useNow } from '../../ui/index.ts'
import { CallResultWord } from './CallResultWord.tsx'
import styles from './drawer.module.css'
import { talkedSec } from './history-result.ts'

const shown = 6

/** The newest other calls with the same person. */
export function OtherCalls(props: {
  who: string
  /** Undefined while they are being read. */
  others: readonly HistoryCall[] | undefined
  isFailed: boolean
  onRetry(): void
  onAll(): void
}) {
  const { t } = useTranslation(['calls', 'common'])
  const { day, clock, span } = useTimeText()
  const now = useNow(60_000)
  const { others } = props
  return (
    <section className={styles.section}>
      <DrawerHeading>
        {t('calls:drawer.earlier', { name: props.who })}
        {others && others.length > 0 && (
          <Button small variant="link" className="end" onClick={props.onAll} data-testid="drawer-all-calls">
            {t('calls:drawer.allCalls')}
          </Button>
        )}
      </DrawerHeading>
      {props.isFailed && (
        <p className="row meta secondary">
          {t('calls:drawer.earlierFailed')}
          <Button small onClick={props.onRetry}>
            {t('calls:retry')}
          </Button>
        </p>
      )}
      {others?.length === 0 && <p className="meta muted">{t('calls:drawer.earlierNone')}</p>}
      <ul>
        {others?.slice(0, shown).map((one) => {
          const seconds = talkedSec(one)
          const isToday = day(one.startedAt, now) === day(now, now)
          const facts = [one.extension, seconds === null ? '' : span(seconds * 1000), one.ownNote ?? one.note ?? '']
          return (
            <li key={`${one.connection} ${one.callId}`} className={styles.earlier}>
              <time className="meta muted num">{isToday ? clock(one.startedAt) : day(one.startedAt, now)}</time>
              <Icon name={one.direction === 'outgoing' ? 'out' : one.direction === 'internal' ? 'internal' : 'in'} />
              <span className="cut num grow">
                {facts.filter((fact) => fact !== '').join(t('common:listSeparator'))}
              </span>
              <CallResultWord call={one} live={null} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
