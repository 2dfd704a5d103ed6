import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, HistoryCall } from '../../../preload/contract/index.ts'
import { formatDuration, useTimeText } from '../../i18n/index.ts'
import { Elapsed, Icon, type IconName } from '../../ui/index.ts'
import { SectionIcon } from '../../ui/SectionIcon.tsx'
import { usePartyWords } from '../calls-live/index.ts'
import { CallResultWord } from './CallResultWord.tsx'
import styles from './calls.module.css'
import { gridCell } from './grid-roles.ts'
import { isGoingOn, outsideParty, talkedSec } from './history-result.ts'
import { Marked } from './Marked.tsx'
import { rowMarks } from './marks.ts'

/** One call of the list. */
export const CallRow = memo(function CallRow(props: {
  call: HistoryCall
  live: Call | null
  terms: readonly string[]
  index: number
  rowIndex: number
  top: number
  selected: boolean
  onChoose(index: number): void
}) {
  const { call, live } = props
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
      data-result={call.result}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onChoose(props.index)}
    >
      <span {...gridCell} className="secondary">
        <Direction call={call} />
      </span>
      <span {...gridCell} className="cut">
        <Who call={call} terms={props.terms} />
      </span>
      <span {...gridCell} className="num secondary cut">
        {call.extension}
      </span>
      <span {...gridCell} className="num">
        {clock(call.startedAt)}
      </span>
      <span {...gridCell} className="num right">
        <Length call={call} live={live} />
      </span>
      <span {...gridCell} className="cut">
        <CallResultWord call={call} live={live} />
      </span>
      <span {...gridCell} className="secondary">
        {call.recording !== null && <Recorded />}
      </span>
    </div>
  )
})

function Direction({ call }: { call: HistoryCall }) {
  const { t } = useTranslation('calls')
  const missed = call.result === 'missed'
  const icons: Record<Call['direction'], IconName> = { incoming: 'in', outgoing: 'out', internal: 'internal' }
  return (
    <>
      <Icon name={missed ? 'missed' : icons[call.direction]} />
      <span className="vh">{missed ? t('direction.missed') : t(`direction.${call.direction}`)}</span>
    </>
  )
}

function Recorded() {
  const { t } = useTranslation('calls')
  return (
    <>
      <SectionIcon name="wave" />
      <span className="vh">{t('recorded')}</span>
    </>
  )
}

function Who({ call, terms }: { call: HistoryCall; terms: readonly string[] }) {
  const { t } = useTranslation('calls')
  const party = outsideParty(call)
  const number = usePartyWords().number(party)
  const note = call.note ?? ''
  const marks = rowMarks({ name: party.name ?? '', number, note }, terms)
  const newcomer = party.source === 'extension' ? '' : t('newCustomer')
  return (
    <>
      {party.name === null ? (
        <>
          <b className="num">
            <Marked text={number} marks={marks.number} />
          </b>{' '}
          {note === '' && <span className="muted">{newcomer}</span>}
        </>
      ) : (
        <>
          <b>
            <Marked text={party.name} marks={marks.name} />
          </b>{' '}
          <span className="num muted">
            <Marked text={number} marks={marks.number} />
          </span>
        </>
      )}
      {note !== '' && (
        <span className={`${styles.note} muted`}>
          <Marked text={note} marks={marks.note} />
        </span>
      )}
    </>
  )
}

function Length({ call, live }: { call: HistoryCall; live: Call | null }) {
  if (live?.state === 'talking' && live.answeredAt !== null) return <Elapsed since={live.answeredAt} />
  const seconds = live && isGoingOn(live) ? null : talkedSec(call)
  return <>{seconds === null ? '—' : formatDuration(seconds * 1000)}</>
}
