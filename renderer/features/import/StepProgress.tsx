import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportProgress } from '../../../preload/contract/index.ts'
import { useErrorSentence, useTimeText } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Banner, Button, Details, Icon } from '../../ui/index.ts'
import { CountTable } from './CountTable.tsx'
import styles from './import.module.css'
import { useNumber } from './use-number.ts'

/** How far it is, how long it will take, and the buttons to stop it. */
export function StepProgress({ shown }: { shown: ImportProgress }) {
  const { t } = useTranslation('imports')
  const number = useNumber()
  const time = useTimeText()
  const explain = useErrorSentence()
  const { id, state, done, total, rowsPerSec, counts } = shown
  const meta = { operation: 'import' }
  const pause = useMutation({ mutationFn: () => rpc.imports.pause({ id }), meta })
  const resume = useMutation({ mutationFn: () => rpc.imports.resume({ id }), meta })
  const cancel = useMutation({ mutationFn: () => rpc.imports.cancel({ id }), meta })
  const share = total === 0 ? 0 : Math.min(1, done / total)
  const bad = counts.duplicate + counts.refused + counts.uncertain + counts.probable
  const percent = new Intl.NumberFormat(undefined, { style: 'percent' }).format(Math.floor(share * 100) / 100)
  const explained = shown.problem === null ? null : explain(shown.problem, 'import')
  const leftMs = rowsPerSec ? ((total - done) / rowsPerSec) * 1000 : null
  return (
    <>
      <div className={`${styles.work} ${styles.narrow}`}>
        {explained && (
          <Banner
            tone={state === 'waiting' ? 'caution' : 'failed'}
            title={t(`progress.problem.${state === 'waiting' ? 'waiting' : 'paused'}`)}
          >
            {explained.sentence}
            <Details explained={explained} />
          </Banner>
        )}
        <section
          className={`${styles.panel} ${styles.padded}`}
          data-testid="import-progress"
          data-state={state}
          data-done={done}
        >
          <div className={styles.baseline}>
            <span className={`${styles.percent} num`}>{percent}</span>
            <span className="secondary num">
              {state === 'staging'
                ? t('progress.staging', { rows: number(total) })
                : t('progress.rows', { done: number(done), total: number(total) })}
            </span>
            <span className="grow" />
            <span className="num">
              {state === 'running' && leftMs !== null
                ? t('progress.left', { span: time.span(leftMs) })
                : t(`state.${state}`)}
            </span>
          </div>
          <div
            className={styles.progress}
            role="progressbar"
            aria-label={t('progress.label')}
            aria-valuenow={Math.round(share * 100)}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <i style={{ width: `${Math.max(0, share - (total === 0 ? 0 : bad / total)) * 100}%` }} />
            <i className={styles.alert} style={{ width: `${(total === 0 ? 0 : bad / total) * 100}%` }} />
          </div>
          <div className={`${styles.facts} meta muted`}>
            {rowsPerSec !== null && (
              <span className="num">{t('progress.rate', { rows: number(Math.round(rowsPerSec)) })}</span>
            )}
            {shown.batchRows > 0 && (
              <span className="num">
                {t('progress.batch', {
                  count: shown.batchRows,
                  clock: shown.lastAnswerAt === null ? '' : time.clock(shown.lastAnswerAt),
                })}
              </span>
            )}
          </div>
          <div className={styles.buttons}>
            {state === 'paused' ? (
              <Button
                variant="primary"
                icon="play"
                busy={resume.isPending}
                onClick={() => resume.mutate()}
                data-testid="import-resume"
              >
                {t('progress.resume')}
              </Button>
            ) : (
              <Button
                icon="pause"
                disabled={state === 'staging'}
                busy={pause.isPending}
                onClick={() => pause.mutate()}
                data-testid="import-pause"
              >
                {t('progress.pause')}
              </Button>
            )}
            <Button busy={cancel.isPending} onClick={() => cancel.mutate()} data-testid="import-cancel">
              {t('cancel')}
            </Button>
            <span className="meta muted">
              {t(shown.target === 'pbx' ? 'progress.cancelPbx' : 'progress.cancelText')}
            </span>
          </div>
        </section>
        <CountTable shown={shown} title={t('progress.soFar')} />
      </div>
      <footer className={styles.actionBar}>
        <span className="secondary">
          <Icon name="info" /> {t('progress.leave')}
        </span>
      </footer>
    </>
  )
}
