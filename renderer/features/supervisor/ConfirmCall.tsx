import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Extension } from '../../../preload/contract/board.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, Elapsed } from '../../ui/index.ts'
import styles from './supervisor.module.css'
import { agentLabel, type SupervisorActions } from './use-supervisor.ts'

export interface Asked {
  what: 'takeOver' | 'hangUp'
  /** As it was when the button was pressed. */
  agent: Extension
}

/** Names the call before it is taken or ended. When that call is over meanwhile, it says so and nothing can be done. */
export function ConfirmCall({
  asked: { what, agent },
  actions,
  onClose,
}: {
  asked: Asked
  actions: SupervisorActions
  onClose(): void
}) {
  const { t } = useTranslation(['supervisor', 'common'])
  const supervisor = useSnapshot('me', (me) => me?.supervisor ?? '')
  const now = useSnapshot('board', (board) => board?.extensions.find((one) => one.extension === agent.extension))
  const isThere = now?.phone === 'talking' && now.remote?.number === agent.remote?.number
  const who = agentLabel(agent)
  const remote = [agent.remote?.name, agent.remote?.display].filter(Boolean).join(' ') || t('supervisor:unknownNumber')
  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={t(`supervisor:confirm.${what}.title`, { who })}
      closeButtonProps={{ 'aria-label': t('common:cancel') }}
    >
      <div className={styles.confirm} data-testid="supervisor-confirm">
        <p className={styles.confirmCall}>
          <b className="num">{who}</b>
          <span className="num">{t('supervisor:with', { remote })}</span>
          {isThere && <Elapsed since={agent.since} />}
        </p>
        <p role={isThere ? undefined : 'alert'}>
          {isThere ? t(`supervisor:confirm.${what}.text`, { supervisor }) : t('supervisor:confirm.over')}
        </p>
        <div className={styles.confirmActions}>
          <Button data-autofocus onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            variant={what === 'hangUp' ? 'danger' : 'primary'}
            icon={what === 'hangUp' ? 'hangup' : 'transfer'}
            disabled={!isThere}
            data-testid="supervisor-confirm-do"
            onClick={() => {
              actions[what](agent)
              onClose()
            }}
          >
            {t(`supervisor:confirm.${what}.do`)}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
