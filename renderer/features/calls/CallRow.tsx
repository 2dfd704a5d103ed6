import { memo } from 'react'
import type { Call, HistoryCall } from '../../../preload/contract/index.ts'
import { formatDuration } from '../../i18n/index.ts'
import { Elapsed, Icon, type IconName, StateWord, Tag } from '../../ui/index.ts'
import { SectionIcon } from '../../ui/SectionIcon.tsx'
import styles from './calls.module.css'
import { gridCell } from './grid-roles.ts'
import { isGoingOn, outsideParty, talkedSec } from './history-result.ts'
import { Marked } from './Marked.tsx'
import { rowMarks, textMarks } from './marks.ts'
import type { RowWords } from './use-row-words.ts'

const directionIcons: Record<Call['direction'], IconName> = { incoming: 'in', outgoing: 'out', internal: 'internal' }

/** One call of the list. No hooks in here: it is drawn more often than anything else on the page. */
export const CallRow = memo(function CallRow(props: {
  call: HistoryCall
  live: Call | null
  words: RowWords
  terms: readonly string[]
  index: number
  rowIndex: number
  top: number
  selected: boolean
  onChoose(index: number): void
}) {
  const { call, live, words } = props
  const goesOn = live !== null && isGoingOn(live)
  const isMissed = call.result === 'missed' && !goesOn
  const { result, word } = words.result(call, live)
  const talked = goesOn ? null : talkedSec(call)
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
        <Icon name={isMissed ? 'missed' : directionIcons[call.direction]} />
        <span className="vh">{words.direction(call, isMissed)}</span>
      </span>
      <span {...gridCell} className="cut">
        <Who call={call} words={words} terms={props.terms} />
      </span>
      <span {...gridCell} className="num secondary cut">
        {call.extension}
      </span>
      <span {...gridCell} className="num">
        {words.clock(call.startedAt)}
      </span>
      <span {...gridCell} className="num right">
        {live?.state === 'talking' && live.answeredAt !== null ? (
          <Elapsed since={live.answeredAt} />
        ) : talked === null ? (
          '—'
        ) : (
          formatDuration(talked * 1000)
        )}
      </span>
      <span {...gridCell} className="cut">
        <StateWord tone={result.look} icon={result.icon === 'x' ? 'close' : result.icon} word={word} />
      </span>
      <span {...gridCell} className="secondary">
        {call.recording !== null && (
          <>
            <SectionIcon name="wave" />
            <span className="vh">{words.recorded}</span>
          </>
        )}
      </span>
    </div>
  )
})

function Who({ call, words, terms }: { call: HistoryCall; words: RowWords; terms: readonly string[] }) {
  const party = outsideParty(call)
  const number = words.number(party)
  const note = call.note ?? ''
  const ownNote = call.ownNote?.replace(/\s+/g, ' ') ?? ''
  const { tags } = call
  const marks = rowMarks({ name: party.name ?? '', number, note, ownNote, tags }, terms)
  return (
    <>
      {party.name === null ? (
        <>
          <b className="num">
            <Marked text={number} marks={marks.number} />
          </b>{' '}
          {note === '' && ownNote === '' && party.source !== 'extension' && (
            <span className="muted">{words.newCustomer}</span>
          )}
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
      {call.followUpAt !== null && (
        <span className={styles.promised}>
          <SectionIcon name="calendar" />
          <span className="vh">{words.promised}</span>
        </span>
      )}
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          <Tag>
            <Marked text={tag} marks={terms.length === 0 ? [] : textMarks(tag, terms)} />
          </Tag>
        </span>
      ))}
      {ownNote !== '' && (
        <span className={`${styles.note} secondary`} title={call.ownNote ?? undefined} data-testid="calls-row-note">
          <Marked text={ownNote} marks={marks.ownNote} />
        </span>
      )}
      {note !== '' && (
        <span className={`${styles.note} muted`}>
          <Marked text={note} marks={marks.note} />
        </span>
      )}
    </>
  )
}
