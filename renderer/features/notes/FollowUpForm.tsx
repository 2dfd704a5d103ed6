import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Field, useNow } from '../../ui/index.ts'
import { dueChoices, fromField, toField } from './due-times.ts'
import type { NoteKey } from './note-drafts.ts'
import styles from './notes.module.css'

/** What to do and when: usual times by one click, any other by the field. */
export function FollowUpForm(props: { call: NoteKey; followUp: FollowUp | null; who: string; onClose: () => void }) {
  const { t } = useTranslation(['notes', 'common'])
  const explain = useErrorSentence()
  const now = useNow(60_000)
  const { followUp } = props
  const open = followUp?.doneAt === null ? followUp : null
  const [promise, setPromise] = useState(open?.promise ?? '')
  const [when, setWhen] = useState(() => (open && open.dueAt > Date.now() ? toField(open.dueAt) : ''))
  const [missing, setMissing] = useState(false)
  const save = useMutation({
    mutationFn: (dueAt: number) =>
      rpc.dispositions.setFollowUp({
        connection: props.call.connection,
        callId: props.call.callId,
        dueAt,
        promise: promise.trim(),
      }),
    onSuccess: props.onClose,
    meta: { operation: 'followUp', inline: true },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const dueAt = fromField(when)
    setMissing(dueAt === null)
    if (dueAt !== null) save.mutate(dueAt)
  }
  return (
    <form
      className={styles.followUpForm}
      aria-label={t('notes:followUpOf', { who: props.who })}
      data-testid="follow-up-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onClose()
      }}
    >
      <Field
        autoFocus
        label={t('notes:promise')}
        placeholder={t('notes:promisePlaceholder')}
        maxLength={500}
        value={promise}
        data-testid="follow-up-promise"
        onChange={(event) => setPromise(event.target.value)}
      />
      <fieldset className={styles.dueChoices}>
        <legend className="vh">{t('notes:when')}</legend>
        {dueChoices(now).map(({ choice, at }) => (
          <button
            key={choice}
            type="button"
            className={styles.tag}
            aria-pressed={when === toField(at)}
            data-testid={`follow-up-${choice}`}
            onClick={() => setWhen(toField(at))}
          >
            {t(`notes:due.${choice}`)}
          </button>
        ))}
      </fieldset>
      <div className={styles.dueRow}>
        <Field
          type="datetime-local"
          icon="clock"
          className="grow"
          label={t('notes:when')}
          min={toField(now)}
          value={when}
          invalid={missing}
          data-testid="follow-up-when"
          onChange={(event) => {
            setWhen(event.target.value)
            setMissing(false)
          }}
        />
        <Button type="submit" variant="primary" busy={save.isPending} data-testid="follow-up-save">
          {t('notes:remind')}
        </Button>
        <Button onClick={props.onClose}>{t('common:cancel')}</Button>
      </div>
      {missing && (
        <p className={styles.failed} role="alert">
          {t('notes:whenMissing')}
        </p>
      )}
      {save.error && (
        <p className={styles.failed} role="alert">
          {explain(save.error, 'followUp').sentence}
        </p>
      )}
    </form>
  )
}
