import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extension } from '../../../preload/contract/board.ts'
import { Icon } from '../../ui/index.ts'
import { AgentRow } from './AgentRow.tsx'
import type { AgentOrder } from './agent-rows.ts'
import type { Asked } from './ConfirmCall.tsx'
import styles from './supervisor.module.css'
import type { AgentCounts } from './use-statistics.ts'

const rowHeight = 36
const headHeight = 33
const pageStep = 12

const columns = [
  ['extension', 'number'],
  ['name', null],
  ['state', 'state'],
  ['since', null],
  ['presence', null],
  ['remote', null],
  ['calls', null],
  ['talk', 'talk'],
  ['missed', 'missed'],
  ['actions', null],
] as const

/** Everybody as a grid of which only the visible rows exist. ↑↓ move between rows, Tab goes to the row's buttons, Enter opens it. */
export function AgentTable(props: {
  rows: Extension[]
  /** By extension, of the chosen days. */
  counted: ReadonlyMap<string, AgentCounts>
  stale: boolean
  polledAt: number | null
  supervisor: string | null
  order: AgentOrder
  chosen: string | null
  onOrder(order: AgentOrder): void
  onChoose(extension: string | null): void
  onListen(agent: Extension): void
  onAsk(asked: Asked): void
}) {
  const { t } = useTranslation('supervisor')
  const { rows, stale, order, onChoose } = props
  const scroll = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const at = rows.findIndex((one) => one.extension === current)
  const tabStop = at >= 0 ? current : (rows[0]?.extension ?? null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.extension ?? index,
    overscan: 8,
    scrollPaddingEnd: headHeight,
    // The row that Tab goes to exists wherever the list is scrolled to: a focus that goes with its row leaves the keys dead.
    rangeExtractor: (range) =>
      [...new Set([Math.max(0, at), ...defaultRangeExtractor(range)])].sort((one, other) => one - other),
  })
  const countOf = (extension: string) => props.counted.get(extension)
  /** Gets the focus as soon as it is there. */
  const wanted = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (wanted.current === null) return
    const row = scroll.current?.querySelector<HTMLElement>(`[data-extension="${CSS.escape(wanted.current)}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const from = Math.max(0, at)
    const moves: Record<string, number> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + pageStep,
      PageUp: from - pageStep,
      Home: 0,
      End: rows.length - 1,
    }
    const move = moves[event.key]
    if (move !== undefined) {
      const to = Math.min(Math.max(move, 0), rows.length - 1)
      const next = rows[to]
      if (!next) return
      wanted.current = next.extension
      setCurrent(next.extension)
      virtual.scrollToIndex(to)
    } else if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.role === 'row') {
      onChoose(tabStop)
    } else if (event.key === 'Escape' && props.chosen !== null) onChoose(null)
    else return
    event.preventDefault()
  }

  return (
    <div ref={scroll} className={styles.scroll}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows exist only while they are visible, which a real table cannot have */}
      <div
        className={styles.grid}
        role="grid"
        aria-label={t('agents')}
        aria-rowcount={rows.length + 1}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        data-testid="agent-table"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons are */}
        <div className={styles.head} role="row" aria-rowindex={1}>
          {columns.map(([column, sorts]) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its button is
            <span
              key={column}
              role="columnheader"
              className={styles[column]}
              aria-sort={
                sorts === null
                  ? undefined
                  : sorts !== order
                    ? 'none'
                    : sorts === 'missed' || sorts === 'talk'
                      ? 'descending'
                      : 'ascending'
              }
            >
              {sorts === null ? (
                <span className={column === 'actions' ? 'vh' : undefined}>{t(`column.${column}`)}</span>
              ) : (
                <button type="button" data-testid={`agent-sort-${sorts}`} onClick={() => props.onOrder(sorts)}>
                  {t(`column.${column}`)}
                  <Icon name="down" size="s" className={sorts === order ? undefined : styles.notSorted} />
                </button>
              )}
            </span>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const agent = rows[item.index]
            if (!agent) return null
            return (
              <AgentRow
                key={item.key}
                agent={agent}
                calls={countOf(agent.extension)?.calls ?? null}
                talkSec={countOf(agent.extension)?.talkSec ?? null}
                stale={stale}
                staleSince={stale ? props.polledAt : null}
                canAct={props.supervisor !== null && props.supervisor !== agent.extension}
                rowIndex={item.index + 2}
                top={item.start}
                tabbable={agent.extension === tabStop}
                selected={agent.extension === props.chosen}
                onChoose={onChoose}
                onFocus={setCurrent}
                onListen={props.onListen}
                onAsk={props.onAsk}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
