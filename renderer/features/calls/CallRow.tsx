import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/index.ts'
import { formatDuration, useTimeText } from '../../i18n/index.ts'
import { Elapsed, Icon, type IconName } from '../../ui/index.ts'
import { usePartyWords } from '../calls-live/index.ts'
import { CallResultWord } from './CallResultWord.tsx'
import { callExtension, otherParty, talkedForSec } from './call-result.ts'
import styles from './calls.module.css'
import { gridCell } from './grid-roles.ts'

/** One call of the list. */
export const CallRow = memo(function CallRow(props: {
  call: Call
  index: number
  rowIndex: number
  top: number
  selected: boolean
  onChoose(index: number): void
}) {
  const { call } = props
  const { clock } = useTimeText()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus (aria-activedescendant)
    // biome-ignore lint/a11y/useSemanticElements: see grid-roles.ts
    <div
      id={`call-row-${props.index}`}
      className={styles.row}
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={props.selected}
      data-testid="calls-row"
      data-call-id={call.callId}
      data-state={call.state}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onChoose(props.index)}
    >
      <span {...gridCell} className="secondary">
        <Direction call={call} />
      </span>
      <span {...gridCell} className="cut">
        <Who call={call} />
      </span>
      <span {...gridCell} className="num secondary cut">
        {callExtension(call)}
      </span>
      <span {...gridCell} className="num">
        {clock(call.startedAt)}
      </span>
      <span {...gridCell} className="num right">
        <Length call={call} />
      </span>
      <span {...gridCell} className="cut">
        <CallResultWord call={call} />
      </span>
    </div>
  )
})

function Direction({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  const missed = call.state === 'missed' && call.direction === 'incoming'
  const icons: Record<Call['direction'], IconName> = { incoming: 'in', outgoing: 'out', internal: 'internal' }
  return (
    <>
      <Icon name={missed ? 'missed' : icons[call.direction]} />
      <span className="vh">{missed ? t('direction.missed') : t(`direction.${call.direction}`)}</span>
    </>
  )
}

function Who({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  const party = otherParty(call)
  const number = usePartyWords().number(party)
  if (party.name === null) {
    return (
      <>
        <b className="num">{number}</b>{' '}
        <span className="muted">{party.source === 'extension' ? '' : t('newCustomer')}</span>
      </>
    )
  }
  return (
    <>
      <b>{party.name}</b> <span className="num muted">{number}</span>
    </>
  )
}

function Length({ call }: { call: Call }) {
  if (call.state === 'talking' && call.answeredAt !== null) return <Elapsed since={call.answeredAt} />
  const seconds = talkedForSec(call, call.endedAt ?? call.startedAt)
  return <>{seconds === null ? '—' : formatDuration(seconds * 1000)}</>
}
