import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsSnapshot, Status } from '../../../preload/contract/index.ts'
import { NoticeBar } from '../../app/NoticeBar.tsx'
import { go } from '../../app/route.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, Icon, Loading, Stepper } from '../../ui/index.ts'
import styles from './first-run.module.css'
import { StepConnect } from './StepConnect.tsx'
import { StepExtension } from './StepExtension.tsx'
import { StepNotify } from './StepNotify.tsx'
import { StepPop } from './StepPop.tsx'
import { stepNames, useWizard } from './use-wizard.ts'

/** The first-run wizard: PBX, extension, call notices, test pop. Brings its own landmarks. */
export function FirstRun() {
  const settings = useSnapshot('settings')
  const status = useSnapshot('status')
  // With its own address the wizard stays when its second step has saved a connection and nothing needs setting up any more.
  useEffect(() => go('setup'), [])
  if (!settings || !status) return <Loading />
  return <WizardPage settings={settings} status={status} />
}

function WizardPage({ settings, status }: { settings: SettingsSnapshot; status: Status }) {
  const { t } = useTranslation(['first-run', 'common'])
  const wizard = useWizard(settings, status)
  const heading = useRef<HTMLHeadingElement>(null)
  const last = wizard.name === 'pop'

  // The heading takes the focus, so that a screen reader reads the new step and Tab starts at its top.
  useEffect(() => {
    if (wizard.step > 0) heading.current?.focus()
  }, [wizard.step])

  const blocked =
    (wizard.name === 'connect' && wizard.address.trim() === '') ||
    (wizard.name === 'extension' && wizard.extension === '' && !wizard.locked.extension)
  const busy = wizard.test.isPending || wizard.save.isPending || wizard.finish.isPending

  const next = () => {
    if (blocked || busy) return
    if (wizard.name === 'connect') {
      if (wizard.locked.address || wizard.answer?.ok) wizard.move(1)
      else void wizard.check(false)
    } else if (wizard.name === 'extension') void wizard.saveConnection()
    else if (last) wizard.finish.mutate()
    else wizard.move(wizard.step + 1)
  }
  useEnter(next)

  return (
    <div className={styles.page} data-testid="first-run">
      <header className={styles.header}>
        <div className={styles.product}>
          <span className={styles.brand}>
            <Icon name="bell-desk" size="nav" />
          </span>
          <b>{t('common:appName')}</b>
        </div>
        <Stepper
          label={t('stepper')}
          steps={stepNames.map((name) => t(`steps.${name}`))}
          at={wizard.step}
          done={t('done')}
        />
        <div className={styles.aside}>
          <Button variant="quiet" busy={wizard.demo.isPending} onClick={() => wizard.demo.mutate()}>
            {t('demo')}
          </Button>
        </div>
      </header>
      <main className={styles.scroll}>
        {/* Who else knocks is asked in the third step, where it matters. */}
        <NoticeBar sources={false} />
        <div className={styles.column}>
          <h1 ref={heading} className={styles.heading} tabIndex={-1}>
            {t(`${wizard.name}.heading`)}
          </h1>
          <p className={styles.lead}>{t(`${wizard.name}.lead`)}</p>
          {wizard.name === 'connect' && <StepConnect wizard={wizard} />}
          {wizard.name === 'extension' && <StepExtension wizard={wizard} onNext={next} />}
          {wizard.name === 'notify' && <StepNotify wizard={wizard} settings={settings} status={status} />}
          {wizard.name === 'pop' && <StepPop wizard={wizard} status={status} />}
        </div>
      </main>
      <footer className={styles.footer}>
        {wizard.step > 0 && <Button onClick={() => wizard.move(wizard.step - 1)}>{t('back')}</Button>}
        <span className="grow" />
        <Button variant="quiet" busy={wizard.finish.isPending} onClick={() => wizard.finish.mutate()}>
          {t('later')}
        </Button>
        <Button variant="primary" keys="↵" disabled={blocked} busy={busy} onClick={next} data-testid="first-run-next">
          {last ? t('finish') : t('next')}
        </Button>
      </footer>
    </div>
  )
}

/** Enter goes on from anywhere but where it already means something: a button, a link, a fold, a list, a dialog. */
function useEnter(next: () => void): void {
  const current = useRef(next)
  useEffect(() => {
    current.current = next
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing || event.repeat) return
      if (event.target instanceof Element && event.target.closest('button, a, summary, textarea, [role="dialog"]'))
        return
      event.preventDefault()
      current.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
