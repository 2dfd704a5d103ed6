import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PromptBackup } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, showToast, useNow } from '../../ui/index.ts'
import type { Hearing } from './hearing.ts'
import { usePlayCopy } from './use-play-copy.ts'
import styles from './voice-files.module.css'

/** Replaced and deleted sounds that can be put back. */
export function BackupList(props: { backups: readonly PromptBackup[]; keepDays: number; hearing: Hearing }) {
  const { t } = useTranslation('voice')
  if (props.backups.length === 0) return null
  return (
    <section className={styles.backups} aria-label={t('backup.heading', { count: props.keepDays })}>
      <h2 className="meta muted">{t('backup.heading', { count: props.keepDays })}</h2>
      <ul>
        {props.backups.map((backup) => (
          <BackupRow key={backup.id} backup={backup} hearing={props.hearing} />
        ))}
      </ul>
    </section>
  )
}

function BackupRow({ backup, hearing }: { backup: PromptBackup; hearing: Hearing }) {
  const { t } = useTranslation('voice')
  const { moment } = useTimeText()
  const now = useNow(60_000)
  const { id, prompt, title, reason, by, at } = backup
  const player = usePlayCopy(`backup ${id}`, { backup: id }, hearing)
  const restore = useMutation({
    mutationFn: () => rpc.prompts.restore({ backup: id }),
    onSuccess: ({ isNew }) =>
      showToast({ tone: 'done', text: t(isNew ? 'backup.restoredNew' : 'backup.restored', { title, id: prompt }) }),
    meta: { operation: 'voice' },
  })
  const who = by ?? t('backup.elsewhere')
  return (
    <li className={styles.backup} data-testid="voice-backup" data-reason={reason}>
      <span className="num muted">{prompt}</span>
      <span className={styles.backupWords}>
        <b className="cut">{title}</b>{' '}
        <span className="meta muted num">{t(`backup.${reason}`, { at: moment(at, now), who })}</span>
      </span>
      <Button
        small
        icon={player.isPlaying ? 'stop' : 'play'}
        busy={player.isLoading}
        aria-label={`${t(player.isPlaying ? 'backup.stop' : 'backup.listen')} ${title}`}
        onClick={player.toggle}
      >
        {t(player.isPlaying ? 'backup.stop' : 'backup.listen')}
      </Button>
      <Button
        small
        icon="undo"
        busy={restore.isPending}
        aria-label={`${t('backup.restore')} ${title}`}
        onClick={() => restore.mutate()}
        data-testid="voice-restore"
      >
        {t('backup.restore')}
      </Button>
    </li>
  )
}
