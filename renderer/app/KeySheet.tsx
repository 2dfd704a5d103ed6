import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isMac } from '../ui/index.ts'
import styles from './Frame.module.css'

const mod = isMac ? '⌘' : 'Ctrl'
const sheet = {
  everywhere: [
    ['search', mod, 'K'],
    ['online', 'Ctrl', '1'],
    ['reducing', 'Ctrl', '2'],
    ['busy', 'Ctrl', '3'],
    ['sheet', '?'],
  ],
  desk: [
    ['transfer', 'T'],
    ['consult', 'C'],
    ['hangup', 'H'],
    ['notes', 'N'],
    ['crm', 'O'],
    ['dial', 'D'],
    ['list', '↑', '↓', '↵'],
    ['close', 'Esc'],
  ],
  calls: [['findCall', '/']],
  directory: [
    ['findPerson', '/'],
    ['newPerson', 'N'],
    ['editPerson', 'E'],
  ],
  consulting: [
    ['askFirst', '⇧', '↵'],
    ['putThrough', '↵'],
    ['threeWay', '3'],
    ['back', 'Esc'],
  ],
  console: [['send', mod, '↵']],
  board: [
    ['tiles', '←', '→', '↑', '↓'],
    ['tileActions', '↵'],
  ],
} as const

/** Every key of the program, opened with `?`. */
export function KeySheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['app', 'common'])
  const part = (name: keyof typeof sheet) => (
    <section key={name}>
      <h3>{t(`app:keys.${name}`)}</h3>
      <dl>
        {sheet[name].map(([what, ...keys]) => (
          <div key={what} style={{ display: 'contents' }}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`app:keys.${what}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('app:keys.title')}
      size={640}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={styles.keys}>
        <div>
          {part('everywhere')}
          {part('consulting')}
        </div>
        <div>
          {part('desk')}
          {part('board')}
          {part('calls')}
          {part('directory')}
          {part('console')}
        </div>
      </div>
      <p className={styles.note}>{t('app:keys.note')}</p>
    </Modal>
  )
}
