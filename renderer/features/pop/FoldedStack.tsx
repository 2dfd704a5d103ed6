import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Icon } from '../../ui/index.ts'
import { partyOf, usePartyWords } from '../calls-live/index.ts'
import { CallMark, MiniTime } from './MiniCard.tsx'
import styles from './pop.module.css'
import { leadOf, stackOf } from './stack-order.ts'

/** The cards of the corner on one line: who, how far, and how many more. A click draws them again. */
export function FoldedStack(props: { cards: readonly Call[]; className: string; onOpen: () => void }) {
  const { t } = useTranslation(['pop', 'common'])
  const me = useSnapshot('me')
  const words = usePartyWords()
  const lead = leadOf(stackOf(props.cards).shown)
  if (!lead) return null
  const more = props.cards.length - 1
  return (
    <section aria-label={t('stack', { count: props.cards.length })} className={props.className}>
      <button
        type="button"
        className={`${styles.mini} ${styles.folded}`}
        data-testid="pop-folded"
        data-state={lead.state}
        aria-expanded={false}
        onClick={props.onOpen}
      >
        <CallMark state={lead.state} />
        <span className={styles.miniWho}>
          <b>{words.who(partyOf(lead, me?.extension ?? null))}</b>
          <span className={styles.word}>{t(`common:call.${lead.state}`)}</span>
          {more > 0 && <span className="meta secondary">{t('more', { count: more })}</span>}
        </span>
        <span className={styles.time}>
          <MiniTime call={lead} />
        </span>
        <span className={styles.open}>
          <Icon name="down" size="s" />
        </span>
      </button>
    </section>
  )
}
