import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { Button, Icon, useNow } from '../../ui/index.ts'
import styles from './notes.module.css'
import { useFollowUpActions } from './use-follow-up-actions.ts'

/** What was promised, for when, and whether it is done; with the ways to change that. */
export function FollowUpLine({ followUp, onEdit }: { followUp: FollowUp; onEdit: () => void }) {
  const { t } = useTranslation('notes')
  const { moment } = useTimeText()
  const now = useNow(30_000)
  const actions = useFollowUpActions()
  const isDone = followUp.doneAt !== null
  const isOver = !isDone && followUp.dueAt <= now
  return (
    <div className={styles.followUp} data-testid="follow-up" data-state={isDone ? 'done' : isOver ? 'overdue' : 'open'}>
      <Icon name={isDone ? 'check' : 'clock'} />
      <span className="num">{isDone ? t('doneWord') : moment(followUp.dueAt, now)}</span>
      <span className={`grow ${styles.promise}`}>{followUp.promise || t('callBackPromise')}</span>
      {isDone ? (
        <Button small variant="quiet" onClick={() => actions.reopen(followUp)}>
          {t('reopen')}
        </Button>
      ) : (
        <>
          <Button small variant="quiet" onClick={onEdit}>
            {t('change')}
          </Button>
          <Button small icon="check" data-testid="follow-up-done" onClick={() => actions.finish(followUp)}>
            {t('finish')}
          </Button>
        </>
      )}
    </div>
  )
}
