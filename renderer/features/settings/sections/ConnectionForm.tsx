import { SegmentedControl, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsSnapshot, TelcrmConnection } from '../../../../preload/contract/index.ts'
import { rpc } from '../../../rpc/index.ts'
import { Button, Field } from '../../../ui/index.ts'
import { extensionOptions, newTelcrm, withTelcrm } from '../connection-edit.ts'
import { FieldError, SaveWord } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import { useSave } from '../use-setting.ts'
import { TestResult } from './TestResult.tsx'

/** Change a telcrm connection in place, or add one. The extensions come from the PBX itself. */
export function ConnectionForm(props: {
  connection: TelcrmConnection | null
  settings: SettingsSnapshot
  onClose(): void
}) {
  const { t } = useTranslation('settings')
  const id = useId()
  const { connection, settings, onClose } = props
  const [address, setAddress] = useState(connection?.baseUrl ?? '')
  const [extension, setExtension] = useState(connection?.extension ?? '')
  const [line, setLine] = useState(connection?.line ?? 'fixed')
  const [secret, setSecret] = useState('')
  const [clearSecret, setClearSecret] = useState(false)
  const save = useSave()
  const test = useMutation({
    mutationFn: (asked: string) => rpc.settings.testConnection({ address: asked }),
    meta: { operation: 'settings' },
  })
  const answer = test.variables === address.trim() ? test.data : undefined
  const hasSecret = connection !== null && settings.secretsSet.includes(`connections.${connection.id}.captchaSecret`)

  // The list for the extension field: asked once for what is configured, later with "test".
  const { mutate: ask } = test
  const known = connection?.baseUrl
  useEffect(() => {
    if (known) ask(known)
  }, [ask, known])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const asked = answer ?? (await test.mutateAsync(address.trim()).catch(() => null))
    if (!asked) return
    // Absent keeps the secret, empty clears it, anything else replaces it.
    const edit = {
      baseUrl: asked.baseUrl,
      extension: extension || null,
      line,
      ...(secret !== '' ? { captchaSecret: secret } : clearSecret ? { captchaSecret: '' } : {}),
    }
    const { connections } = settings.values
    const next = connection
      ? withTelcrm(connections, connection.id, edit)
      : [...connections, newTelcrm(connections, edit)]
    if (await save.save({ connections: next })) onClose()
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => void submit(event)}
      aria-label={connection ? t('connections.edit') : t('connections.addTitle')}
    >
      <div className={styles.formGrid}>
        <div>
          <span className={styles.label}>{t('connections.address')}</span>
          <Field
            autoFocus={connection === null}
            label={t('connections.address')}
            value={address}
            invalid={save.error !== null}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setAddress(event.target.value)}
          />
          <span id={`${id}-hint`} className={styles.labelHint}>
            {t('connections.addressHint')}
          </span>
        </div>
        <div>
          <span className={styles.label}>{t('connections.extension')}</span>
          {answer?.ok ? (
            <Select
              searchable
              aria-label={t('connections.extension')}
              data={[
                { value: '', label: t('connections.extensionNone') },
                ...extensionOptions(answer.extensions, extension, (one) =>
                  t('connections.extensionUnlisted', { extension: one }),
                ),
              ]}
              value={extension}
              onChange={(value) => setExtension(value ?? '')}
            />
          ) : (
            <Field
              label={t('connections.extension')}
              value={extension}
              maxLength={20}
              onChange={(event) => setExtension(event.target.value.trim())}
            />
          )}
          <span className={styles.labelHint}>
            {answer && !answer.ok ? t('connections.listFailed') : t('connections.extensionFromPbx')}
          </span>
        </div>
        <div>
          <span className={styles.label}>{t('connections.line')}</span>
          <SegmentedControl
            aria-label={t('connections.line')}
            value={line}
            onChange={(value) => setLine(value === 'ip' ? 'ip' : 'fixed')}
            data={[
              { value: 'fixed', label: t('connections.lineFixed') },
              { value: 'ip', label: t('connections.lineIp') },
            ]}
          />
          <span className={styles.labelHint}>{t('connections.lineHint')}</span>
        </div>
        <div>
          <span className={styles.label}>{t('connections.secret')}</span>
          <Field
            type="password"
            autoComplete="new-password"
            label={t('connections.secret')}
            placeholder={hasSecret && !clearSecret ? t('connections.secretSet') : t('connections.secretUnset')}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
            trailing={
              hasSecret && !clearSecret ? (
                <Button
                  small
                  only
                  variant="quiet"
                  icon="close"
                  aria-label={t('connections.secretClear')}
                  onClick={() => setClearSecret(true)}
                />
              ) : undefined
            }
          />
          <span className={styles.labelHint}>{t('connections.secretHint')}</span>
        </div>
      </div>
      <div aria-live="polite">{answer && <TestResult result={answer} />}</div>
      <FieldError state={save} />
      <div className={styles.formActions}>
        <Button type="submit" variant="primary" busy={save.saving || test.isPending} disabled={address.trim() === ''}>
          {t('save')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          variant="quiet"
          busy={test.isPending}
          disabled={address.trim() === ''}
          onClick={() => test.mutate(address.trim())}
        >
          {test.isPending ? t('connections.testing') : t('connections.test')}
        </Button>
        <SaveWord state={save} />
      </div>
    </form>
  )
}
