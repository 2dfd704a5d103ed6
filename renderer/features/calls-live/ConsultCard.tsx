import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import type { Consult } from '../../../preload/contract/conversation.ts'
import { useKeys } from '../../ui/index.ts'
import { CallNotes } from '../notes/index.ts'
import styles from './CallCard.module.css'
import { ConsultBody, ConsultChip } from './ConsultBody.tsx'
import { useConsultActions } from './use-conversation.ts'
import { usePartyWords } from './use-party-words.ts'

/** The card of a caller who waits: both parties and three buttons instead of everything else. */
export function ConsultCard({ call, consult }: { call: Call; consult: Consult }) {
  const { t } = useTranslation('conversation')
  const words = usePartyWords()
  const card = useRef<HTMLElement>(null)
  const { finish } = useConsultActions()
  const press = (command: 'put-through' | 'three-way' | 'back') => {
    if (consult.blocked[command] === null) finish({ callId: consult.callId, command })
  }
  // The list that it was chosen in is gone, and with it the focus: Enter and Escape belong to this card now.
  useEffect(() => {
    if (document.activeElement === document.body) card.current?.focus({ preventScroll: true })
  }, [])
  useKeys({ '3': () => press('three-way') })
  // Enter and Escape mean something else wherever else the focus is.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return
      const here = document.activeElement === document.body || document.activeElement === card.current
      const within = card.current?.contains(document.activeElement) === true
      if (document.querySelector('[role="dialog"],[role="menu"]')) return
      if (event.key === 'Enter' && here) press('put-through')
      else if (event.key === 'Escape' && (here || within)) press('back')
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  return (
    <article
      ref={card}
      className={styles.call}
      data-testid="pop-card"
      data-call-id={call.callId}
      data-state={call.state}
      data-direction={call.direction}
      data-transfer="consulting"
      aria-label={t('card', {
        caller: words.who(consult.caller),
        target: consult.target ? words.who(consult.target) : t('unknownTarget'),
      })}
      tabIndex={-1}
    >
      <div className={styles.top}>
        <ConsultChip />
        <span className={`end ${styles.path}`}>{t(consult.command === 'back' ? 'hearsBack' : 'hears')}</span>
      </div>
      <ConsultBody consult={consult} keys />
      <CallNotes call={call} party={consult.caller} />
    </article>
  )
}
