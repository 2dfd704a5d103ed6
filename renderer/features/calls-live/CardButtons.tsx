import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { Button } from '../../ui/index.ts'
import { useDial } from '../dial/index.ts'
import { NotesButton, useHasCrm, useOpenCrm } from '../notes/index.ts'
import styles from './CallCard.module.css'
import { isDialable, isLive, partyOf, wasDialled } from './card-order.ts'
import { type PanelMode, useTalkOptions } from './conversation-rules.ts'
import { ActionButton, type CardAction, MoreActions } from './MoreActions.tsx'
import type { CallActions } from './use-call-actions.ts'
import { useConferenceOf } from './use-conversation.ts'
import { usePartyWords } from './use-party-words.ts'

/** What can be done with a call, in one line: what is needed most as buttons, the rest behind 更多. */
export function CardButtons(props: {
  call: Call
  /** The keys act on this card, so only here they are shown. */
  hasKeys: boolean
  panel: PanelMode | null
  onPanel: (callId: string | null, mode?: PanelMode) => void
  actions: CallActions
  canTransfer: boolean
  /** Null where there is nobody to be named. */
  onName: (() => void) | null
}) {
  const { t } = useTranslation(['calls-live', 'conversation'])
  const { call, hasKeys, panel, onPanel, actions } = props
  const myExtension = useSnapshot('me', (me) => me?.extension ?? null)
  const can = useSnapshot('me', (me) => me?.can)
  const dial = useDial()
  const { consult, invite } = useTalkOptions(call)
  const party = partyOf(call, myExtension)
  const dialled = wasDialled(call, myExtension)
  const who = usePartyWords().who(party)
  const live = isLive(call)
  const key = (one: string) => (hasKeys ? one : undefined)
  const toggle = (mode: PanelMode) => () => (panel === mode ? onPanel(null) : onPanel(call.callId, mode))
  const canHangUp = live && call.mine && can?.hangup === true
  const further = useFurther({ call, invite, onInvite: toggle('invite'), onName: props.onName, key })
  const beside = consult || canHangUp || call.state === 'missed' ? 0 : 1
  const more = <MoreActions who={who} actions={further.slice(beside)} />
  if (call.state === 'missed')
    return (
      <div className={styles.actions}>
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
        <NotesButton call={call} hasKeys={hasKeys} />
        {more}
      </div>
    )
  return (
    <div className={styles.actions}>
      {props.canTransfer && (
        <Button
          variant={call.state !== 'talking' || hasKeys ? 'primary' : 'default'}
          icon={consult && hasKeys ? undefined : 'transfer'}
          keys={key('T')}
          data-testid="call-transfer"
          aria-expanded={panel === 'transfer'}
          onClick={toggle('transfer')}
        >
          {t('calls-live:transfer')}
        </Button>
      )}
      {consult && (
        <Button
          keys={key('C')}
          data-testid="call-consult"
          aria-expanded={panel === 'consult'}
          onClick={toggle('consult')}
        >
          {t('conversation:consult')}
        </Button>
      )}
      <NotesButton call={call} hasKeys={hasKeys} />
      {further.slice(0, beside).map((action) => (
        <ActionButton key={action.testId} action={action} />
      ))}
      {more}
      {canHangUp && (
        <Button
          variant="danger"
          className="end"
          icon="hangup"
          keys={key('H')}
          data-testid="call-hangup"
          onClick={() => actions.hangup(call)}
        >
          {t('calls-live:hangup')}
        </Button>
      )}
    </div>
  )
}

/** Needed now and then, most often first: one of them may stand in the line, the others behind 更多. */
function useFurther(props: {
  call: Call
  invite: boolean
  onInvite(): void
  onName: (() => void) | null
  key(one: string): string | undefined
}): CardAction[] {
  const { t } = useTranslation(['calls-live', 'conversation', 'notes'])
  const { call } = props
  const conference = useConferenceOf(call.callId)
  const openCrm = useOpenCrm()
  const hasCrm = useHasCrm(call)
  const { onName } = props
  const actions: (CardAction | false)[] = [
    props.invite && {
      testId: 'call-conference',
      label: t(conference ? 'conversation:addMore' : 'conversation:conference'),
      icon: 'team',
      run: props.onInvite,
    },
    hasCrm && {
      testId: 'crm-open',
      label: t('notes:openCrm'),
      icon: 'open',
      keys: props.key('O'),
      run: () => openCrm.mutate(call),
    },
    onName !== null && { testId: 'save-name', label: t('calls-live:saveName'), icon: 'person-add', run: onName },
  ]
  return actions.filter((one) => one !== false)
}
