import { Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../../../../preload/contract/index.ts'
import { useErrorSentence } from '../../../i18n/index.ts'
import { rpc } from '../../../rpc/index.ts'
import { Button, Details, showToast } from '../../../ui/index.ts'
import { hostOf } from '../connection-edit.ts'
import styles from '../settings.module.css'

/** Ask, remove, and offer the way back: the undo brings the stored secrets back too. */
export function RemoveConnection(props: { connection: Connection; name: string; onClose(): void }) {
  const { t } = useTranslation(['settings', 'common'])
  const explain = useErrorSentence()
  const { name, connection } = props
  const { id } = connection
  const restore = useMutation({
    mutationFn: () => rpc.settings.restoreConnection({ id }),
    meta: { operation: 'settings' },
  })
  const remove = useMutation({
    mutationFn: () => rpc.settings.removeConnection({ id }),
    onSuccess() {
      props.onClose()
      showToast({
        tone: 'done',
        text: t('settings:connections.removed', { name }),
        action: { label: t('common:undo'), run: () => restore.mutate() },
      })
    },
    meta: { inline: true },
  })
  const failed = remove.error ? explain(remove.error, 'settings') : null
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('settings:connections.removeConfirm', { name, address: hostOf(connection.baseUrl) })}
      closeButtonProps={{ 'aria-label': t('settings:cancel') }}
    >
      <div className={styles.confirm}>
        <p className="secondary">
          {connection.system === 'telcrm'
            ? t('settings:connections.removeText')
            : t('settings:connections.removeTextOther')}
        </p>
        {failed && (
          <div className={styles.error} role="alert">
            {failed.sentence}
            <Details explained={failed} />
          </div>
        )}
        <div className={styles.buttons}>
          <Button data-autofocus onClick={props.onClose}>
            {t('settings:cancel')}
          </Button>
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('settings:connections.removeYes', { name })}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
