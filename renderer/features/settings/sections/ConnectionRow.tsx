import { Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection, ConnectionStatus, SettingsSnapshot } from '../../../../preload/contract/index.ts'
import { useTimeText } from '../../../i18n/index.ts'
import { rpc } from '../../../rpc/index.ts'
import { Button, StateWord, useNow } from '../../../ui/index.ts'
import { hostOf, withoutConnection } from '../connection-edit.ts'
import { FieldError, LockMark } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import { useSave } from '../use-setting.ts'
import { ConnectionForm } from './ConnectionForm.tsx'
import { TestResult } from './TestResult.tsx'

/** One connection: what it is, how it is, test, change, remove. */
export function ConnectionRow(props: {
  connection: Connection
  live: ConnectionStatus | null
  locked: boolean
  byPolicy: boolean
  settings: SettingsSnapshot
}) {
  const { t } = useTranslation(['settings', 'common'])
  const { connection, live, locked } = props
  const [editing, setEditing] = useState(false)
  const [removing, setRemoving] = useState(false)
  const test = useMutation({
    mutationFn: () => rpc.settings.testConnection({ address: connection.baseUrl }),
    meta: { operation: 'settings' },
  })
  const name = t(`common:system.${connection.system}`)
  const isTelcrm = connection.system === 'telcrm'
  const parts = [connection.system, hostOf(connection.baseUrl)]
  if (connection.system === 'telcrm') {
    parts.push(
      connection.extension
        ? t('connections.withExtension', { extension: connection.extension })
        : t('connections.noExtension'),
    )
  }
  return (
    <div className={styles.connection} data-testid={`connection-${connection.id}`}>
      <div className={styles.connectionRow}>
        <div>
          <div className="row">
            <b>{name}</b>
            {props.byPolicy && <LockMark />}
          </div>
          <div className="meta muted num cut">{parts.join(t('connections.comma'))}</div>
        </div>
        <LiveState live={live} supported={isTelcrm} />
        <div className={styles.buttons}>
          {isTelcrm && (
            <Button
              small
              busy={test.isPending}
              onClick={() => test.mutate()}
              aria-label={`${t('connections.test')}: ${name}`}
            >
              {test.isPending ? t('connections.testing') : t('connections.test')}
            </Button>
          )}
          {isTelcrm && !locked && (
            <Button
              small
              aria-expanded={editing}
              onClick={() => setEditing(!editing)}
              aria-label={`${t('connections.edit')}: ${name}`}
            >
              {t('connections.edit')}
            </Button>
          )}
          {!locked && (
            <Button
              small
              variant="quiet"
              onClick={() => setRemoving(true)}
              aria-label={`${t('connections.remove')}: ${name}`}
            >
              {t('connections.remove')}
            </Button>
          )}
        </div>
      </div>
      <div aria-live="polite">{test.data && !test.isPending && <TestResult result={test.data} />}</div>
      {editing && !locked && connection.system === 'telcrm' && (
        <ConnectionForm connection={connection} settings={props.settings} onClose={() => setEditing(false)} />
      )}
      {removing && (
        <RemoveConnection
          connection={connection}
          name={name}
          settings={props.settings}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  )
}

function LiveState({ live, supported }: { live: ConnectionStatus | null; supported: boolean }) {
  const { t } = useTranslation('settings')
  const { span, ago } = useTimeText()
  const now = useNow()
  if (!live) {
    return (
      <div>
        <StateWord tone="plain" icon="slash" word={<b>{t('connections.off')}</b>} />
        <div className="meta muted">{supported ? t('connections.notStarted') : t('connections.unsupported')}</div>
      </div>
    )
  }
  if (live.state === 'connecting')
    return <StateWord tone="plain" icon="clock" word={<b>{t('connections.connecting')}</b>} />
  if (live.state === 'ok') {
    const text =
      live.lastOkAt === null
        ? ''
        : t('connections.okMeta', {
            ago: ago(live.lastOkAt, Math.max(now, live.lastOkAt)),
            latency: live.latencyMs ?? '—',
          })
    return (
      <div>
        <StateWord tone="talking" icon="check" word={<b>{t('connections.ok')}</b>} />
        <div className="meta muted num">{text}</div>
      </div>
    )
  }
  const time = span(Math.max(0, now - live.since))
  const retry = live.retryAt !== null && live.retryAt > now ? span(live.retryAt - now) : null
  return (
    <div>
      <StateWord tone="failed" icon="warn" word={<b>{t('connections.down')}</b>} />
      <div className="meta muted num">
        {retry ? t('connections.downRetry', { time, retry }) : t('connections.downFor', { time })}
      </div>
    </div>
  )
}

function RemoveConnection(props: {
  connection: Connection
  name: string
  settings: SettingsSnapshot
  onClose(): void
}) {
  const { t } = useTranslation('settings')
  const save = useSave()
  const { name, connection } = props
  const remove = async () => {
    if (await save.save({ connections: withoutConnection(props.settings.values, connection.id) })) props.onClose()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('connections.removeConfirm', { name, address: hostOf(connection.baseUrl) })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <div className={styles.confirm}>
        <p className="secondary">{t('connections.removeText')}</p>
        <FieldError state={save} />
        <div className={styles.buttons}>
          <Button data-autofocus onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button variant="danger" busy={save.saving} onClick={() => void remove()}>
            {t('connections.removeYes', { name })}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
