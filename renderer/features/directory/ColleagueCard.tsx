import { useTranslation } from 'react-i18next'
import type { DirectoryRow } from '../../../preload/contract/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, Drawer } from '../../ui/index.ts'
import { useDial } from '../dial/index.ts'
import styles from './directory.module.css'
import { NumberActions } from './NumberActions.tsx'
import { PersonCalls } from './PersonCalls.tsx'

/** A colleague, or a name that only a call log knows: who it is, and what can be done. */
export function ColleagueCard(props: { row: DirectoryRow; onClose(): void; onEnter(): void }) {
  const { t } = useTranslation('directory')
  const { row } = props
  const dial = useDial()
  const isMe = useSnapshot('me', (me) => me?.extension) === row.number
  const isLearned = row.kind === 'learned'
  return (
    <Drawer
      id="person-card"
      label={t('card.label', { name: row.name })}
      testId="person-card"
      title={row.name}
      beside={<span className="secondary cut">{t(`kindOf.${row.kind}`)}</span>}
      onClose={props.onClose}
    >
      <ul className={styles.numbers}>
        <li>
          <span className="num grow">{row.display}</span>
          <NumberActions number={row.number ?? ''} display={row.display ?? ''} />
        </li>
      </ul>
      {isLearned && <p className={styles.hint}>{t('card.learned')}</p>}
      <div className={styles.actions}>
        {!isMe && (
          <Button data-first variant="primary" icon="phone" onClick={() => dial(row.number ?? '')}>
            {t('card.call')}
          </Button>
        )}
        {isLearned && (
          <Button icon="person-add" onClick={props.onEnter} data-testid="person-enter">
            {t('card.enter')}
          </Button>
        )}
      </div>
      {isLearned && <PersonCalls name={row.name} who={{ canonical: row.number ?? '' }} />}
    </Drawer>
  )
}
