import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Party } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Field } from '../../ui/index.ts'
import styles from './pop.module.css'

/** Name and company of the person behind a number, inline. Escape puts it away. */
export function NameForm({ party, onClose }: { party: Party; onClose: () => void }) {
  const { t } = useTranslation('pop')
  const explain = useErrorSentence()
  const [name, setName] = useState(party.name ?? '')
  const [company, setCompany] = useState(party.company ?? '')
  const save = useMutation({
    mutationFn: () => rpc.directory.save({ number: party.number, name: name.trim(), company: company.trim() }),
    onSuccess: onClose,
    meta: { operation: 'save', inline: true },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') save.mutate()
  }
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <Field
        autoFocus
        label={t('nameLabel')}
        placeholder={t('nameLabel')}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.target.value)}
        data-testid="name-input"
      />
      <Field
        label={t('companyLabel')}
        placeholder={t('companyLabel')}
        value={company}
        maxLength={100}
        onChange={(event) => setCompany(event.target.value)}
      />
      {save.error && (
        <p className={styles.failed} role="alert">
          {explain(save.error, 'save').sentence}
        </p>
      )}
      <div className={styles.formActions}>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={name.trim() === ''}>
          {t('save')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
