import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OperationInfo, RequestPreview } from '../../../preload/contract/index.ts'
import { Button } from '../../ui/index.ts'
import styles from './form.module.css'
import { RequestText } from './RequestPane.tsx'
import { useOperationWords } from './use-operations.ts'

/** Before something rings or changes: what will happen, with the focus on "cancel". */
export function ConfirmSend(props: {
  info: OperationInfo
  request: RequestPreview | undefined
  onSend(): void
  onClose(): void
}) {
  const { t } = useTranslation('operations')
  const words = useOperationWords()
  return (
    <Modal
      opened
      onClose={props.onClose}
      size={520}
      title={t('confirmTitle', { title: words.title(props.info) })}
      closeButtonProps={{ 'aria-label': t('confirmCancel') }}
    >
      <div className={styles.confirm} data-testid="operation-confirm">
        <p>{t('confirmText')}</p>
        {props.request && (
          <div className={styles.confirmRequest}>
            <RequestText request={props.request} />
          </div>
        )}
        <div className={styles.confirmActions}>
          <Button data-autofocus onClick={props.onClose}>
            {t('confirmCancel')}
          </Button>
          <Button variant="danger" icon="send" onClick={props.onSend} data-testid="operation-confirm-send">
            {t('confirmSend')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
