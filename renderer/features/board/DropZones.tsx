import { useTranslation } from 'react-i18next'
import styles from './Tile.module.css'

/** What a drop here does, in words; and where it can be asked first, both places to drop on. */
export function DropZones(props: { who: string; state: string; over: 'transfer' | 'consult'; consults: boolean }) {
  const { t } = useTranslation('conversation')
  const { who, state, over, consults } = props
  const words = t(over === 'consult' ? 'dropConsult' : 'drop', { who, state })
  if (!consults) return <div className={styles.dropAll}>{words}</div>
  return (
    <>
      <div className={styles.dropWords}>
        <span className="cut">{words}</span>
      </div>
      <div className={styles.zones} data-over={over}>
        <span>{t('mode.blind')}</span>
        <span>{t('mode.attended')}</span>
      </div>
    </>
  )
}
