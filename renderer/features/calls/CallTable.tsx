import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/index.ts'
import { useNow } from '../../ui/index.ts'
import { CallRow } from './CallRow.tsx'
import styles from './calls.module.css'
import { DayHeading } from './DayHeading.tsx'
import { dayRows } from './day-rows.ts'
import { columnHeader, gridRow, rowGroup } from './grid-roles.ts'

const rowHeight = 36
const dayHeight = 28
const pageStep = 12

/** The list as a grid: only what is visible is drawn. ↑↓ move, Enter opens, Esc closes; the grid itself has the focus. */
export function CallTable(props: {
  calls: Call[]
  /** Index of the opened call, -1 = none. */
  chosen: number
  onChoose(index: number): void
  onClose(): void
  /** Loads the next page; null = there is none. */
  more: (() => void) | null
  loadingMore: boolean
}) {
  const { t } = useTranslation('calls')
  const { calls, chosen, onChoose, more } = props
  const scroll = useRef<HTMLDivElement>(null)
  const today = useNow(60_000)
  const rows = useMemo(() => dayRows(calls, today), [calls, today])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? dayHeight : rowHeight),
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : row.kind === 'day' ? `day-${row.day}` : row.call.callId
    },
    overscan: 12,
  })
  const items = virtual.getVirtualItems()

  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && !props.loadingMore && lastShown >= rows.length - 20) more()
  }, [more, props.loadingMore, lastShown, rows.length])

  // Only a move of the choice scrolls, not new rows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (chosen < 0) return
    const at = rows.findIndex((row) => row.kind === 'call' && row.index === chosen)
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [chosen])

  const onKeyDown = (event: KeyboardEvent) => {
    const last = calls.length - 1
    const moves: Record<string, number> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen < 0 ? 0 : chosen - 1,
      PageDown: chosen + pageStep,
      PageUp: chosen - pageStep,
      Home: 0,
      End: last,
    }
    const to = moves[event.key]
    if (to !== undefined) onChoose(Math.min(Math.max(to, 0), last))
    else if (event.key === 'Enter') {
      if (chosen < 0) onChoose(0)
      else document.getElementById('call-drawer')?.querySelector<HTMLElement>('button')?.focus()
    } else if (event.key === 'Escape') props.onClose()
    else return
    event.preventDefault()
  }

  return (
    <div ref={scroll} className={styles.scroll}>
      {/* biome-ignore lint/a11y/useSemanticElements: see grid-roles.ts */}
      <div
        id="calls-grid"
        className={styles.grid}
        role="grid"
        aria-label={t('table')}
        aria-rowcount={more ? -1 : rows.length + 1}
        aria-activedescendant={chosen >= 0 ? `call-row-${chosen}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={styles.head} {...gridRow(1)}>
          <span {...columnHeader}>
            <span className="vh">{t('column.direction')}</span>
          </span>
          <span {...columnHeader}>{t('column.who')}</span>
          <span {...columnHeader}>{t('column.extension')}</span>
          <span {...columnHeader}>{t('column.when')}</span>
          <span {...columnHeader} className="right">
            {t('column.length')}
          </span>
          <span {...columnHeader}>{t('column.result')}</span>
        </div>
        <div {...rowGroup} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return row.kind === 'day' ? (
              <DayHeading key={item.key} day={row.day} now={today} top={item.start} rowIndex={item.index + 2} />
            ) : (
              <CallRow
                key={item.key}
                call={row.call}
                index={row.index}
                rowIndex={item.index + 2}
                top={item.start}
                selected={row.index === chosen}
                onChoose={onChoose}
              />
            )
          })}
        </div>
      </div>
      <p className={styles.foot} role="status">
        {props.loadingMore ? t('loadingMore') : more ? '' : t('end')}
      </p>
    </div>
  )
}
