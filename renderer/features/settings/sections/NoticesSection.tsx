import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../../ui/copy-text.ts'
import { Age, Button, StateWord, showToast } from '../../../ui/index.ts'
import { Panel, SettingRow } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import { SourceActions } from '../SourceActions.tsx'
import styles from '../settings.module.css'
import { TextSetting } from '../TextSetting.tsx'
import { readPath, readPort } from '../text-values.ts'
import { AllowList } from './AllowList.tsx'

/** The listener: its address to copy, how it is, who may report calls, who knocked. */
export function NoticesSection({ settings, status }: SectionProps) {
  const { t } = useTranslation('settings')
  const { listener, unknownSources } = status
  const tone = listener.state === 'listening' ? 'talking' : listener.state === 'starting' ? 'plain' : 'failed'
  return (
    <Panel title={t('notices.title')} rows={['url', 'listener', 'port', 'path', 'allow', 'unknown']}>
      <SettingRow id="url" title={t('notices.urlTitle')} text={t('notices.urlText')}>
        <div>
          {listener.urls.length === 0 && <span className="muted">{t('notices.noUrl')}</span>}
          {listener.urls.map((url) => (
            <Url key={url} url={url} />
          ))}
        </div>
      </SettingRow>
      <SettingRow
        id="listener"
        title={t('notices.state')}
        text={
          <>
            {t('notices.lastEvent')}:{' '}
            {listener.lastEventAt === null ? t('notices.never') : <Age at={listener.lastEventAt} />}
          </>
        }
      >
        <div className="right">
          <StateWord
            tone={tone}
            icon={tone === 'talking' ? 'check' : tone === 'plain' ? 'clock' : 'warn'}
            word={t(`notices.${listener.state}`, { port: listener.port })}
          />
          {listener.problem && listener.state === 'failed' && <div className="mono muted">{listener.problem}</div>}
        </div>
      </SettingRow>
      <TextSetting
        id="port"
        path="listener.port"
        numeric
        current={settings.values.listener.port}
        title={t('notices.port')}
        text={t('notices.portText')}
        wrong={t('notices.portError')}
        read={readPort}
      />
      <TextSetting
        id="path"
        path="listener.path"
        current={settings.values.listener.path}
        title={t('notices.path')}
        text={t('notices.pathText')}
        wrong={t('notices.pathError')}
        read={readPath}
      />
      <AllowList allow={settings.values.listener.allow} />
      <SettingRow
        id="unknown"
        title={t('notices.unknown')}
        text={t('notices.unknownText')}
        below={
          unknownSources.length > 0 && (
            <ul>
              {unknownSources.map((source) => (
                <li key={source.address} className={styles.listRow}>
                  <b className="num">{source.address}</b>
                  <span className="meta muted grow">
                    {t('notices.unknownCount', { count: source.count })}
                    <Age at={source.lastAt} />
                  </span>
                  <SourceActions address={source.address} />
                </li>
              ))}
            </ul>
          )
        }
      >
        {unknownSources.length === 0 && <span className="muted">{t('notices.unknownNone')}</span>}
      </SettingRow>
    </Panel>
  )
}

function Url({ url }: { url: string }) {
  const { t } = useTranslation('settings')
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const done = await copyText(url)
    setCopied(done)
    if (!done) showToast({ tone: 'error', text: t('notices.copyFailed') })
  }
  return (
    <div className={styles.listRow}>
      <span className="mono">{url}</span>
      <Button small icon={copied ? 'check' : 'copy'} onClick={() => void copy()} onBlur={() => setCopied(false)}>
        {copied ? t('notices.copied') : t('notices.copy')}
      </Button>
    </div>
  )
}
