import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { longestNote } from '../../../preload/contract/note-limits.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { Details, Icon } from '../../ui/index.ts'
import { takeKeyboard } from './kept-cards.ts'
import type { NoteKey } from './note-drafts.ts'
import styles from './notes.module.css'
import { useNoteText } from './use-note.ts'

/** The note, saved by itself while it is typed; it grows with its text. `onDone` = Escape or Ctrl+Enter. */
export function NoteField(props: {
  call: NoteKey
  who: string
  stored: string
  /** It may take the keyboard, if that was asked for. */
  mayFocus?: boolean
  onDone?: (() => void) | undefined
}) {
  const { t } = useTranslation('notes')
  const explain = useErrorSentence()
  const note = useNoteText(props.call, props.stored)
  const field = useRef<HTMLTextAreaElement>(null)
  const { mayFocus } = props
  const { callId } = props.call
  useEffect(() => {
    const element = field.current
    if (!mayFocus || !element || !takeKeyboard(callId)) return
    element.focus({ preventScroll: true })
    element.setSelectionRange(element.value.length, element.value.length)
  }, [mayFocus, callId])
  const onKeyDown = (event: KeyboardEvent) => {
    const isDone = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
    if (!isDone || event.nativeEvent.isComposing || !props.onDone) return
    event.preventDefault()
    event.stopPropagation()
    note.flush()
    props.onDone()
  }
  const failed = note.state === 'failed' ? explain(note.error, 'note') : null
  return (
    <div>
      <div className={styles.note} data-state={note.state}>
        <Icon name="pencil" />
        <textarea
          ref={field}
          rows={1}
          aria-label={t('noteOf', { who: props.who })}
          placeholder={t('placeholder')}
          maxLength={longestNote}
          value={note.text}
          data-testid="note-input"
          onChange={(event) => note.setText(event.target.value)}
          onBlur={note.flush}
          onKeyDown={onKeyDown}
        />
        <span className={styles.noteState} role="status" data-testid="note-state" data-state={note.state}>
          {note.state !== 'empty' && t(`state.${note.state}`)}
        </span>
      </div>
      {failed && (
        <div className={styles.failed} role="alert">
          {failed.sentence} {t('keptHere')}
          <Details explained={failed} />
        </div>
      )}
    </div>
  )
}
