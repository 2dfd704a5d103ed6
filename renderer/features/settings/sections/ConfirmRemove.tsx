import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/index.ts'
import { FieldError } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import type { SaveState } from '../use-setting.ts'

/** Asks by name before an entry is removed; stays open, saying why, while that does not work. */
export function ConfirmRemove(props: {
  title: string
  text: string
  yes: ReactNode
  save: SaveState
  /** Resolves to whether it was saved. */
  onRemove(): Promise<boolean>
  onClose(): void
}) {
  const { t } = useTranslation('settings')
  const { save, onClose } = props
  const remove = async () => {
    if (await props.onRemove()) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={props.title} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <div className={styles.confirm}>
        <p className="secondary">{props.text}</p>
        <FieldError state={save} />
        <div className={styles.buttons}>
          <Button data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="danger" busy={save.saving} onClick={() => void remove()}>
            {props.yes}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
