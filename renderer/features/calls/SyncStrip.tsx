import { useMutation } from '@tanstack/react-query'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistorySync } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, Icon } from '../../ui/index.ts'
import styles from './strip.module.css'

/** How far the history has come, while that is something to know: being filled, stopped, or failing. */
export const SyncStrip = memo(function SyncStrip() {
  const connections = useSnapshot('history', (history) => history?.connections)
  const shown = (connections ?? []).filter(({ state }) => state !== 'waiting' && state !== 'reading')
  return shown.map((one) => <Strip key={one.connection} sync={one} />)
})

function Strip({ sync }: { sync: HistorySync }) {
  const { t, i18n } = useTranslation('calls')
  const explain = useErrorSentence()
  const cancel = useMutation({ mutationFn: () => rpc.history.cancelSync(), meta: { operation: 'history' } })
  const resume = useMutation({ mutationFn: () => rpc.history.sync(), meta: { operation: 'history' } })
  const number = new Intl.NumberFormat(i18n.language)
  const day = new Intl.DateTimeFormat(i18n.language, { year: 'numeric', month: 'short', day: 'numeric' })
  const { state, progress } = sync
  if (state === 'failing') {
    return (
      <div className={styles.strip} role="status" data-testid="sync-strip" data-state="failing">
        <Icon name="warn" />
        <span className="cut grow">
          {t('sync.failing')} {sync.problem ? explain(sync.problem).sentence : ''}
        </span>
        <Button small busy={resume.isPending} onClick={() => resume.mutate()}>
          {t('retry')}
        </Button>
      </div>
    )
  }
  if (state === 'cancelled') {
    const oldest = sync.complete.at(-1)?.from
    return (
      <div className={styles.strip} role="status" data-testid="sync-strip" data-state="cancelled">
        <Icon name="info" />
        <span className="cut grow">
          {oldest === undefined ? t('sync.stopped') : t('sync.stoppedAt', { date: day.format(oldest) })}
        </span>
        <Button small busy={resume.isPending} onClick={() => resume.mutate()} data-testid="sync-resume">
          {t('sync.resume')}
        </Button>
      </div>
    )
  }
  const share = progress?.total ? Math.min(1, progress.done / progress.total) : null
  const done = number.format(progress?.done ?? 0)
  const words =
    progress === null
      ? t('sync.gap')
      : progress.total === null
        ? t('sync.filling', { done, date: day.format(progress.from) })
        : t('sync.fillingOf', {
            done,
            total: number.format(Math.max(progress.total, progress.done)),
            date: day.format(progress.from),
          })
  return (
    <div className={styles.strip} data-testid="sync-strip" data-state="filling">
      <Icon name="download" />
      <span className="cut grow num">{words}</span>
      <progress className={styles.bar} aria-label={t('sync.label')} {...(share !== null && { value: share })} max={1} />
      {progress !== null && (
        <Button small busy={cancel.isPending} onClick={() => cancel.mutate()} data-testid="sync-cancel">
          {t('sync.stop')}
        </Button>
      )}
    </div>
  )
}
