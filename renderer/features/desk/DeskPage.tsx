import { useTranslation } from 'react-i18next'
import { useKeys } from '../../ui/index.ts'
import { BoardPane } from '../board/index.ts'
import { CardList } from '../calls-live/index.ts'
import { DialForm, focusDial } from '../dial/index.ts'
import { SearchField } from '../search/index.ts'
import styles from './DeskPage.module.css'

/** The receptionist's page: find, live calls and dial on the left, everybody on the right. */
export function DeskPage() {
  const { t } = useTranslation('desk')
  useKeys({ d: focusDial })
  return (
    <div className={styles.desk}>
      <section className={styles.left} aria-label={t('calls')}>
        <SearchField />
        <CardList />
        <DialForm />
      </section>
      <BoardPane />
    </div>
  )
}
