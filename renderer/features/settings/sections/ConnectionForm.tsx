import { type FormEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection, SettingsSnapshot } from '../../../../preload/contract/index.ts'
import { useReasonText } from '../../../i18n/index.ts'
import { Button } from '../../../ui/index.ts'
import {
  type ConnectionDraft,
  connectionFields,
  connectionOf,
  draftOf,
  faultOf,
  freeId,
  type SystemName,
} from '../connection-fields.ts'
import { isLocked } from '../locked.ts'
import { FieldError, SaveWord } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import { usePbxAnswer } from '../use-pbx-answer.ts'
import { useSave } from '../use-setting.ts'
import { ConnectionInput } from './ConnectionInput.tsx'
import { TestResult } from './TestResult.tsx'

/**
 * Change a connection in place, or add one: the fields of its system, as the settings' schema has them. A PBX is asked
 * for its extensions and for its port; the other systems are checked after saving, with what was stored.
 */
export function ConnectionForm(props: {
  system: SystemName
  connection: Connection | null
  settings: SettingsSnapshot
  onClose(): void
  onSaved(id: string): void
}) {
  const { t } = useTranslation(['settings', 'common'])
  const formId = useId()
  const reasonText = useReasonText()
  const { system, connection, settings, onClose } = props
  const { connections } = settings.values
  const [draft, setDraft] = useState<ConnectionDraft>(() => draftOf(system, connection, freeId(system, connections)))
  const [fault, setFault] = useState<{ field: string; reason: string } | null>(null)
  const save = useSave()
  const pbx = usePbxAnswer(system === 'telcrm' ? (draft.texts.baseUrl ?? '') : null, connection?.baseUrl ?? null)
  const fields = connectionFields(system)
  const lockedField = (name: string) =>
    connection !== null && isLocked(`connections.${connection.id}.${name}`, settings.locked)
  const address = (draft.texts.baseUrl ?? '').trim()

  // What is wrong stands at its field; the field is brought into view.
  useEffect(() => {
    if (fault) document.getElementById(`${formId}-${fault.field}`)?.focus()
  }, [fault, formId])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    let edited = connectionOf(system, connection, draft)
    if (system === 'telcrm' && address !== '') {
      const asked = pbx.answer ?? (await pbx.ask(address))
      if (!asked) return
      edited = { ...edited, baseUrl: asked.baseUrl }
    }
    const others = connections.filter((one) => one.id !== connection?.id)
    const wrong = faultOf(edited, others)
    setFault(wrong)
    if (wrong) return
    const next = connection
      ? connections.map((one) => (one.id === connection.id ? edited : one))
      : [...connections, edited]
    if (!(await save.save({ connections: next }))) return
    onClose()
    props.onSaved(String(edited.id))
  }
  const setText = (name: string, text: string) => {
    setDraft((before) => ({ ...before, texts: { ...before.texts, [name]: text } }))
    setFault(null)
  }
  const title = connection
    ? t('settings:connections.edit')
    : t('settings:connections.addTitle', { system: t(`common:system.${system}`) })

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} aria-label={title} noValidate>
      {!connection && <h3 className={styles.panelTitle}>{title}</h3>}
      <div className={styles.formGrid}>
        {fields.map((field, index) => (
          <ConnectionInput
            key={field.name}
            id={`${formId}-${field.name}`}
            system={system}
            field={field}
            text={draft.texts[field.name] ?? ''}
            secret={draft.secrets[field.name] ?? { kind: 'keep' }}
            stored={connection !== null && settings.secretsSet.includes(`connections.${connection.id}.${field.name}`)}
            locked={lockedField(field.name)}
            problem={fault?.field === field.name ? reasonText(fault.reason) : null}
            autoFocus={index === 0 && connection === null}
            pbx={pbx.answer ?? null}
            onText={(text) => setText(field.name, text)}
            onSecret={(edit) =>
              setDraft((before) => ({ ...before, secrets: { ...before.secrets, [field.name]: edit } }))
            }
          />
        ))}
        {connection === null && (
          <ConnectionInput
            id={`${formId}-id`}
            system={system}
            field={{ name: 'id', kind: 'text', preset: '', choices: [] }}
            text={draft.id}
            secret={{ kind: 'keep' }}
            stored={false}
            locked={false}
            problem={fault?.field === 'id' ? reasonText(fault.reason) : null}
            autoFocus={false}
            pbx={null}
            onText={(id) => {
              setDraft((before) => ({ ...before, id }))
              setFault(null)
            }}
            onSecret={() => {}}
          />
        )}
      </div>
      <div aria-live="polite">{pbx.answer && <TestResult result={pbx.answer} />}</div>
      <FieldError state={save} />
      <div className={styles.formActions}>
        <Button type="submit" variant="primary" busy={save.saving || pbx.isAsking} disabled={address === ''}>
          {t('settings:save')}
        </Button>
        <Button onClick={onClose}>{t('settings:cancel')}</Button>
        {system === 'telcrm' && (
          <Button variant="quiet" busy={pbx.isAsking} disabled={address === ''} onClick={() => void pbx.ask(address)}>
            {pbx.isAsking ? t('settings:connections.testing') : t('settings:connections.test')}
          </Button>
        )}
        <SaveWord state={save} />
      </div>
    </form>
  )
}
