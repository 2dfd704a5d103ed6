import { Modal, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extension } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { copyText } from '../../ui/copy-text.ts'
import { Button, Field, showToast } from '../../ui/index.ts'
import { isMailAddress, mailLink } from './message.ts'
import styles from './notes.module.css'

/** Tell a colleague that somebody rang: a text to copy, or a mail. The text may be changed before. */
export function MessageDialog(props: { subject: string; text: string; to?: string | null; onClose: () => void }) {
  const { t } = useTranslation(['notes', 'common'])
  const extensions = useSnapshot('board', (board) => board?.extensions) ?? noExtensions
  const settings = useSnapshot('settings')
  const addresses = settings?.values.dispositions.mail ?? []
  const isLocked = settings?.locked.some((path) => /^dispositions(\.mail)?$/.test(path)) === true
  const [to, setTo] = useState<string | null>(props.to ?? null)
  const [typed, setTyped] = useState<string | null>(null)
  const [text, setText] = useState(props.text)
  const textId = useId()
  const known = addresses.find((one) => one.extension === to)?.address ?? ''
  const address = (typed ?? known).trim()
  const isRight = isMailAddress(address)
  const mail = useMutation({
    mutationFn: async () => {
      const link = mailLink(address, props.subject, text)
      const { opened } = await rpc.crm.mail({ link })
      if (!opened) location.assign(link)
      if (to !== null && address !== known && !isLocked) {
        const others = addresses.filter((one) => one.extension !== to)
        await rpc.settings.update({ patch: { dispositions: { mail: [...others, { extension: to, address }] } } })
      }
    },
    onSuccess: props.onClose,
    meta: { operation: 'mail' },
  })
  const copy = async () => {
    const isDone = await copyText(text)
    showToast({ tone: isDone ? 'done' : 'error', text: t(isDone ? 'notes:messageCopied' : 'notes:copyFailed') })
    if (isDone) props.onClose()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('notes:messageTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={styles.message} data-testid="message-dialog">
        <Select
          searchable
          aria-label={t('notes:messageTo')}
          placeholder={t('notes:messageTo')}
          data={extensions.map(({ extension, name }) => ({ value: extension, label: `${extension} ${name}`.trim() }))}
          value={to}
          limit={50}
          nothingFoundMessage={t('notes:nobody')}
          data-testid="message-to"
          onChange={(extension) => {
            setTo(extension)
            setTyped(null)
          }}
        />
        <label htmlFor={textId} className="meta muted">
          {t('notes:messageText')}
        </label>
        <textarea
          id={textId}
          className={styles.messageText}
          rows={4}
          maxLength={2000}
          value={text}
          data-testid="message-text"
          onChange={(event) => setText(event.target.value)}
        />
        <Field
          type="email"
          label={t('notes:mailAddress')}
          placeholder={t('notes:mailAddress')}
          value={typed ?? known}
          maxLength={200}
          invalid={address !== '' && !isRight}
          data-testid="message-address"
          onChange={(event) => setTyped(event.target.value)}
        />
        <p className="meta muted">{t(address !== '' && !isRight ? 'notes:mailWrong' : 'notes:mailHint')}</p>
        <div className={styles.messageActions}>
          <Button data-autofocus variant="primary" icon="copy" data-testid="message-copy" onClick={() => void copy()}>
            {t('notes:messageCopy')}
          </Button>
          <Button
            icon="mail"
            disabled={!isRight}
            busy={mail.isPending}
            data-testid="message-mail"
            onClick={() => mail.mutate()}
          >
            {t('notes:messageMail')}
          </Button>
          <Button className="end" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

const noExtensions: readonly Extension[] = []
