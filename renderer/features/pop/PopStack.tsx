import { type Ref, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Icon } from '../../ui/index.ts'
import { ConsultNote, isLive } from '../calls-live/index.ts'
import { FoldedStack } from './FoldedStack.tsx'
import { MiniCard } from './MiniCard.tsx'
import { type OpenForm, PopCard } from './PopCard.tsx'
import styles from './pop.module.css'
import { leadOf, stackOf } from './stack-order.ts'
import { useSteadyCards } from './use-steady-cards.ts'

/**
 * The cards in the window's corner, on every page but the desk. Nothing when nobody calls. `raised`: over a page's foot.
 * They lie on whatever the page has there, so they can be shrunk to one line; whoever calls anew opens them again.
 */
export function PopStack({ raised = false, onlyLive = false }: { raised?: boolean; onlyLive?: boolean }) {
  const all = useSnapshot('calls')?.cards ?? []
  const cards = onlyLive ? all.filter(isLive) : all
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  if (cards.length === 0) return null
  const className = `${styles.stack} ${raised ? styles.raised : ''}`
  if (cards.every(({ callId }) => folded.has(callId)))
    return <FoldedStack cards={cards} className={`${styles.panel} ${className}`} onOpen={() => setFolded(new Set())} />
  const onFold = () => setFolded(new Set(cards.map(({ callId }) => callId)))
  return <CardPanel cards={cards} className={className} onFold={onFold} toDesk />
}

/** Up to five calls, one drawn whole and the others on two lines; the rest is counted. */
export function CardPanel(props: {
  cards: readonly Call[]
  className?: string
  onFold?: () => void
  toDesk?: boolean
  ref?: Ref<HTMLElement>
}) {
  const { t } = useTranslation('pop')
  const [chosen, setChosen] = useState<string | null>(null)
  const [form, setForm] = useState<{ callId: string; open: OpenForm } | null>(null)
  const live = stackOf(props.cards)
  const { cards: shown, isHeld, hold, release } = useSteadyCards(live.shown)
  const more = props.cards.length - shown.length
  // What somebody works on stays whole: a card with an open form, then the one that was clicked.
  const lead =
    shown.find((call) => call.callId === form?.callId && form.open) ??
    shown.find((call) => call.callId === chosen) ??
    (isHeld ? shown[0] : leadOf(shown))
  const isTyping = form !== null && form.callId === lead?.callId
  useEffect(() => {
    window.frontbellPop?.typing(isTyping)
  }, [isTyping])
  if (!lead) return null
  const ordered = [lead, ...shown.filter((call) => call !== lead)]
  const show = (callId: string, open: OpenForm) => {
    setChosen(callId)
    setForm(open ? { callId, open } : null)
  }
  return (
    <section
      ref={props.ref}
      aria-label={t('stack', { count: props.cards.length })}
      className={`${styles.panel} ${props.className ?? ''}`}
      onPointerMove={() => hold(ordered.map((call) => call.callId))}
      onPointerLeave={release}
    >
      {props.onFold && (
        <button type="button" className={styles.fold} onClick={props.onFold} aria-expanded data-testid="pop-fold">
          {t('fold')}
          <Icon name="down" size="s" />
        </button>
      )}
      <div className={styles.noteRow}>
        <ConsultNote />
      </div>
      {ordered.map((call) =>
        call === lead ? (
          <PopCard
            key={call.callId}
            call={call}
            open={form?.callId === call.callId ? form.open : null}
            onOpen={(open) => show(call.callId, open)}
          />
        ) : (
          <MiniCard
            key={call.callId}
            call={call}
            onOpen={() => show(call.callId, null)}
            onTransfer={() => show(call.callId, 'transfer')}
          />
        ),
      )}
      {more > 0 && <More count={more} toDesk={props.toDesk === true} />}
    </section>
  )
}

function More({ count, toDesk }: { count: number; toDesk: boolean }) {
  const { t } = useTranslation('pop')
  if (!toDesk) {
    return (
      <p className={styles.more} data-testid="pop-more">
        {t('more', { count })}
      </p>
    )
  }
  return (
    <a className={styles.more} href="#/desk" data-testid="pop-more">
      <span>{t('more', { count })}</span>
      <span>
        {t('showOnDesk')}
        <Icon name="right" size="s" />
      </span>
    </a>
  )
}
