import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extension } from '../../../preload/contract/board.ts'
import { tileState } from '../../../preload/contract/tile-state.ts'
import { formatDuration, useTimeText } from '../../i18n/index.ts'
import { Button, Elapsed, StateWord, stateIcon, useNow } from '../../ui/index.ts'
import type { Asked } from './ConfirmCall.tsx'
import styles from './supervisor.module.css'
import { agentLabel } from './use-supervisor.ts'

interface AgentRowProps {
  agent: Extension
  /** Of the chosen days; null = not counted yet, or none. */
  calls: number | null
  talkSec: number | null
  stale: boolean
  /** When the PBX last answered; only given while stale, so that a poll renders nothing. */
  staleSince: number | null
  /** A supervisor is set, and it is somebody else. */
  canAct: boolean
  rowIndex: number
  top: number
  tabbable: boolean
  selected: boolean
  onChoose(extension: string): void
  onFocus(extension: string): void
  onListen(agent: Extension): void
  onAsk(asked: Asked): void
}

const cell = { role: 'gridcell' } as const

/** One agent: who, how the phone is and since when, with whom, and what can be done with a running call. */
export const AgentRow = memo(function AgentRow(props: AgentRowProps) {
  const { t } = useTranslation(['supervisor', 'common'])
  const { agent, stale } = props
  const state = tileState(agent, stale)
  const word =
    state === 'talking' && agent.direction ? t(`common:state.${agent.direction}`) : t(`common:state.${state}`)
  const who = agentLabel(agent)
  const inCall = state === 'talking' || state === 'ringing'
  return (
    // biome-ignore lint/a11y/useSemanticElements: see AgentTable
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    <div
      className={`${styles.row} ${state === 'stale' ? styles.stale : ''}`}
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={props.selected}
      tabIndex={props.tabbable ? 0 : -1}
      data-testid="agent-row"
      data-extension={agent.extension}
      data-state={state}
      data-presence={agent.presence}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onChoose(agent.extension)}
      onFocus={() => props.onFocus(agent.extension)}
    >
      <span {...cell} className={`${styles.extension} num muted`}>
        {agent.extension}
      </span>
      <b {...cell} className={`${styles.name} cut`}>
        {agent.name}
      </b>
      <span {...cell} className={styles.state}>
        <StateWord tone={state} icon={stateIcon(state, agent.direction)} word={word} />
      </span>
      <span {...cell} className={`${styles.since} num`}>
        {state === 'stale' ? null : inCall ? <Elapsed since={agent.since} /> : <ForWords since={agent.since} />}
      </span>
      <span {...cell} className={`${styles.presence} secondary meta`}>
        {t(`common:presence.${agent.presence}`)}
      </span>
      <span {...cell} className={`${styles.remote} num secondary cut`}>
        {state === 'stale' ? (
          <StaleWords agent={agent} since={props.staleSince} />
        ) : (
          inCall && (agent.remote?.name ?? agent.remote?.display)
        )}
      </span>
      <span {...cell} className={`${styles.calls} num secondary`}>
        {props.calls}
      </span>
      <span {...cell} className={`${styles.talk} num secondary`}>
        {props.talkSec === null ? null : formatDuration(props.talkSec * 1000)}
      </span>
      <span {...cell} className={`${styles.missed} num ${agent.missedCount > 0 ? '' : 'muted'}`}>
        {agent.missedCount}
      </span>
      <span {...cell} className={styles.actions}>
        {props.canAct && state === 'talking' && (
          // biome-ignore lint/a11y/noStaticElementInteractions: a click on a button is not one on the row
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <span className="row" onClick={(event) => event.stopPropagation()}>
            <Button
              small
              tabIndex={props.tabbable ? 0 : -1}
              data-testid="agent-listen"
              aria-label={t('supervisor:listenWho', { who })}
              onClick={() => props.onListen(agent)}
            >
              {t('supervisor:listen')}
            </Button>
            <Button
              small
              tabIndex={props.tabbable ? 0 : -1}
              data-testid="agent-take-over"
              aria-label={t('supervisor:takeOverWho', { who })}
              onClick={() => props.onAsk({ what: 'takeOver', agent })}
            >
              {t('supervisor:takeOver')}
            </Button>
            <Button
              small
              variant="danger"
              tabIndex={props.tabbable ? 0 : -1}
              data-testid="agent-hang-up"
              aria-label={t('supervisor:hangUpWho', { who })}
              onClick={() => props.onAsk({ what: 'hangUp', agent })}
            >
              {t('supervisor:hangUp')}
            </Button>
          </span>
        )}
      </span>
    </div>
  )
})

/** How long it has been so, in whole minutes: a thousand rows need not be drawn every second. */
function ForWords({ since }: { since: number }) {
  const now = useNow(60_000)
  const { span } = useTimeText()
  const forMs = now + 60_000 - since
  return <span className="muted">{forMs < 60_000 ? null : span(forMs)}</span>
}

function StaleWords({ agent, since }: { agent: Extension; since: number | null }) {
  const { t } = useTranslation(['board', 'common'])
  const { ago } = useTimeText()
  const now = useNow()
  if (since === null) return t('board:notReported')
  const before = tileState(agent, false)
  const known = before === 'talking' && agent.direction ? agent.direction : before
  return t('board:stale', { ago: ago(since, Math.max(now, since)), state: t(`common:state.${known}`) })
}
