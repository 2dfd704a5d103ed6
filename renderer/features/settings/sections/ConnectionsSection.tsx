import { Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { go } from '../../../app/route.ts'
import { rpc } from '../../../rpc/index.ts'
import { Banner, Button, EmptyState } from '../../../ui/index.ts'
import type { SystemName } from '../connection-fields.ts'
import { isLocked } from '../locked.ts'
import { Panel, SettingRow, useIsShown } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import styles from '../settings.module.css'
import { systemNames } from '../system-name.ts'
import { TextSetting } from '../TextSetting.tsx'
import { readWhole } from '../text-values.ts'
import { ConnectionDown } from './ConnectionDown.tsx'
import { ConnectionForm } from './ConnectionForm.tsx'
import { ConnectionRow } from './ConnectionRow.tsx'
import { MyExtension } from './MyExtension.tsx'

/** Connections with their live state; adding, changing and removing them; my extension. */
export function ConnectionsSection({ settings, status }: SectionProps) {
  const { t } = useTranslation('settings')
  const [adding, setAdding] = useState<SystemName | null>(null)
  /** Saved a moment ago, to be checked now. */
  const [fresh, setFresh] = useState<string | null>(null)
  const checking = useCallback(() => setFresh(null), [])
  const shown = useIsShown('connections')
  const { connections } = settings.values
  const demo = status.demo.running
  const locked = isLocked('connections', settings.locked)
  return (
    <>
      {demo && <DemoBanner />}
      {status.connections
        .filter((one) => one.state === 'down' && one.polled)
        .map((one) => (
          <ConnectionDown key={one.id} connection={one} />
        ))}
      <Panel
        title={t('connections.title')}
        rows={['connections']}
        action={!locked && !demo && <AddConnection disabled={adding !== null} onChoose={setAdding} />}
      >
        {shown && connections.length === 0 && adding === null && (
          <EmptyState
            icon="unplug"
            title={t('connections.empty')}
            text={t('connections.emptyText')}
            action={
              <Button variant="primary" onClick={() => go('setup')}>
                {t('connections.setup')}
              </Button>
            }
          />
        )}
        {shown &&
          connections.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              live={status.connections.find((one) => one.id === connection.id) ?? null}
              locked={demo || isLocked(`connections.${connection.id}`, settings.locked)}
              byPolicy={isLocked(`connections.${connection.id}`, settings.locked)}
              settings={settings}
              fresh={fresh === connection.id}
              onChecking={checking}
              onSaved={setFresh}
            />
          ))}
        {adding !== null && (
          <ConnectionForm
            key={adding}
            system={adding}
            connection={null}
            settings={settings}
            onClose={() => setAdding(null)}
            onSaved={setFresh}
          />
        )}
      </Panel>
      <Panel title={t('connections.mine')} rows={['extension', 'setup']}>
        <MyExtension settings={settings} demo={demo} />
        <SettingRow id="setup" title={t('connections.setup')} text={t('connections.setupText')}>
          <Button onClick={() => go('setup')}>{t('connections.setupGo')}</Button>
        </SettingRow>
      </Panel>
      <Panel title={t('imports.title')} rows={['importBytes']}>
        <TextSetting
          id="importBytes"
          path="imports.requestBytes"
          numeric
          current={settings.values.imports.requestBytes}
          title={t('imports.bytes')}
          text={t('imports.bytesText')}
          wrong={t('imports.bytesError')}
          read={(text) => readWhole(text, 1000, 60_000)}
        />
      </Panel>
    </>
  )
}

/** Which system? Each has its own fields. */
function AddConnection({ disabled, onChoose }: { disabled: boolean; onChoose(system: SystemName): void }) {
  const { t } = useTranslation(['settings', 'common'])
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button small icon="plus" disabled={disabled} data-testid="connection-add">
          {t('settings:connections.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {systemNames.map((system) => (
          <Menu.Item
            key={system}
            onClick={() => onChoose(system)}
            rightSection={
              <code className="mono muted" translate="no">
                {system}
              </code>
            }
            data-testid={`connection-add-${system}`}
          >
            {t(`common:system.${system}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** While the demo runs, its connection stands here; the user's own comes back when it is stopped. */
export function DemoBanner() {
  const { t } = useTranslation('settings')
  const stop = useMutation({ mutationFn: () => rpc.demo.stop() })
  return (
    <Banner
      tone="info"
      title={t('connections.demoTitle')}
      action={
        <div className={styles.bannerActions}>
          <Button small busy={stop.isPending} onClick={() => stop.mutate()}>
            {t('about.demoStop')}
          </Button>
        </div>
      }
    >
      {t('connections.demoText')}
    </Banner>
  )
}
