import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { longestTag, mostTags } from '../../../preload/contract/note-limits.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, Field, Icon } from '../../ui/index.ts'
import type { NoteKey } from './note-drafts.ts'
import styles from './notes.module.css'

/** Offered besides those the call has. */
const offered = 8

/** Tags of the list, pressed or not; where free ones are allowed, a field for another. */
export function TagPicker({ call, tags }: { call: NoteKey; tags: readonly string[] }) {
  const { t } = useTranslation('notes')
  const explain = useErrorSentence()
  const list = useSnapshot('dispositions', (snapshot) => snapshot?.tags) ?? []
  const free = useSnapshot('dispositions', (snapshot) => snapshot?.freeTags === true)
  const [adding, setAdding] = useState(false)
  const [text, setText] = useState('')
  const save = useMutation({
    mutationFn: (next: string[]) =>
      rpc.dispositions.setTags({ connection: call.connection, callId: call.callId, tags: next }),
    meta: { operation: 'note', inline: true },
  })
  // What was pressed shows at once; the answer of the core stands as soon as it is there.
  const shown = save.isPending ? save.variables : tags
  const toggle = (tag: string) =>
    save.mutate(shown.includes(tag) ? shown.filter((one) => one !== tag) : [...shown, tag].slice(-mostTags))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const tag = text.trim()
    if (tag !== '' && !shown.includes(tag)) save.mutate([...shown, tag].slice(-mostTags))
    setText('')
    setAdding(false)
  }
  const others = list.filter((tag) => !tags.includes(tag)).slice(0, offered)
  // A tag stays where it stands when it is pressed.
  const all = [...new Set([...list.filter((tag) => tags.includes(tag) || others.includes(tag)), ...tags])]
  if (all.length === 0 && !free) return null
  return (
    <div>
      <fieldset className={styles.tags} data-testid="note-tags">
        <legend className="vh">{t('tags')}</legend>
        {all.map((tag) => (
          <button
            key={tag}
            type="button"
            className={styles.tag}
            aria-pressed={shown.includes(tag)}
            onClick={() => toggle(tag)}
          >
            {shown.includes(tag) && <Icon name="check" size="s" />}
            <span className="cut">{tag}</span>
          </button>
        ))}
        {free && !adding && (
          <Button
            small
            variant="quiet"
            icon="plus"
            className={styles.addTag}
            data-testid="note-tag-add"
            onClick={() => setAdding(true)}
          >
            {t('addTag')}
          </Button>
        )}
        {free && adding && (
          <form
            onSubmit={submit}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.stopPropagation()
              setAdding(false)
            }}
          >
            <Field
              autoFocus
              className={styles.tagField}
              label={t('newTag')}
              placeholder={t('newTag')}
              maxLength={longestTag}
              value={text}
              data-testid="note-tag-input"
              onChange={(event) => setText(event.target.value)}
              onBlur={submit}
            />
          </form>
        )}
      </fieldset>
      {save.error && (
        <p className={styles.failed} role="alert">
          {explain(save.error, 'tags').sentence}
        </p>
      )}
    </div>
  )
}
