import { SegmentedControl, Switch } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CrmRule, crmFields, templateFlaw } from '../../../../preload/contract/index.ts'
import { useErrorSentence, useReasonText } from '../../../i18n/index.ts'
import { rpc } from '../../../rpc/index.ts'
import { Button, Field } from '../../../ui/index.ts'
import styles from '../settings.module.css'
import { readExtensions } from '../text-values.ts'
import type { SaveState } from '../use-setting.ts'
import { EntryForm, Labelled } from './EntryForm.tsx'
import type { Group } from './GroupsSection.tsx'

const occasions = ['ring', 'answer', 'button'] as const

/** One address of the customer system; "test" shows what it becomes for a sample call. */
export function CrmRuleForm(props: {
  rule: CrmRule | null
  groups: Group[]
  taken: string[]
  save: SaveState
  onSave(rule: CrmRule): void
  onClose(): void
}) {
  const { t } = useTranslation('settings')
  const explain = useErrorSentence()
  const reasonText = useReasonText()
  const { rule } = props
  const [name, setName] = useState(rule?.name ?? 'CRM')
  const [template, setTemplate] = useState(rule?.template ?? '')
  const [on, setOn] = useState<CrmRule['on']>(rule?.on ?? 'button')
  const [groups, setGroups] = useState(rule?.groups.join(' ') ?? '')
  const [outgoing, setOutgoing] = useState(rule?.outgoing ?? false)
  const [problem, setProblem] = useState<string | null>(null)
  const preview = useMutation({
    mutationFn: (text: string) => rpc.crm.preview({ template: text }),
    meta: { operation: 'crm', inline: true },
  })
  const address = template.trim()
  const flawText = (): string | null => {
    const flaw = templateFlaw(address)
    return flaw === null ? null : t('crm.templateWrong', { why: reasonText(flaw) })
  }
  const test = () => {
    const flaw = flawText()
    setProblem(flaw)
    preview.reset()
    if (flaw === null) preview.mutate(address)
  }
  const submit = () => {
    const missing = name.trim() === '' ? t('crm.nameMissing') : flawText()
    setProblem(missing)
    if (missing !== null) return
    props.onSave({
      ...rule,
      id: rule?.id ?? freeId(props.taken),
      name: name.trim(),
      template: address,
      on,
      groups: readExtensions(groups),
      outgoing,
    })
  }
  return (
    <EntryForm name="crm" save={props.save} problem={problem} isProblemShown onSubmit={submit} onClose={props.onClose}>
      <Labelled
        label={t('crm.template')}
        hint={
          <>
            {t('crm.fields')} <span className="mono">{crmFields.map((field) => `{${field}}`).join(' ')}</span>
          </>
        }
      >
        <Field
          autoFocus
          label={t('crm.template')}
          placeholder="https://crm.example.com/search?phone={caller}"
          className="mono"
          maxLength={1000}
          value={template}
          invalid={problem !== null}
          data-testid="crm-template"
          onChange={(event) => {
            setTemplate(event.target.value)
            setProblem(null)
            preview.reset()
          }}
          trailing={
            <Button small variant="link" busy={preview.isPending} data-testid="crm-test" onClick={test}>
              {t('crm.test')}
            </Button>
          }
        />
      </Labelled>
      {problem && (
        <p className={styles.error} role="alert" data-testid="crm-problem">
          {problem}
        </p>
      )}
      {preview.error && (
        <p className={styles.error} role="alert" data-testid="crm-problem">
          {explain(preview.error, 'crm').sentence}
        </p>
      )}
      {preview.data && (
        <p className={styles.preview} role="status" data-testid="crm-preview">
          {t('crm.previewText')} <span className="mono">{preview.data.url}</span>
        </p>
      )}
      <div className={styles.formGrid}>
        <Labelled label={t('crm.name')}>
          <Field label={t('crm.name')} maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        </Labelled>
        <Labelled label={t('crm.groups')} hint={t('crm.groupsHint')}>
          <Field
            label={t('crm.groups')}
            placeholder={props.groups.map(({ id }) => id).join(' ') || '3002'}
            value={groups}
            data-testid="crm-groups"
            onChange={(event) => setGroups(event.target.value)}
          />
        </Labelled>
      </div>
      <div className="row">
        <SegmentedControl
          aria-label={t('crm.when')}
          data={occasions.map((value) => ({ value, label: t(`crm.on.${value}`) }))}
          value={on}
          onChange={(value) => setOn(occasions.find((one) => one === value) ?? 'button')}
        />
        <Switch
          className="end"
          label={t('crm.outgoing')}
          checked={outgoing}
          onChange={(event) => setOutgoing(event.currentTarget.checked)}
        />
      </div>
    </EntryForm>
  )
}

function freeId(taken: readonly string[]): string {
  for (let at = 1; ; at += 1) if (!taken.includes(`crm-${at}`)) return `crm-${at}`
}
