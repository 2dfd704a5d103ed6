import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionTest } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { Button, Field, Icon } from '../../ui/index.ts'
import { adviceParams, connectionAdvice, refusalAdvice } from './connection-advice.ts'
import { StepPicture } from './StepPicture.tsx'
import styles from './steps.module.css'
import type { Wizard } from './use-wizard.ts'

/** A refused address was never asked: its advice names no host. */
const noParams = { address: '', host: '', port: '', status: '' }

/** Step 1: where is the PBX? Asks the PBX itself, never the internet. */
export function StepConnect({ wizard }: { wizard: Wizard }) {
  const { t } = useTranslation(['first-run', 'settings'])
  const explain = useErrorSentence()
  const { test, answer, locked } = wizard
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const refused = test.error && test.variables === wizard.address.trim() ? explain(test.error) : null
  const refusedFor = test.error ? refusalAdvice(test.error) : 'badAddress'
  const pbx = answer?.ok ? hostOfUrl(answer.baseUrl) : undefined

  return (
    <>
      <StepPicture kind="connect" pbx={pbx} />
      <div className={styles.inputRow}>
        <Field
          ref={field}
          large
          label={t('connect.label')}
          placeholder={t('connect.placeholder')}
          className={`${styles.grow} ${styles.address}`}
          value={wizard.address}
          disabled={locked.address}
          invalid={Boolean(refused) || answer?.ok === false}
          aria-describedby="address-hint"
          onChange={(event) => wizard.setAddress(event.target.value)}
        />
        <Button
          className={styles.tall}
          variant="tonal"
          busy={test.isPending}
          disabled={wizard.address.trim() === ''}
          onClick={() => void wizard.check(true)}
        >
          {t('connect.check')}
        </Button>
      </div>
      <p id="address-hint" className={`${styles.hint} meta muted`}>
        {locked.address ? t('locked') : t('connect.hint')}
      </p>
      <div aria-live="polite">
        {test.isPending && <p className={styles.hint}>{t('connect.checking', { address: test.variables })}</p>}
        {refused && (
          <Trouble
            title={t(`advice.${refusedFor}.title`, noParams)}
            text={t(`advice.${refusedFor}.text`, noParams)}
            details={refused.details}
            advice={refusedFor}
          />
        )}
        {answer && <Answer answer={answer} wizard={wizard} />}
      </div>
      {!answer && !refused && !test.isPending && <DemoCard wizard={wizard} />}
    </>
  )
}

function Answer({ answer, wizard }: { answer: ConnectionTest; wizard: Wizard }) {
  const { t } = useTranslation('first-run')
  const explain = useErrorSentence()
  if (answer.ok) {
    return (
      <div className={styles.result} data-testid="connection-ok">
        <Icon name="check-circle" />
        <b className="grow">{t('connect.ok')}</b>
        <span className="meta muted num">
          {t('connect.okMeta', { address: hostOfUrl(answer.baseUrl), latency: answer.latencyMs })} ·{' '}
          {t('connect.okCount', { count: answer.extensions.length })}
        </span>
      </div>
    )
  }
  const params = adviceParams(answer.baseUrl, answer.problem)
  const key = connectionAdvice(answer.problem)
  return (
    <Trouble
      title={t(`advice.${key}.title`, params)}
      text={t(`advice.${key}.text`, params)}
      details={explain(answer.problem).details}
      advice={key}
      onUseAnyway={() => wizard.move(1)}
    />
  )
}

function Trouble(props: {
  title: string
  text: string
  details: string | null
  advice?: string
  onUseAnyway?: () => void
}) {
  const { t } = useTranslation('first-run')
  return (
    <div
      className={`${styles.result} ${styles.trouble}`}
      data-testid="connection-trouble"
      data-advice={props.advice ?? 'badAddress'}
    >
      <Icon name="warn" />
      <div className="grow">
        <b>{props.title}</b>
        <p className={styles.resultText}>{props.text}</p>
        {props.details && (
          <details className="meta muted">
            <summary>{t('connect.technical')}</summary>
            <p className="mono">{props.details}</p>
          </details>
        )}
        {props.onUseAnyway && (
          <p className={styles.anyway}>
            <Button small onClick={props.onUseAnyway}>
              {t('connect.useAnyway')}
            </Button>
            <span className="meta muted">{t('connect.useAnywayText')}</span>
          </p>
        )}
      </div>
    </div>
  )
}

function DemoCard({ wizard }: { wizard: Wizard }) {
  const { t } = useTranslation('first-run')
  return (
    <section className={styles.demoCard}>
      <div className="grow">
        <b>{t('connect.demoTitle')}</b>
        <p className="meta secondary">{t('connect.demoText')}</p>
      </div>
      <Button
        icon="play"
        busy={wizard.demo.isPending}
        onClick={() => wizard.demo.mutate()}
        data-testid="first-run-demo"
      >
        {t('demo')}
      </Button>
    </section>
  )
}

function hostOfUrl(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl
}
