import { useTranslation } from 'react-i18next'
import type { Call, Party } from '../../../preload/contract/index.ts'
import { Button } from '../../ui/index.ts'
import { useNotesOpen } from './kept-cards.ts'
import { NotesPanel } from './NotesPanel.tsx'

/** 记录 N: opens and closes the note of a call. */
export function NotesButton({ call, hasKeys, small }: { call: Call; hasKeys?: boolean; small?: boolean }) {
  const { t } = useTranslation('notes')
  const [isOpen, setOpen] = useNotesOpen(call.callId)
  const isOver = call.state === 'hungup'
  return (
    <Button
      small={small === true}
      variant={small ? 'link' : 'default'}
      icon={hasKeys || small ? undefined : 'pencil'}
      keys={hasKeys ? 'N' : undefined}
      data-testid="call-note"
      aria-expanded={isOpen}
      onClick={() => setOpen(!isOpen)}
    >
      {t(isOver ? 'openAfter' : 'open')}
    </Button>
  )
}

/** The note on a card: while I talk the line is always there, the rest on demand. */
export function CallNotes({ call, party }: { call: Call; party: Party }) {
  const [isOpen, setOpen] = useNotesOpen(call.callId)
  const isLine = call.state === 'talking' && call.mine
  if (!isOpen && !isLine) return null
  return (
    <NotesPanel
      call={call}
      party={party}
      line={!isOpen}
      mayFocus={isOpen}
      onDone={isOpen ? () => setOpen(false) : undefined}
    />
  )
}
