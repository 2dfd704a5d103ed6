import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extension } from '../../../preload/contract/board.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, Chip, Elapsed } from '../../ui/index.ts'
import { stopListening, useListening } from './listening.ts'
import styles from './supervisor.module.css'
import { agentLabel } from './use-supervisor.ts'

/** The call that was asked to be listened to, until it ends. How to stop: the PBX has no request for it. */
export function ListeningBar({ onTakeOver }: { onTakeOver(agent: Extension): void }) {
  const { t } = useTranslation('supervisor')
  const listening = useListening()
  const extension = listening?.agent.extension
  const now = useSnapshot('board', (board) => board?.extensions.find((one) => one.extension === extension))
  const supervisor = useSnapshot('me', (me) => me?.supervisor ?? '')
  const isOver =
    listening !== null && (now?.phone !== 'talking' || now.remote?.number !== listening.agent.remote?.number)
  useEffect(() => {
    if (isOver) stopListening()
  }, [isOver])
  if (!listening || isOver || !now) return null
  const { agent, since } = listening
  return (
    <div className={styles.listening} role="status" data-testid="supervisor-listening">
      <Chip tone="held" icon="listen">
        <span>{t('listening')}</span> <Elapsed since={since} />
      </Chip>
      <b className="num">{agentLabel(agent)}</b>
      <span className={`${styles.listeningText} secondary num`}>
        {t('listeningText', {
          supervisor,
          remote: agent.remote?.name ?? agent.remote?.display ?? t('unknownNumber'),
        })}
      </span>
      <Button onClick={() => onTakeOver(now)}>{t('takeOver')}</Button>
      <Button only variant="quiet" icon="close" aria-label={t('listeningClose')} onClick={() => stopListening()} />
    </div>
  )
}
