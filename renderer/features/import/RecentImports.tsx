import { useTranslation } from 'react-i18next'
import type { ImportProgress } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { Button } from '../../ui/index.ts'
import styles from './import.module.css'
import { useNumber } from './use-number.ts'
import { actions } from './wizard.ts'

/** What was imported before, with its report and its undo. */
export function RecentImports({ imports }: { imports: readonly ImportProgress[] }) {
  const { t } = useTranslation('imports')
  const number = useNumber()
  const time = useTimeText()
  if (imports.length === 0) return null
  return (
    <section className={styles.panel} aria-labelledby="recent-imports">
      <div className={styles.panelHead}>
        <h2 id="recent-imports">{t('recent.title')}</h2>
      </div>
      <ul className={styles.recent}>
        {imports.slice(0, 8).map((one) => (
          <li key={one.id} data-testid="import-recent">
            <b className="cut">{one.fileName}</b>
            <span className="secondary num">{t('recent.rows', { count: number(one.total) })}</span>
            <span className="secondary">{t(`state.${one.state}`)}</span>
            <span className="grow" />
            <span className="meta muted num">{time.moment(one.endedAt ?? one.startedAt ?? 0, Date.now())}</span>
            <Button
              small
              variant="quiet"
              onClick={() => actions.show(one.id)}
              aria-label={t('recent.openName', { name: one.fileName })}
            >
              {t('recent.open')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
