import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, useNow } from '../../ui/index.ts'
import { CallRow } from './CallRow.tsx'
import { callKey } from './call-key.ts'
import styles from './calls.module.css'
import { DayHeading } from './DayHeading.tsx'
import { dayRows } from './day-rows.ts'
import { columnHeader, gridRow, rowGroup } from './grid-roles.ts'
import { termsOf } from './look.ts'
import type { HistoryList } from './use-history.ts'
import { useRowWords } from './use-row-words.ts'

const rowHeight = 36
const dayHeight = 28
const pageStep = 12
/** So far from the end the next page is asked for; of a short list in its middle. */
const aheadRows = 60
/** So many calls more one press of End reads at most; the next press goes on. */
const mostToEnd = 4000

/** The list as a grid: only what is visible is drawn. ↑↓ move, Enter opens, Esc closes; the grid itself has the focus. */
export function CallTable(props: {
  list: HistoryList
  /** Index of the opened call, -1 = none. */
  chosen: number
  onChoose(index: number): void
  onClose(): void
  onPointer(isOver: boolean): void
  onScrolled(isScrolled: boolean): void
}) {
  const { t } = useTranslation('calls')
  const { list, chosen, onChoose: choose } = props
  const { rows: calls, feed } = list
  const scroll = useRef<HTMLDivElement>(null)
  const today = useNow(60_000)
  const rows = useMemo(() => dayRows(calls, today), [calls, today])
  const words = useRowWords()
  const terms = useMemo(() => termsOf(list.shownText), [list.shownText])
  // A new function makes the virtualizer measure every row again: only when there are other rows.
  const itemKey = useCallback(
    (index: number) => {
      const row = rows[index]
      return row === undefined ? index : row.kind === 'day' ? `day-${row.day}` : callKey(row.call)
    },
    [rows],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? dayHeight : rowHeight),
    getItemKey: itemKey,
    initialRect: { width: 0, height: 600 },
    overscan: 5,
  })
  const items = virtual.getVirtualItems()

  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    const isNear = lastShown >= rows.length - Math.min(aheadRows, rows.length / 2)
    if (list.hasMore && !list.loadingMore && list.moreError === null && isNear) void feed.more()
  }, [feed, list.hasMore, list.loadingMore, list.moreError, lastShown, rows.length])

  // The last call that there is, not only the last one read: what is missing is read first, unless something else is chosen.
  const [toEnd, setToEnd] = useState<number | null>(null)
  // Another search begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list
  useEffect(() => {
    setToEnd(null)
    scroll.current?.scrollTo({ top: 0 })
    props.onScrolled(false)
  }, [feed])

  // Only a move of the choice scrolls, not new rows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (chosen < 0) return
    const at = rows.findIndex((row) => row.kind === 'call' && row.index === chosen)
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [chosen])

  const onChoose = useCallback(
    (index: number) => {
      setToEnd(null)
      choose(index)
    },
    [choose],
  )
  useEffect(() => {
    if (toEnd === null) return
    const isMissing = list.isStale || (list.hasMore && list.moreError === null && calls.length < toEnd)
    if (!isMissing) onChoose(calls.length - 1)
    else if (!list.loadingMore) void feed.more()
  }, [feed, list.isStale, list.hasMore, list.loadingMore, list.moreError, calls.length, toEnd, onChoose])

  const showNew = () => {
    scroll.current?.scrollTo({ top: 0 })
    void feed.release()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = calls.length - 1
    const moves: Record<string, number> = {
      ArrowDown: chosen + 1,
      ArrowUp: chosen < 0 ? 0 : chosen - 1,
      PageDown: chosen + pageStep,
      PageUp: chosen - pageStep,
      Home: 0,
    }
    const to = moves[event.key]
    setToEnd(event.key === 'End' ? calls.length + mostToEnd : null)
    if (event.key === 'End') event.preventDefault()
    else if (to !== undefined) onChoose(Math.min(Math.max(to, 0), last))
    else if (event.key === 'Enter') {
      if (chosen < 0) onChoose(0)
      else document.getElementById('call-drawer')?.querySelector<HTMLElement>('button')?.focus()
    } else if (event.key === 'Escape') props.onClose()
    else return
    event.preventDefault()
  }

  return (
    <div
      className={styles.body}
      onPointerEnter={() => props.onPointer(true)}
      onPointerLeave={() => props.onPointer(false)}
    >
      <NewCalls list={list} onShow={showNew} />
      <div
        ref={scroll}
        className={styles.scroll}
        data-stale={list.isStale || undefined}
        onScroll={(event) => props.onScrolled(event.currentTarget.scrollTop > 0)}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see grid-roles.ts */}
        <div
          id="calls-grid"
          className={styles.grid}
          role="grid"
          aria-label={t('table')}
          aria-rowcount={list.hasMore ? -1 : rows.length + 1}
          aria-activedescendant={chosen >= 0 ? `call-row-${chosen}` : undefined}
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          <Head />
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
                  live={list.live.get(callKey(row.call)) ?? null}
                  words={words}
                  terms={terms}
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
        <Foot list={list} />
      </div>
    </div>
  )
}

function Head() {
  const { t } = useTranslation('calls')
  return (
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
      <span {...columnHeader}>
        <span className="vh">{t('column.recording')}</span>
      </span>
    </div>
  )
}

/** `3 条新通话`: over the list, so that nothing in it moves. */
function NewCalls({ list, onShow }: { list: HistoryList; onShow(): void }) {
  const { t } = useTranslation('calls')
  const count = list.waiting.length
  return (
    <div className={styles.fresh} role="status">
      {(count > 0 || list.waitingMore) && (
        <button type="button" onClick={onShow} data-testid="calls-new">
          {count > 0 ? t('newCalls', { count }) : t('newState')} <span aria-hidden="true">↑</span>
        </button>
      )}
    </div>
  )
}

function Foot({ list }: { list: HistoryList }) {
  const { t } = useTranslation('calls')
  if (list.moreError !== null) {
    return (
      <p className={styles.foot} role="alert">
        {t('moreFailed')}{' '}
        <Button small onClick={() => void list.feed.more()}>
          {t('retry')}
        </Button>
      </p>
    )
  }
  return (
    <p className={styles.foot} role="status">
      {list.loadingMore ? t('loadingMore') : list.hasMore ? '' : t('end')}
    </p>
  )
}
