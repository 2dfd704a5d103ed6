import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportProgress } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Banner, Button, Details } from '../../ui/index.ts'
import { CountTable } from './CountTable.tsx'
import styles from './import.module.css'
import { saveReport } from './save-report.ts'
import { useNumber } from './use-number.ts'
import { actions } from './wizard.ts'

/** What became of every row, the file of those that did not get through, and the way back. */
export function StepResult({ shown }: { shown: ImportProgress }) {
  const { t } = useTranslation('imports')
  const number = useNumber()
  const explain = useErrorSentence()
  const [asksUndo, setAsksUndo] = useState(false)
  const { id, state, counts, undo } = shown
  const meta = { operation: 'import' }
  const report = useMutation({ mutationFn: () => saveReport(id), meta })
  const takeBack = useMutation({
    mutationFn: () => rpc.imports.undo({ id }),
    meta,
    onSettled: () => setAsksUndo(false),
  })
  const discard = useMutation({ mutationFn: () => rpc.imports.discard({ id }), meta, onSuccess: () => actions.reset() })
  const here = counts.created + counts.filled + counts.overwritten
  const waiting = state === 'cancelled' ? shown.total - shown.done : 0
  const failed =
    counts.duplicate + counts.refused + counts.probable + counts.uncertain + counts.leftOut + Math.max(0, waiting)
  const through = shown.target === 'local' ? here : counts.sent
  const explained = shown.problem === null ? null : explain(shown.problem, 'import')
  return (
    <>
      <div
        className={`${styles.work} ${styles.narrow}`}
        data-testid="import-result"
        data-state={state}
        data-undo={undo}
      >
        {explained && (
          <Banner tone="failed" title={t(`state.${state}`)}>
            {explained.sentence}
            <Details explained={explained} />
          </Banner>
        )}
        <section className={`${styles.panel} ${styles.padded}`}>
          <div className={styles.baseline}>
            <span className={`${styles.percent} num`}>{number(through)}</span>
            <span className="secondary">{t(`result.${state as 'done'}`, { count: through })}</span>
          </div>
          {waiting > 0 && (
            <p className="secondary num">{t('result.waiting', { count: waiting, rows: number(waiting) })}</p>
          )}
          {undo === 'done' && (
            <p className="secondary num" role="status">
              {t('result.undone')}{' '}
              {shown.undoKept > 0 && t('result.undoKept', { count: shown.undoKept, rows: number(shown.undoKept) })}
            </p>
          )}
          <div className={styles.buttons}>
            <Button
              icon="download"
              disabled={failed === 0}
              busy={report.isPending}
              onClick={() => report.mutate()}
              data-testid="import-report"
            >
              {t('result.report', { count: failed, rows: number(failed) })}
            </Button>
            {undo === 'possible' && !asksUndo && (
              <Button onClick={() => setAsksUndo(true)} data-testid="import-undo">
                {t('result.undo')}
              </Button>
            )}
            {undo === 'running' && <Button busy>{t('result.undoing')}</Button>}
          </div>
          {failed > 0 && <p className={`meta muted ${styles.below}`}>{t('result.reportText')}</p>}
          {asksUndo && (
            <Banner
              tone="caution"
              title={t('result.undoTitle', { name: shown.fileName })}
              action={
                <span className={styles.row}>
                  <Button
                    small
                    variant="danger"
                    busy={takeBack.isPending}
                    onClick={() => takeBack.mutate()}
                    data-testid="import-undo-confirm"
                  >
                    {t('result.undoConfirm')}
                  </Button>
                  <Button small onClick={() => setAsksUndo(false)}>
                    {t('cancel')}
                  </Button>
                </span>
              }
            >
              {t(shown.target === 'local' ? 'result.undoText' : 'result.undoTextPbx')}
            </Banner>
          )}
        </section>
        <CountTable shown={shown} title={t('result.counts')} />
      </div>
      <footer className={styles.actionBar}>
        <span className="secondary">{t('result.text')}</span>
        <span className="grow" />
        <Button
          variant="quiet"
          busy={discard.isPending}
          disabled={undo === 'running'}
          onClick={() => discard.mutate()}
          data-testid="import-discard"
        >
          {t('result.discard')}
        </Button>
        <Button variant="primary" onClick={actions.reset} data-testid="import-next">
          {t('result.next')}
        </Button>
      </footer>
    </>
  )
}
