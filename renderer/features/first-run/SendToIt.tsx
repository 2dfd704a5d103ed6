import { Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../ui/copy-text.ts'
import { Button, showToast } from '../../ui/index.ts'
import styles from './steps.module.css'

/** A ready-made message to the administrator: to copy, or as a mail. */
export function SendToIt({ url, port, extension }: { url: string; port: number; extension: string }) {
  const { t } = useTranslation('first-run')
  const [copied, setCopied] = useState(false)
  const body = t('notify.mailBody', { url, port, extension: extension || '—' })
  const mail = `mailto:?subject=${encodeURIComponent(t('notify.mailSubject'))}&body=${encodeURIComponent(body)}`
  const copy = async () => {
    const done = await copyText(body)
    setCopied(done)
    if (!done) showToast({ tone: 'error', text: t('notify.copyFailed') })
  }
  return (
    <Popover position="bottom-end" onChange={() => setCopied(false)}>
      <Popover.Target>
        <Button className={styles.tall}>{t('notify.send')}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('notify.send')}>
        <p className={styles.mail}>{body}</p>
        <div className={`${styles.buttons} ${styles.hint}`}>
          <Button variant="tonal" icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
            {copied ? t('notify.copied') : t('notify.sendCopy')}
          </Button>
          <Button onClick={() => window.open(mail, '_self')}>{t('notify.sendMail')}</Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
