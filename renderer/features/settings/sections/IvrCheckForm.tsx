import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field } from '../../../ui/index.ts'
import { menuFault, type RuleDraft, readRules } from '../menu-draft.ts'
import styles from '../settings.module.css'
import type { SaveState } from '../use-setting.ts'
import { EntryForm, Labelled } from './EntryForm.tsx'
import type { IvrCheck } from './IvrChecks.tsx'

/** Name, parameter and words of one voice menu. */
export function IvrCheckForm(props: {
  check: IvrCheck | null
  taken: string[]
  origin: string
  save: SaveState
  onSave(check: IvrCheck): void
  onClose(): void
}) {
  const { t } = useTranslation('settings')
  const { check } = props
  const [flow, setFlow] = useState(check?.flow ?? '')
  const [param, setParam] = useState(check?.param ?? 'input')
  const [otherwise, setOtherwise] = useState(check?.otherwise ?? 'OTHER')
  const [rules, setRules] = useState<RuleDraft[]>(check?.rules.map((rule, id) => ({ ...rule, id })) ?? [])
  const [problem, setProblem] = useState<string | null>(null)

  const submit = () => {
    const draft = { flow: flow.trim(), param: param.trim(), otherwise: otherwise.trim(), rules: readRules(rules) }
    const fault = menuFault(draft, props.taken)
    if (fault) return setProblem(t(`answers.${fault.kind}`, { name: fault.name }))
    setProblem(null)
    props.onSave({ ...check, ...draft })
  }
  const change = (id: number, part: Partial<RuleDraft>) =>
    setRules(rules.map((one) => (one.id === id ? { ...one, ...part } : one)))
  const nextId = rules.reduce((highest, one) => Math.max(highest, one.id), -1) + 1

  return (
    <EntryForm name="voice-menu" save={props.save} problem={problem} onSubmit={submit} onClose={props.onClose}>
      <div className={styles.formGrid}>
        <Labelled label={t('answers.flow')} hint={`${props.origin}/ivr/${flow.trim() || '…'}`}>
          <Field
            autoFocus
            label={t('answers.flow')}
            placeholder="member"
            maxLength={60}
            value={flow}
            onChange={(event) => setFlow(event.target.value)}
          />
        </Labelled>
        <Labelled label={t('answers.param')} hint={t('answers.paramHint')}>
          <Field
            label={t('answers.param')}
            maxLength={60}
            value={param}
            onChange={(event) => setParam(event.target.value)}
          />
        </Labelled>
      </div>
      <fieldset className={styles.ruleSet}>
        <legend className={styles.label}>{t('answers.words')}</legend>
        {rules.map((rule, at) => (
          <div key={rule.id} className={styles.ruleRow}>
            <Field
              label={t('answers.value', { row: at + 1 })}
              placeholder="1234"
              maxLength={200}
              value={rule.value}
              onChange={(event) => change(rule.id, { value: event.target.value })}
            />
            <span aria-hidden="true" className="muted">
              →
            </span>
            <Field
              label={t('answers.token', { row: at + 1 })}
              placeholder="LOGIN_SUCCESS"
              maxLength={60}
              value={rule.token}
              onChange={(event) => change(rule.id, { token: event.target.value })}
            />
            <Button
              small
              only
              variant="quiet"
              icon="close"
              aria-label={t('answers.wordRemove', { row: at + 1 })}
              onClick={() => setRules(rules.filter((one) => one.id !== rule.id))}
            />
          </div>
        ))}
        <Button small icon="plus" onClick={() => setRules([...rules, { id: nextId, value: '', token: '' }])}>
          {t('answers.wordAdd')}
        </Button>
      </fieldset>
      <Labelled label={t('answers.otherwise')} hint={t('answers.otherwiseHint')}>
        <Field
          label={t('answers.otherwise')}
          maxLength={60}
          value={otherwise}
          onChange={(event) => setOtherwise(event.target.value)}
        />
      </Labelled>
    </EntryForm>
  )
}
