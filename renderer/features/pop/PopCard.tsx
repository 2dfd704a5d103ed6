import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, Party } from '../../../preload/contract/index.ts'
import { formatDuration, useTimeText } from '../../i18n/index.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button } from '../../ui/index.ts'
import {
  CallChip,
  CallFacts,
  CallPath,
  ConferenceMembers,
  ConsultBody,
  ConsultChip,
  isDialable,
  isLive,
  partyOf,
  TransferPanel,
  useCallActions,
  useConsultOf,
  usePartyWords,
  usePopShown,
  wasDialled,
} from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import { CallNotes, CrmButton, NotesButton } from '../notes/index.ts'
import { NameForm } from './NameForm.tsx'
import styles from './pop.module.css'

export type OpenForm = 'transfer' | 'name' | null

/** One call, drawn whole. It never takes the focus by itself; forms open on a click. */
export function PopCard({ call, open, onOpen }: { call: Call; open: OpenForm; onOpen: (form: OpenForm) => void }) {
  const { t } = useTranslation('pop')
  const myExtension = useSnapshot('me')?.extension ?? null
  const actions = useCallActions()
  usePopShown(call)
  const party = partyOf(call, myExtension)
  const words = usePartyWords()
  const known = useConsultOf(call.callId)
  // Until the PBX has taken it, the list that it was chosen in stays: a refusal is said there.
  const consult = known?.phase === 'starting' && open === 'transfer' ? null : known
  return (
    <article
      className={`${styles.card} ${styles.lead}`}
      data-testid="pop-card"
      data-call-id={call.callId}
      data-state={call.state}
      data-direction={call.direction}
      aria-label={words.who(party)}
    >
      <div className={styles.body}>
        <div className={styles.top}>
          {consult ? <ConsultChip /> : <CallChip call={call} />}
          <span className={styles.route}>{isLive(call) ? <CallPath call={call} /> : <EndWords call={call} />}</span>
          <Button
            small
            only
            variant="quiet"
            icon="close"
            className={styles.dismiss}
            aria-label={t('dismiss')}
            onClick={() => actions.dismiss(call)}
          />
        </div>
        {consult ? (
          <ConsultBody consult={consult} keys={false} />
        ) : (
          <OpenCall call={call} party={party} open={open} onOpen={onOpen} />
        )}
      </div>
    </article>
  )
}

/** Who it is, what helps, and what can be done. */
function OpenCall({
  call,
  party,
  open,
  onOpen,
}: {
  call: Call
  party: Party
  open: OpenForm
  onOpen: (form: OpenForm) => void
}) {
  return (
    <>
      {party.name === null ? <UnknownWho call={call} party={party} /> : <KnownWho call={call} party={party} />}
      <ConferenceMembers call={call} />
      {isLive(call) && (party.name !== null || call.lastContact !== null) && <CallFacts call={call} />}
      <CallNotes call={call} party={party} />
      {open === 'name' ? (
        <NameForm party={party} onClose={() => onOpen(null)} />
      ) : (
        <Actions call={call} party={party} open={open} onOpen={onOpen} />
      )}
      {open === 'transfer' && isLive(call) && <TransferPanel call={call} onClose={() => onOpen(null)} />}
    </>
  )
}

function KnownWho({ call, party }: { call: Call; party: Party }) {
  const beside = call.state === 'talking' || !isLive(call)
  const number = (
    <span className={`${styles.number} num ${beside ? styles.end : ''}`} data-testid="pop-number">
      {party.display}
    </span>
  )
  return (
    <>
      <div className={styles.who}>
        <h2 className={styles.caller} data-testid="pop-caller">
          {party.name}
        </h2>
        {party.company && <span className={styles.company}>{party.company}</span>}
        {beside && number}
      </div>
      {!beside && (
        <div className={styles.place}>
          {number}
          {party.home && <span className={styles.small}>{party.home}</span>}
        </div>
      )}
    </>
  )
}

function UnknownWho({ call, party }: { call: Call; party: Party }) {
  const { t } = useTranslation('pop')
  const number = usePartyWords().number(party)
  const words = [
    t(call.lastContact ? 'unnamed' : 'newCustomer'),
    party.home,
    call.recentMissed > 0 && call.lastContact === null ? t('recentMissed', { count: call.recentMissed }) : null,
  ].filter((word) => word !== null)
  return (
    <>
      <div className={styles.who}>
        <h2 className={`${styles.caller} ${styles.big} num`} data-testid="pop-caller">
          <span data-testid="pop-number">{number}</span>
        </h2>
      </div>
      <div className={styles.place}>
        {words.map((word, index) => (
          <span key={word} className={styles.word2}>
            {index > 0 && <i className={styles.dot} />}
            {word}
          </span>
        ))}
      </div>
    </>
  )
}

/** Three at most, the first of them primary; nothing that could not be done now. */
function Actions({
  call,
  party,
  open,
  onOpen,
}: {
  call: Call
  party: Party
  open: OpenForm
  onOpen: (form: OpenForm) => void
}) {
  const { t } = useTranslation('pop')
  const can = useSnapshot('me')?.can
  const actions = useCallActions()
  const dial = useDial()
  const [asked, setAsked] = useState(false)
  const myExtension = useSnapshot('me', (me) => me?.extension ?? null)
  const live = isLive(call)
  const dialled = wasDialled(call, myExtension)
  const mayName = party.name === null && isDialable(party) && call.state !== 'missed'
  const mayTransfer = live && call.mine && can?.transfer === true && (!dialled || call.state === 'talking')
  const mayHangup = (call.state === 'talking' || (dialled && live)) && call.mine && can?.hangup === true
  const mayDial = call.state === 'missed' && can?.dial === true && isDialable(party)
  const callBack = () => {
    setAsked(true)
    dial(party.number)
  }
  return (
    <div className={styles.actions}>
      {mayName && (
        <Button
          variant={call.state === 'talking' ? 'default' : 'primary'}
          icon="person-add"
          onClick={() => onOpen('name')}
          data-testid="pop-create"
        >
          {t('create')}
        </Button>
      )}
      {mayTransfer && (
        <Button
          variant={mayName || call.state === 'talking' ? 'default' : 'primary'}
          icon={mayName ? undefined : 'transfer'}
          aria-expanded={open === 'transfer'}
          onClick={() => onOpen(open === 'transfer' ? null : 'transfer')}
          data-testid="call-transfer"
        >
          {t('transfer')}
        </Button>
      )}
      {mayHangup && (
        <Button variant="danger" icon="hangup" onClick={() => actions.hangup(call)} data-testid="call-hangup">
          {t('hangup')}
        </Button>
      )}
      {mayDial && (
        <Button variant="primary" icon="phone" disabled={asked} onClick={callBack} data-testid="call-back">
          {t(dialled ? 'dialAgain' : 'callBack')}
        </Button>
      )}
      {call.state === 'missed' && !dialled && (
        <Button onClick={() => actions.handle(call)} data-testid="call-handle">
          {t('handled')}
        </Button>
      )}
      <NotesButton call={call} />
      {!mayName && !mayHangup && live && <CrmButton call={call} />}
    </div>
  )
}

/** How long it rang in vain, or how long the conversation was. */
function EndWords({ call }: { call: Call }) {
  const { t } = useTranslation('pop')
  const { span } = useTimeText()
  if (call.endedAt === null) return null
  if (call.state === 'missed') {
    return (
      <span className="num">
        {call.ringingAt !== null && t('rangFor', { time: span(call.endedAt - call.ringingAt) })}
      </span>
    )
  }
  return (
    <span className="num">
      {call.answeredAt !== null && t('talkedFor', { time: formatDuration(call.endedAt - call.answeredAt) })}
    </span>
  )
}
