import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, EmptyState, Loading, useKeys } from '../../ui/index.ts'
import { openNotes, useHasCrm, useKeptCards, useOpenCrm } from '../notes/index.ts'
import { CallCard } from './CallCard.tsx'
import styles from './CardList.module.css'
import { ConsultNote } from './ConsultNote.tsx'
import { myCallOf, partyOf } from './card-order.ts'
import { type PanelMode, useTalkOptions } from './conversation-rules.ts'
import { useCallActions } from './use-call-actions.ts'
import { useIsConsulting } from './use-conversation.ts'
import { isInUse, useHeldOrder } from './use-held-order.ts'
import { type PartyWords, usePartyWords } from './use-party-words.ts'
import { useSteadyScroll } from './use-steady-scroll.ts'

/** The live calls: one card each; what rings stands at the top. T transfers and H hangs up the call that carries the keys. */
export function CardList() {
  const { t } = useTranslation('calls-live')
  const words = usePartyWords()
  const calls = useSnapshot('calls')
  const me = useSnapshot('me')
  const list = useRef<HTMLDivElement>(null)
  const [panel, setPanel] = useState<{ callId: string; mode: PanelMode } | null>(null)
  const actions = useCallActions()
  const { cards, update } = useHeldOrder(list, useKeptCards(calls?.cards ?? noCards))
  const myCall = useMemo(() => myCallOf(cards), [cards])
  const openCrm = useOpenCrm()
  const hasCrm = useHasCrm(myCall)
  const first = cards[0]
  const { above, hold, release } = useSteadyScroll(list, first?.callId)
  const onPanel = useCallback(
    (callId: string | null, mode: PanelMode = 'transfer') => setPanel(callId === null ? null : { callId, mode }),
    [],
  )
  const talk = useTalkOptions(myCall)
  const consulting = useIsConsulting()
  const consulted = useIsConsulting('taken')
  const closePanel = () => onPanel(null)
  // Another window may have begun it: the list would come back when it is over.
  useEffect(() => {
    if (consulted) setPanel(null)
  }, [consulted])

  const enter = () => {
    update()
    hold()
  }
  // What the pointer is over and what has the focus next is known after the event.
  const leave = () =>
    setTimeout(() => {
      update()
      if (!isInUse(list.current)) release()
    })

  useKeys(
    myCall && me
      ? {
          ...(me.can.transfer && !consulting && { t: () => onPanel(myCall.callId) }),
          ...(talk.consult && !consulting && { c: () => onPanel(myCall.callId, 'consult') }),
          ...(me.can.hangup && !consulting && { h: () => actions.hangup(myCall) }),
          n: () => openNotes(myCall.callId),
          ...(hasCrm && { o: () => openCrm.mutate(myCall) }),
          ...(panel && { Escape: closePanel }),
        }
      : {},
  )
  useFocusedCard(calls?.focus ?? null)

  if (!calls) return <Loading />
  return (
    <div className={styles.frame}>
      {above && first && (
        <Button className={styles.above} icon="arrow-up" onClick={release}>
          {t('newAbove', { who: whoAndWhere(first, me?.extension ?? null, words) })}
        </Button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps the cards where they are */}
      <div
        ref={list}
        className={styles.live}
        onPointerEnter={update}
        onPointerMove={hold}
        onPointerLeave={leave}
        onFocus={enter}
        onBlur={leave}
        onScroll={hold}
      >
        <ConsultNote />
        {cards.map((call) => (
          <CallCard
            key={call.callId}
            call={call}
            hasKeys={call.callId === myCall?.callId}
            panel={call.callId === panel?.callId ? panel.mode : null}
            onPanel={onPanel}
            actions={actions}
          />
        ))}
        {cards.length === 0 && <EmptyState icon="bell" title={t('empty')} text={t('emptyText')} />}
      </div>
    </div>
  )
}

function whoAndWhere(call: Call, myExtension: string | null, words: PartyWords): string {
  const party = partyOf(call, myExtension)
  return [words.who(party), party.company ?? party.home].filter(Boolean).join(' ')
}

const noCards: readonly Call[] = []

/** A notification was clicked: bring its card into view and let it be seen. */
function useFocusedCard(focus: { callId: string; at: number } | null): void {
  const callId = focus?.callId
  const at = focus?.at
  useEffect(() => {
    if (!callId || at === undefined) return
    const card = document.querySelector(`[data-call-id="${CSS.escape(callId)}"]`)
    if (!(card instanceof HTMLElement)) return
    card.scrollIntoView({ block: 'nearest' })
    card.focus({ preventScroll: true })
  }, [callId, at])
}
