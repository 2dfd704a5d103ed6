import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { go } from '../../app/route.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Field, showToast } from '../../ui/index.ts'
import styles from './CallCard.module.css'

/** For an unknown number: a name, and from then on the caller is known. */
export function SaveName({ number, onClose }: { number: string; onClose: () => void }) {
  const { t } = useTranslation(['calls-live', 'common'])
  const [name, setName] = useState('')
  const [company, setCompany] = useState('')
  const save = useMutation({
    mutationFn: () => rpc.directory.save({ number, name: name.trim(), company: company.trim() }),
    meta: { operation: 'save' },
    onSuccess: ({ id }) => {
      showToast({
        tone: 'done',
        text: t('calls-live:nameSaved', { name: name.trim() }),
        action: { label: t('calls-live:openCard'), run: () => go('directory', String(id)) },
      })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) save.mutate()
  }
  return (
    <form
      className={styles.save}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <Field
        autoFocus
        label={t('calls-live:name')}
        placeholder={t('calls-live:name')}
        maxLength={60}
        value={name}
        data-testid="save-name-input"
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t('calls-live:company')}
        placeholder={t('calls-live:company')}
        maxLength={100}
        value={company}
        onChange={(event) => setCompany(event.target.value)}
      />
      <Button type="submit" variant="tonal" disabled={!name.trim()} busy={save.isPending}>
        {t('common:save')}
      </Button>
    </form>
  )
}
