import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsSnapshot, Status } from '../../../preload/contract/index.ts'
import { copyText } from '../../ui/copy-text.ts'
import { Button, Field, Icon, showToast } from '../../ui/index.ts'
import { hostOf, mainTelcrm } from '../settings/index.ts'
import { NotifyTicks } from './NotifyTicks.tsx'
import { SendToIt } from './SendToIt.tsx'
import { StepPicture } from './StepPicture.tsx'
import styles from './steps.module.css'
import type { Wizard } from './use-wizard.ts'

const defaultPollMs = 2000

/** Step 3: the address that the PBX must call, and what has been proved about it so far. */
export function StepNotify({
  wizard,
  settings,
  status,
}: {
  wizard: Wizard
  settings: SettingsSnapshot
  status: Status
}) {
  const { t } = useTranslation('first-run')
  const { listener } = status
  const [chosen, setChosen] = useState<string | null>(null)
  // The chosen address may vanish with its network card: then the best one counts again.
  const url = chosen !== null && listener.urls.includes(chosen) ? chosen : (listener.urls[0] ?? null)
  const [landed, setLanded] = useState(false)
  const connection = mainTelcrm(settings.values.connections)
  const seconds = (settings.values.polling?.extensionStateMs ?? defaultPollMs) / 1000

  return (
    <>
      <StepPicture
        kind="notify"
        pbx={connection ? hostName(connection.baseUrl) : undefined}
        thisPc={url ? hostName(url) : undefined}
      />
      {listener.urls.length > 1 && (
        <fieldset className={styles.choices}>
          <legend className="meta secondary">{t('notify.which')}</legend>
          {listener.urls.map((one) => (
            <label key={one}>
              <input type="radio" name="push-address" checked={one === url} onChange={() => setChosen(one)} />
              <span className="num">{hostOf(one)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {url ? (
        <div className={styles.inputRow}>
          <Field
            large
            readOnly
            label={t('notify.address')}
            className={`${styles.grow} ${styles.address}`}
            value={url}
            onFocus={(event) => event.target.select()}
            data-testid="push-address"
          />
          <CopyButton url={url} primary={!landed} />
          <SendToIt url={url} port={listener.port} extension={wizard.extension} />
        </div>
      ) : (
        <p className={styles.hint}>{t('notify.noAddress')}</p>
      )}
      <NotifyTicks wizard={wizard} status={status} connection={connection} onLanded={setLanded} />
      <details className={styles.fold}>
        <summary>
          <Icon name="right" size="s" />
          {t('notify.help')}
        </summary>
        <ul>
          <li>{t('notify.helpItems.url')}</li>
          <li>{t('notify.helpItems.firewall', { port: listener.port })}</li>
          <li>{t('notify.helpItems.network')}</li>
          <li>{t('notify.helpItems.address')}</li>
          <li>{t('notify.helpItems.extension', { extension: wizard.extension || t('notify.helpExtension') })}</li>
        </ul>
      </details>
      <p className={`${styles.hint} meta muted`}>{t('notify.without', { seconds })}</p>
    </>
  )
}

/** Tonal once a notice has landed: then "next" is what to do. */
function CopyButton({ url, primary }: { url: string; primary: boolean }) {
  const { t } = useTranslation('first-run')
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const done = await copyText(url)
    setCopied(done)
    if (!done) showToast({ tone: 'error', text: t('notify.copyFailed') })
  }
  return (
    <Button
      className={styles.tall}
      variant={primary && !copied ? 'primary' : 'tonal'}
      icon={copied ? 'check' : 'copy'}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    >
      {copied ? t('notify.copied') : t('notify.copy')}
    </Button>
  )
}

function hostName(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url
}
