import { Tooltip } from '@mantine/core'
import { type DragEvent, memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button, Icon, showToast } from '../../ui/index.ts'
import { useDial } from '../dial/index.ts'
import { CallNotes, CrmButton, NotesButton } from '../notes/index.ts'
import styles from './CallCard.module.css'
import { CallChip, CallFacts, CallPath, EndedWords } from './CallParts.tsx'
import { ConferenceMembers } from './ConferenceMembers.tsx'
import { ConsultCard } from './ConsultCard.tsx'
import { isDialable, isLive, partyOf, wasDialled } from './card-order.ts'
import type { PanelMode } from './conversation-rules.ts'
import { draggedCall } from './drag-call.ts'
import { SaveName } from './SaveName.tsx'
import { TalkActions } from './TalkActions.tsx'
import { TransferPanel } from './TransferPanel.tsx'
import type { CallActions } from './use-call-actions.ts'
import { useConsultOf } from './use-conversation.ts'
import { usePartyWords } from './use-party-words.ts'
import { usePopShown } from './use-pop-shown.ts'

interface CallCardProps {
  call: Call
  /** T and H act on this card, so only here they are shown. */
  hasKeys: boolean
  /** The list that is open on it: whom to transfer to, to ask, to call in. */
  panel: PanelMode | null
  onPanel: (callId: string | null, mode?: PanelMode) => void
  actions: CallActions
}

/** One call: who, from where, what was last, and what can be done now. Renders again only when this call changes. */
export const CallCard = memo(function CallCard(props: CallCardProps) {
  const { call } = props
  usePopShown(call)
  const consult = useConsultOf(call.callId)
  if (call.state === 'hungup') return <EndedCard call={call} actions={props.actions} />
  // Until the PBX has taken it, the list that it was chosen in stays: a refusal is said there.
  if (consult && !(consult.phase === 'starting' && props.panel)) return <ConsultCard call={call} consult={consult} />
  return <OpenCard {...props} />
})

function OpenCard({ call, hasKeys, panel, onPanel, actions }: CallCardProps) {
  const { t } = useTranslation(['calls-live', 'common'])
  const myExtension = useSnapshot('me', (me) => me?.extension ?? null)
  const can = useSnapshot('me', (me) => me?.can)
  const dial = useDial()
  const party = partyOf(call, myExtension)
  const who = usePartyWords().who(party)
  const nameless = party.name === null && party.source !== 'extension' && isDialable(party)
  const [naming, setNaming] = useState(false)
  const live = isLive(call)
  const missed = call.state === 'missed'
  const dialled = wasDialled(call, myExtension)
  const canTransfer = live && call.mine && can?.transfer === true
  const canDrag = canTransfer && call.state === 'talking'
  const saveName = (
    <Button
      icon={hasKeys ? undefined : 'person-add'}
      data-testid="save-name"
      aria-expanded={naming}
      onClick={() => setNaming(!naming)}
    >
      {t('calls-live:saveName')}
    </Button>
  )
  const startDrag = (event: DragEvent) => {
    event.dataTransfer.setData('text/plain', who)
    event.dataTransfer.effectAllowed = 'move'
    draggedCall.set(call)
  }
  return (
    <article
      className={styles.call}
      data-testid="pop-card"
      data-call-id={call.callId}
      data-state={call.state}
      data-direction={call.direction}
      aria-label={`${t(call.ringsHere ? 'calls-live:ownRings' : `common:call.${call.state}`)} ${who}`}
      tabIndex={-1}
      draggable={canDrag}
      onDragStart={canDrag ? startDrag : undefined}
      onDragEnd={canDrag ? () => draggedCall.set(null) : undefined}
    >
      <div className={styles.top}>
        <CallChip call={call} />
        <span className={`end ${styles.path}`}>{missed ? <EndedWords call={call} /> : <CallPath call={call} />}</span>
        {missed && (
          <Button
            small
            only
            variant="quiet"
            icon="close"
            className={styles.close}
            aria-label={t('calls-live:dismissWho', { who })}
            onClick={() => actions.dismiss(call)}
          />
        )}
      </div>
      <Who call={call} />
      <CallFacts call={call} />
      <ConferenceMembers call={call} />
      <CallNotes call={call} party={party} />
      <div className={styles.actions}>
        {canTransfer && (
          <Button
            variant={call.state !== 'talking' || hasKeys ? 'primary' : 'default'}
            icon="transfer"
            keys={hasKeys ? 'T' : undefined}
            data-testid="call-transfer"
            aria-expanded={panel === 'transfer'}
            onClick={() => onPanel(panel === 'transfer' ? null : call.callId)}
          >
            {t('calls-live:transfer')}
          </Button>
        )}
        <TalkActions call={call} hasKeys={hasKeys} panel={panel} onPanel={onPanel} />
        <NotesButton call={call} hasKeys={hasKeys} />
        <CrmButton call={call} hasKeys={hasKeys} />
        {nameless && live && saveName}
        {live && call.mine && can?.hangup && (
          <Button
            variant="danger"
            className="end"
            icon="hangup"
            keys={hasKeys ? 'H' : undefined}
            data-testid="call-hangup"
            onClick={() => actions.hangup(call)}
          >
            {t('calls-live:hangup')}
          </Button>
        )}
        {missed && (
          <>
            {isDialable(party) && (
              <Button
                variant="primary"
                icon="phone"
                data-testid="call-back"
                disabled={can?.dial !== true}
                onClick={() => dial(party.number)}
              >
                {t(dialled ? 'calls-live:dialAgain' : 'calls-live:callBack')}
              </Button>
            )}
            {!dialled && (
              <Button icon="check" data-testid="call-handled" onClick={() => actions.handle(call)}>
                {t('calls-live:handled')}
              </Button>
            )}
          </>
        )}
        {nameless && !live && saveName}
      </div>
      {nameless && naming && <SaveName number={party.number} onClose={() => setNaming(false)} />}
      {panel && canTransfer && <TransferPanel key={panel} call={call} mode={panel} onClose={() => onPanel(null)} />}
    </article>
  )
}

function Who({ call }: { call: Call }) {
  const { t } = useTranslation('calls-live')
  const myExtension = useSnapshot('me', (me) => me?.extension ?? null)
  const party = partyOf(call, myExtension)
  const words = usePartyWords()
  const second = call.state === 'talking' || call.state === 'missed'
  const copy = async () => {
    await navigator.clipboard.writeText(party.number)
    showToast({ tone: 'done', text: t('copied', { number: party.display }) })
  }
  const number =
    party.display === '' ? (
      <span data-testid="pop-number">{words.number(party)}</span>
    ) : (
      <button
        type="button"
        className={`${styles.number} num`}
        data-testid="pop-number"
        title={t('copy')}
        onClick={() => void copy()}
      >
        {party.display}
      </button>
    )
  if (party.name === null)
    return (
      <>
        <h2 className={`${styles.unknown} num`} data-testid="pop-caller">
          {number}
        </h2>
        <p className={styles.place}>
          {party.source !== 'extension' && <span>{t(call.lastContact ? 'unnamed' : 'newCustomer')}</span>}
          {party.home && <span>{party.home}</span>}
        </p>
      </>
    )
  const name = (
    <h2 className={`${styles.caller} ${second ? styles.second : ''}`} data-testid="pop-caller">
      {party.name}
    </h2>
  )
  return (
    <>
      <div className={styles.who}>
        {party.source === 'learned' ? <Tooltip label={t('learned')}>{name}</Tooltip> : name}
        {party.company && <span className="cut secondary">{party.company}</span>}
        {second && <span className="end">{number}</span>}
      </div>
      {!second && (
        <div className="row">
          {number}
          {party.home && <span className="meta secondary">{party.home}</span>}
        </div>
      )}
    </>
  )
}

function EndedCard({ call, actions }: { call: Call; actions: CallActions }) {
  const { t } = useTranslation('calls-live')
  const myExtension = useSnapshot('me', (me) => me?.extension ?? null)
  const party = partyOf(call, myExtension)
  const who = usePartyWords().who(party)
  return (
    <article data-testid="pop-card" data-call-id={call.callId} data-state={call.state} aria-label={who}>
      <div className={styles.ended}>
        <Icon name="check" size="s" />
        <span className="cut num" data-testid="pop-caller">
          {who}
        </span>
        <span className="cut num muted">
          <EndedWords call={call} />
        </span>
        <span className="grow" />
        <NotesButton call={call} small />
        <Button
          small
          only
          variant="quiet"
          icon="close"
          aria-label={t('dismissWho', { who })}
          onClick={() => actions.dismiss(call)}
        />
      </div>
      <CallNotes call={call} party={party} />
    </article>
  )
}
