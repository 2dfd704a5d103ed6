import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportProgress } from '../../../preload/contract/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { PageHead, Stepper } from '../../ui/index.ts'
import { FileBar } from './FileBar.tsx'
import styles from './import.module.css'
import { StepCheck } from './StepCheck.tsx'
import { StepColumns } from './StepColumns.tsx'
import { StepFile } from './StepFile.tsx'
import { StepProgress } from './StepProgress.tsx'
import { StepResult } from './StepResult.tsx'
import { actions, useWizard } from './wizard.ts'

const steps = ['file', 'columns', 'check', 'import', 'result'] as const
const isOver = ({ state }: ImportProgress) =>
  state === 'done' || state === 'cancelled' || state === 'undone' || state === 'failed'

/** Customers and opportunities from a file: file, columns, check, import, result. */
export function ImportPage() {
  const { t } = useTranslation('imports')
  const wizard = useWizard()
  const imports = useSnapshot('imports', (snapshot) => snapshot?.imports)
  const shown = wizard.step === 'run' ? imports?.find(({ id }) => id === wizard.runId) : undefined
  const busy = imports?.find((one) => !isOver(one))
  // Whoever comes back while an import runs wants to see that.
  useEffect(() => {
    if (busy && wizard.step === 'file' && wizard.id === null) actions.show(busy.id)
  }, [busy, wizard.step, wizard.id])
  useEffect(() => {
    // Gone since: discarded here or in another window.
    if (wizard.step === 'run' && imports && !shown) actions.reset()
  }, [wizard.step, imports, shown])
  const kind = shown?.kind ?? wizard.kind
  const step = shown ? (isOver(shown) ? 4 : 3) : wizard.step === 'check' ? 2 : wizard.step === 'columns' ? 1 : 0
  return (
    <div className={styles.page}>
      <PageHead title={t(kind === 'contacts' ? 'title.contacts' : 'title.opportunities')}>
        <Stepper
          className={styles.stepper}
          label={t('stepper')}
          steps={steps.map((name) => t(`steps.${name}`))}
          at={step}
          done={t('stepDone')}
        />
      </PageHead>
      <FileBar wizard={wizard} shown={shown} />
      {shown ? (
        isOver(shown) ? (
          <StepResult key={shown.id} shown={shown} />
        ) : (
          <StepProgress key={shown.id} shown={shown} />
        )
      ) : wizard.step === 'columns' && wizard.inspection ? (
        <StepColumns wizard={wizard} inspection={wizard.inspection} />
      ) : wizard.step === 'check' ? (
        <StepCheck wizard={wizard} />
      ) : (
        <StepFile wizard={wizard} imports={imports ?? []} />
      )}
    </div>
  )
}
