import { Menu } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../../../preload/contract/index.ts'
import { rpc } from '../../../rpc/index.ts'
import { copyText } from '../../../ui/copy-text.ts'
import { Button, ErrorState, Loading, showToast } from '../../../ui/index.ts'
import { Panel, SettingRow, useIsShown } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import styles from '../settings.module.css'

/** What runs here, where its data is, and the demo. */
export function AboutSection({ status }: SectionProps) {
  const { t } = useTranslation('settings')
  const info = useQuery({
    queryKey: ['app', 'info'],
    queryFn: () => rpc.app.info(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const shown = useIsShown('version')
  return (
    <Panel title={t('about.title')} rows={['version', 'dataDir', 'demo', 'training']}>
      {info.isPending && <Loading rows={2} />}
      {info.isError && shown && <ErrorState error={info.error} onRetry={() => void info.refetch()} />}
      {info.data && (
        <>
          <SettingRow
            id="version"
            title={t('about.version')}
            text={[
              t(info.data.host === 'electron' ? 'about.hostElectron' : 'about.hostBrowser'),
              info.data.platform,
            ].join(t('connections.comma'))}
          >
            <span className="num">{info.data.version}</span>
          </SettingRow>
          <SettingRow
            id="dataDir"
            title={t('about.dataDir')}
            text={t('about.dataDirText')}
            below={<DataDir path={info.data.dataDir} />}
          />
        </>
      )}
      <DemoRow status={status} />
      {status.demo.running && <TrainingRow status={status} />}
    </Panel>
  )
}

function DataDir({ path }: { path: string }) {
  const { t } = useTranslation('settings')
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const done = await copyText(path)
    setCopied(done)
    if (!done) showToast({ tone: 'error', text: t('notices.copyFailed') })
  }
  return (
    <div className={styles.listRow}>
      <span className={`mono grow ${styles.path}`}>{path}</span>
      <Button small icon={copied ? 'check' : 'copy'} onClick={() => void copy()} onBlur={() => setCopied(false)}>
        {copied ? t('notices.copied') : t('about.copyPath')}
      </Button>
    </div>
  )
}

function DemoRow({ status }: { status: Status }) {
  const { t } = useTranslation('settings')
  const { running } = status.demo
  const start = useMutation({ mutationFn: () => rpc.demo.start() })
  const stop = useMutation({ mutationFn: () => rpc.demo.stop() })
  return (
    <SettingRow id="demo" title={t('about.demo')} text={running ? t('about.demoOn') : t('about.demoOff')}>
      {running ? (
        <Button icon="stop" busy={stop.isPending} onClick={() => stop.mutate()} data-testid="demo-stop">
          {t('about.demoStop')}
        </Button>
      ) : (
        <Button icon="play" busy={start.isPending} onClick={() => start.mutate()} data-testid="demo-start">
          {t('about.demoStart')}
        </Button>
      )}
    </SettingRow>
  )
}

function TrainingRow({ status }: { status: Status }) {
  const { t } = useTranslation('settings')
  const ring = useMutation({
    mutationFn: (caller: { id: string; name: string }) => rpc.demo.ring({ caller: caller.id }),
    onSuccess: (_done, caller) => showToast({ tone: 'done', text: t('about.trainingRang', { name: caller.name }) }),
  })
  return (
    <SettingRow id="training" title={t('about.training')} text={t('about.trainingText')}>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button icon="phone" busy={ring.isPending} data-testid="demo-ring">
            {t('about.trainingRing')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {status.demo.callers.map((caller) => (
            <Menu.Item
              key={caller.id}
              rightSection={<span className="meta muted num">{caller.number}</span>}
              onClick={() => ring.mutate(caller)}
            >
              {caller.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </SettingRow>
  )
}
