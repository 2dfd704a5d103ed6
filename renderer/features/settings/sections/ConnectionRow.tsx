import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection, ConnectionStatus, SettingsSnapshot } from '../../../../preload/contract/index.ts'
import { Button } from '../../../ui/index.ts'
import { hostOf } from '../connection-edit.ts'
import { LockMark } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import { useConnectionCheck } from '../use-connection-check.ts'
import { CheckResult } from './CheckResult.tsx'
import { ConnectionForm } from './ConnectionForm.tsx'
import { LiveState } from './LiveState.tsx'
import { RemoveConnection } from './RemoveConnection.tsx'

/** One connection: what it is, how it is, check, change, remove. */
export function ConnectionRow(props: {
  connection: Connection
  live: ConnectionStatus | null
  locked: boolean
  byPolicy: boolean
  settings: SettingsSnapshot
  /** It was saved a moment ago: check it. */
  fresh: boolean
  onChecking(): void
  onSaved(id: string): void
}) {
  const { t } = useTranslation(['settings', 'common'])
  const { connection, live, locked } = props
  const [editing, setEditing] = useState(false)
  const [removing, setRemoving] = useState(false)
  const check = useConnectionCheck(connection.id, props.fresh, props.onChecking)
  const name = t(`common:system.${connection.system}`)
  const isAlone = props.settings.values.connections.filter(({ system }) => system === connection.system).length === 1
  const parts = [connection.system, hostOf(connection.baseUrl)]
  if (connection.system === 'telcrm') {
    parts.push(
      connection.extension
        ? t('connections.withExtension', { extension: connection.extension })
        : t('connections.noExtension'),
    )
  }
  // What was asked just now says most; else what is known about a connection that nobody asks by itself.
  const known = live && !live.polled && live.state === 'down' ? { ok: false as const, problem: live.problem } : null
  const result = check.isPending ? null : (check.data ?? known)
  return (
    <div className={styles.connection} data-testid={`connection-${connection.id}`}>
      <div className={styles.connectionRow}>
        <div>
          <div className="row">
            <b>{name}</b>
            {!isAlone && (
              <code className="mono muted" translate="no">
                {connection.id}
              </code>
            )}
            {props.byPolicy && <LockMark />}
          </div>
          <div className="meta muted num cut">{parts.join(t('connections.comma'))}</div>
        </div>
        <LiveState live={live} checking={check.isPending} />
        <div className={styles.buttons}>
          <Button
            small
            busy={check.isPending}
            onClick={() => check.mutate()}
            aria-label={`${check.isPending ? t('connections.testing') : t('connections.test')}: ${name}`}
            data-testid={`check-${connection.id}`}
          >
            {check.isPending ? t('connections.testing') : t('connections.test')}
          </Button>
          {!locked && (
            <>
              <Button
                small
                aria-expanded={editing}
                onClick={() => setEditing(!editing)}
                aria-label={`${t('connections.edit')}: ${name}`}
              >
                {t('connections.edit')}
              </Button>
              <Button
                small
                variant="quiet"
                onClick={() => setRemoving(true)}
                aria-label={`${t('connections.remove')}: ${name}`}
              >
                {t('connections.remove')}
              </Button>
            </>
          )}
        </div>
      </div>
      <div aria-live="polite">{result && <CheckResult result={result} />}</div>
      {editing && !locked && (
        <ConnectionForm
          system={connection.system}
          connection={connection}
          settings={props.settings}
          onClose={() => setEditing(false)}
          onSaved={props.onSaved}
        />
      )}
      {removing && <RemoveConnection connection={connection} name={name} onClose={() => setRemoving(false)} />}
    </div>
  )
}
