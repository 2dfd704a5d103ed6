import { Modal, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromptsSnapshot } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, Details, Field, showToast } from '../../ui/index.ts'
import styles from './voice-files.module.css'

/** A system rings a telephone and records what is said there; what it recorded is kept by its path. */
export function PhoneRecordDialog(props: { recorders: PromptsSnapshot['recorders']; onClose(): void }) {
  const { t } = useTranslation(['voice', 'common'])
  const explain = useErrorSentence()
  const mine = useSnapshot('me', (me) => me?.extension ?? '')
  const [connection, setConnection] = useState(props.recorders[0]?.id ?? '')
  const [number, setNumber] = useState(mine ?? '')
  const [path, setPath] = useState('')
  const meta = { inline: true }
  const ring = useMutation({
    mutationFn: () => rpc.prompts.ringRecorder({ connection, number }),
    onSuccess: () => showToast({ tone: 'done', text: t('voice:byPhone.rings', { number: number.trim() }) }),
    meta,
  })
  const keep = useMutation({
    mutationFn: () => rpc.prompts.keepRecorded({ connection, path }),
    onSuccess() {
      showToast({ tone: 'done', text: t('voice:byPhone.kept') })
      props.onClose()
    },
    meta,
  })
  const error = ring.error ?? keep.error
  const failed = error ? explain(error, 'voice') : null
  const submit = (run: () => void) => (event: FormEvent) => {
    event.preventDefault()
    run()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('voice:byPhone.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={styles.confirm} data-testid="voice-phone-dialog">
        {props.recorders.length > 1 && (
          <Select
            aria-label={t('voice:connection')}
            data={props.recorders.map(({ id }) => id)}
            value={connection}
            allowDeselect={false}
            onChange={(value) => setConnection(value ?? '')}
          />
        )}
        <form className={styles.phoneForm} onSubmit={submit(() => ring.mutate())}>
          <p className="secondary">{t('voice:byPhone.ringText')}</p>
          <div className="row">
            <Field
              className="grow"
              icon="phone"
              label={t('voice:byPhone.number')}
              placeholder={t('voice:byPhone.number')}
              value={number}
              maxLength={40}
              onChange={(event) => setNumber(event.target.value)}
              data-testid="voice-phone-number"
            />
            <Button
              type="submit"
              variant="primary"
              busy={ring.isPending}
              disabled={number.trim() === ''}
              data-testid="voice-phone-ring"
            >
              {t('voice:byPhone.ring')}
            </Button>
          </div>
        </form>
        <form className={styles.phoneForm} onSubmit={submit(() => keep.mutate())}>
          <p className="secondary">{t('voice:byPhone.keepText')}</p>
          <div className="row">
            <Field
              className="grow"
              icon="file"
              label={t('voice:byPhone.path')}
              placeholder={t('voice:byPhone.path')}
              value={path}
              maxLength={400}
              onChange={(event) => setPath(event.target.value)}
              data-testid="voice-phone-path"
            />
            <Button type="submit" busy={keep.isPending} disabled={path.trim() === ''} data-testid="voice-phone-keep">
              {t('voice:byPhone.keep')}
            </Button>
          </div>
        </form>
        {failed && (
          <div className={styles.failure} role="alert">
            {failed.sentence}
            <Details explained={failed} />
          </div>
        )}
      </div>
    </Modal>
  )
}
