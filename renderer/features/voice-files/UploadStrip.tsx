import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PromptUploadView } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Details, Icon, useNow } from '../../ui/index.ts'
import styles from './voice-files.module.css'

/** What is on its way to the telephone system, and what did not get there. */
export function UploadStrip({ uploads }: { uploads: readonly PromptUploadView[] }) {
  const { t } = useTranslation('voice')
  if (uploads.length === 0) return null
  return (
    <ul className={styles.uploads} aria-label={t('upload.label')}>
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  )
}

const icons = {
  queued: 'clock',
  sending: 'upload',
  unsure: 'search',
  saved: 'search',
  confirmed: 'check',
  failed: 'warn',
} as const

function UploadRow({ upload }: { upload: PromptUploadView }) {
  const { t } = useTranslation(['voice', 'common'])
  const explain = useErrorSentence()
  const now = useNow(1000)
  const { phase, problem, progress, nextAt } = upload
  const input = { upload: upload.id }
  const meta = { operation: 'voice' }
  const cancel = useMutation({ mutationFn: () => rpc.prompts.cancelUpload(input), meta })
  const retry = useMutation({ mutationFn: () => rpc.prompts.retryUpload(input), meta })
  const dismiss = useMutation({ mutationFn: () => rpc.prompts.dismissUpload(input), meta })
  const explained = problem && phase !== 'confirmed' ? explain(problem, 'voice') : null
  const part = progress?.total ? Math.min(1, progress.bytes / progress.total) : null
  const waitSec = nextAt === null ? 0 : Math.max(0, Math.ceil((nextAt - now) / 1000))
  return (
    <li>
      <div
        className={styles.upload}
        data-phase={phase}
        data-testid="voice-upload"
        role={phase === 'failed' ? 'alert' : 'status'}
      >
        <Icon name={icons[phase]} />
        <span className={styles.uploadWords}>
          <b>{upload.title}</b>{' '}
          <span className="num">
            {phase === 'sending' && part !== null
              ? t('voice:upload.sendingPart', { percent: Math.round(part * 100) })
              : t(`voice:upload.${phase}`, { id: upload.prompt ?? '' })}
            {waitSec > 0 && problem !== null && phase !== 'failed' && ` ${t('voice:upload.again', { count: waitSec })}`}
          </span>
          {explained && (
            <span className={styles.uploadWhy}>
              {explained.sentence}
              {phase === 'failed' && upload.mayHaveArrived && ` ${t('voice:upload.mayHaveArrived')}`}
              {phase === 'failed' && <Details explained={explained} />}
            </span>
          )}
        </span>
        {(phase === 'queued' || phase === 'sending' || phase === 'unsure') && (
          <Button small busy={cancel.isPending} onClick={() => cancel.mutate()} data-testid="voice-upload-cancel">
            {t('common:cancel')}
          </Button>
        )}
        {phase === 'failed' && (
          <>
            <Button small busy={retry.isPending} onClick={() => retry.mutate()} data-testid="voice-upload-retry">
              {t('common:retry')}
            </Button>
            <Button
              small
              only
              variant="quiet"
              icon="close"
              aria-label={t('voice:upload.dismiss', { title: upload.title })}
              busy={dismiss.isPending}
              onClick={() => dismiss.mutate()}
              data-testid="voice-upload-dismiss"
            />
          </>
        )}
      </div>
    </li>
  )
}
