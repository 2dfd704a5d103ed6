import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { go } from '../../../app/route.ts'
import { rpc } from '../../../rpc/index.ts'
import { Banner, Button, EmptyState } from '../../../ui/index.ts'
import { isLocked } from '../locked.ts'
import { Panel, SettingRow, useIsShown } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import styles from '../settings.module.css'
import { ConnectionDown } from './ConnectionDown.tsx'
import { ConnectionForm } from './ConnectionForm.tsx'
import { ConnectionRow } from './ConnectionRow.tsx'
import { MyExtension } from './MyExtension.tsx'

/** Connections with their live state; adding, changing and removing them; my extension. */
export function ConnectionsSection({ settings, status }: SectionProps) {
  const { t } = useTranslation('settings')
  const [adding, setAdding] = useState(false)
  const shown = useIsShown('connections')
  const { connections } = settings.values
  const demo = status.demo.running
  const locked = isLocked('connections', settings.locked)
  return (
    <>
      {demo && <DemoBanner />}
      {status.connections
        .filter((one) => one.state === 'down' && one.system === 'telcrm')
        .map((one) => (
          <ConnectionDown key={one.id} connection={one} />
        ))}
      <Panel
        title={t('connections.title')}
        rows={['connections']}
        action={
          !locked &&
          !demo && (
            <Button small icon="plus" onClick={() => setAdding(true)} disabled={adding}>
              {t('connections.add')}
            </Button>
          )
        }
      >
        {shown && connections.length === 0 && !adding && (
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
            />
          ))}
        {adding && <ConnectionForm connection={null} settings={settings} onClose={() => setAdding(false)} />}
      </Panel>
      <Panel title={t('connections.mine')} rows={['extension', 'setup']}>
        <MyExtension settings={settings} demo={demo} />
        <SettingRow id="setup" title={t('connections.setup')} text={t('connections.setupText')}>
          <Button onClick={() => go('setup')}>{t('connections.setupGo')}</Button>
        </SettingRow>
      </Panel>
    </>
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
