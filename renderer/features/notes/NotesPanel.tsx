import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, Party, Returned } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { Button, ErrorState, Icon, useNow } from '../../ui/index.ts'
import { FollowUpForm } from './FollowUpForm.tsx'
import { FollowUpLine } from './FollowUpLine.tsx'
import { MessageDialog } from './MessageDialog.tsx'
import { NoteField } from './NoteField.tsx'
import styles from './notes.module.css'
import { TagPicker } from './TagPicker.tsx'
import { useDisposition } from './use-note.ts'

/** What the panel has to know of a call: one that goes on, or a row of the history. */
export type NotedCall = Pick<Call, 'connection' | 'callId' | 'startedAt'>

/** Note, tags, reminder and message of one call. `line`: the note alone, until more is asked for. */
export function NotesPanel(props: {
  call: NotedCall
  party: Party
  line?: boolean
  mayFocus?: boolean
  /** Rows of earlier calls' notes; none on a card. */
  earlier?: boolean
  onDone?: (() => void) | undefined
}) {
  const { t } = useTranslation('notes')
  const { call, party } = props
  const query = useDisposition(call)
  const [form, setForm] = useState<'followUp' | 'message' | null>(null)
  const who = party.name ?? (party.display || t('unknown'))
  const known = query.data
  if (query.isError && !known)
    return <ErrorState error={query.error} operation="note" onRetry={() => void query.refetch()} />
  const stored = known?.note?.text ?? ''
  const followUp = known?.followUp ?? null
  const isOpen = followUp !== null && followUp.doneAt === null
  return (
    <div className={styles.panel} data-testid="notes-panel">
      <NoteField call={call} who={who} stored={stored} mayFocus={props.mayFocus === true} onDone={props.onDone} />
      {!props.line && <TagPicker call={call} tags={known?.note?.tags ?? []} />}
      {(!props.line || isOpen) && followUp && form !== 'followUp' && (
        <FollowUpLine followUp={followUp} onEdit={() => setForm('followUp')} />
      )}
      {form === 'followUp' && <FollowUpForm call={call} followUp={followUp} who={who} onClose={() => setForm(null)} />}
      {!props.line && form !== 'followUp' && (
        <div className={styles.more}>
          {!isOpen && (
            <Button small icon="clock" data-testid="follow-up-add" onClick={() => setForm('followUp')}>
              {t('addFollowUp')}
            </Button>
          )}
          <Button small icon="send" data-testid="message-open" onClick={() => setForm('message')}>
            {t('tellColleague')}
          </Button>
        </div>
      )}
      {form === 'message' && <Message call={call} party={party} note={stored} onClose={() => setForm(null)} />}
      {props.earlier && known?.returned && <ReturnedLine returned={known.returned} />}
      {props.earlier && known && known.earlier.length > 0 && (
        <ul className={styles.earlier} aria-label={t('earlierNotes')}>
          {known.earlier.map((note) => (
            <EarlierNote
              key={`${note.connection} ${note.callId}`}
              at={note.callStartedAt}
              text={note.text}
              tags={note.tags}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

function Message({ call, party, note, onClose }: { call: NotedCall; party: Party; note: string; onClose: () => void }) {
  const { t } = useTranslation('notes')
  const { moment } = useTimeText()
  const who = party.name ?? t('somebody')
  const number = party.display || t('hiddenNumber')
  const from = party.company ? t('message.from', { company: party.company, number }) : t('message.number', { number })
  const text = t('message.text', { who, from, at: moment(call.startedAt, Date.now()) })
  const whole = note.trim() === '' ? text : t('message.withNote', { text, note: note.trim().replace(/\s*\n\s*/g, ' ') })
  return <MessageDialog subject={t('message.subject', { who })} text={whole} onClose={onClose} />
}

/** Of a missed call: who spoke to the caller since. */
function ReturnedLine({ returned }: { returned: Returned }) {
  const { t } = useTranslation('follow-ups')
  const { moment } = useTimeText()
  const now = useNow(60_000)
  const who = [returned.by, returned.byName].filter(Boolean).join(' ') || t('somebody')
  return (
    <p className="row meta secondary" data-testid="drawer-returned">
      <Icon name="check" size="s" />
      {t(returned.how, { who, at: moment(returned.at, now) })}
    </p>
  )
}

function EarlierNote({ at, text, tags }: { at: number; text: string; tags: readonly string[] }) {
  const { day } = useTimeText()
  const now = useNow(60_000)
  return (
    <li>
      <time className="meta muted num">{day(at, now)}</time>
      <span>{[...tags.map((tag) => `#${tag}`), text].filter(Boolean).join(' ')}</span>
    </li>
  )
}
