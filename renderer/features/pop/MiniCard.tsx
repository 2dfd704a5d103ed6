import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, Elapsed, Icon, type IconName } from '../../ui/index.ts'
import {
  isDialable,
  isLive,
  partyOf,
  placesOf,
  useCallActions,
  useConsultOf,
  usePartyWords,
  usePopShown,
} from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import styles from './pop.module.css'

const marks: Record<Call['state'], IconName> = {
  calling: 'bell',
  ringing: 'bell',
  talking: 'phone',
  missed: 'missed',
  hungup: 'check',
}

/** One call on two lines: the others of a stack. A click draws it whole. */
export function MiniCard({ call, onOpen, onTransfer }: { call: Call; onOpen: () => void; onTransfer: () => void }) {
  const { t } = useTranslation(['pop', 'common'])
  const me = useSnapshot('me')
  const actions = useCallActions()
  const dial = useDial()
  const consulting = useConsultOf(call.callId) !== null
  usePopShown(call)
  const party = partyOf(call, me?.extension ?? null)
  const who = usePartyWords().who(party)
  const place = [
    placesOf(call).group,
    party.name === null ? t(call.lastContact ? 'unnamed' : 'newCustomer') : party.display,
    party.name === null ? party.home : party.company,
  ]
  return (
    <article
      className={`${styles.card} ${styles.mini}`}
      data-testid="pop-card"
      data-call-id={call.callId}
      data-state={call.state}
      data-direction={call.direction}
      aria-label={who}
    >
      <CallMark state={call.state} />
      <button type="button" className={styles.miniOpen} onClick={onOpen}>
        <span className={styles.miniWho}>
          <b data-testid="pop-caller">{who}</b>
          <span className={styles.word}>{t(`common:call.${call.state}`)}</span>
        </span>
        <span className={`${styles.miniSub} num`}>{place.filter(Boolean).join(t('common:listSeparator'))}</span>
      </button>
      <span className={styles.time}>
        <MiniTime call={call} />
      </span>
      {isLive(call) && call.mine && me?.can.transfer && !consulting && (
        <Button
          small
          only
          variant="quiet"
          icon="transfer"
          aria-label={t('transferWho', { who })}
          onClick={onTransfer}
          data-testid="call-transfer"
        />
      )}
      {call.state === 'missed' && me?.can.dial && isDialable(party) && (
        <Button
          small
          only
          variant="quiet"
          icon="phone"
          aria-label={t('callBackWho', { who })}
          onClick={() => dial(party.number)}
        />
      )}
      {call.state === 'hungup' && (
        <Button
          small
          only
          variant="quiet"
          icon="close"
          aria-label={t('dismissWho', { who })}
          onClick={() => actions.dismiss(call)}
        />
      )}
    </article>
  )
}

export function CallMark({ state }: { state: Call['state'] }) {
  return <Icon name={marks[state]} className={styles.mark} />
}

export function MiniTime({ call }: { call: Call }) {
  const { clock } = useTimeText()
  if (!isLive(call)) return <span className="num">{clock(call.startedAt)}</span>
  return <Elapsed since={call.answeredAt ?? call.ringingAt ?? call.startedAt} />
}
