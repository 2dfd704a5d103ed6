import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Board } from '../../../preload/contract/board.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { EmptyState } from '../../ui/index.ts'
import {
  useConsultedExtension,
  useDraggedCall,
  useIsConsulting,
  useMyCall,
  useTalkOptions,
} from '../calls-live/index.ts'
import styles from './BoardPane.module.css'
import { type BoardRow, type BoardView, boardRows, neighbour } from './board-rows.ts'
import { TalkForTiles, Tile } from './Tile.tsx'
import { useBoardActions } from './use-board-actions.ts'

const groupHeight = 32
const tileRowHeight = 80
const listRowHeight = 36
const tileMin = 144
const tileGap = 8
/** Up to here every tile stays in the page; above, only what is in view and a little more. */
const allRenderedUpTo = 200

interface BoardGridProps {
  board: Board
  stale: boolean
  view: BoardView
  layout: 'tiles' | 'list'
  favourites: readonly string[]
  text: string
  alsoNumbers: ReadonlySet<string>
}

/** The tiles in virtual rows, with one Tab stop and the arrow keys between them. */
export function BoardGrid({ board, stale, view, layout, favourites, text, alsoNumbers }: BoardGridProps) {
  const { t } = useTranslation('board')
  const me = useSnapshot('me')
  const myCall = useMyCall()
  const isConsulting = useIsConsulting()
  const consulted = useConsultedExtension()
  const canTransfer = myCall !== null && me?.can.transfer === true && !isConsulting
  const canConsult = useTalkOptions(myCall).consult && !isConsulting
  const talk = useMemo(() => ({ canTransfer, canConsult }), [canTransfer, canConsult])
  const dragged = useDraggedCall()
  const dragging = dragged !== null
  const dropConsults = useTalkOptions(dragged).consult && !isConsulting
  const actions = useBoardActions()
  const scroller = useRef<HTMLDivElement>(null)
  const columns = useColumns(scroller, layout)
  const [current, setCurrent] = useState<string | null>(null)

  const rows = useMemo(
    () => boardRows(board, { view, favourites, text, alsoNumbers, columns, stale }),
    [board, view, favourites, text, alsoNumbers, columns, stale],
  )
  const starred = useMemo(() => new Set(favourites), [favourites])
  const groupNames = useMemo(() => new Map(board.groups.map((group) => [group.id, group.name])), [board.groups])

  const heightOf = (row: BoardRow | undefined) => {
    if (row?.kind === 'group') return groupHeight
    if (layout === 'list') return listRowHeight
    return row?.last ? tileRowHeight - tileGap : tileRowHeight
  }
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: board.extensions.length <= allRenderedUpTo ? rows.length : 6,
  })
  const heights = useMemo(
    () => layout + rows.map((row) => (row.kind === 'group' ? 'g' : row.last ? 'l' : 't')).join(''),
    [rows, layout],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: measure again only when a row's height changes, not with every poll
  useLayoutEffect(() => virtual.measure(), [virtual, heights])

  const firstTile = rows.find((row) => row.kind === 'tiles')?.extensions[0]?.extension ?? null
  const tabStop =
    current !== null &&
    rows.some((row) => row.kind === 'tiles' && row.extensions.some((one) => one.extension === current))
      ? current
      : firstTile

  const onKeyDown = (event: KeyboardEvent) => {
    const from =
      event.target instanceof HTMLElement
        ? event.target.closest<HTMLElement>('[data-extension]')?.dataset.extension
        : undefined
    if (!from) return
    if (event.key === 'Escape') return focusTile(from)
    const next = neighbour(rows, from, event.key)
    if (next === null) return
    event.preventDefault()
    setCurrent(next)
    virtual.scrollToIndex(
      rows.findIndex((row) => row.kind === 'tiles' && row.extensions.some((one) => one.extension === next)),
    )
    // A tile that is drawn takes the next key at once; one that has to be scrolled to is drawn in the next frame.
    if (!focusTile(next)) requestAnimationFrame(() => focusTile(next))
  }
  const focusTile = (extension: string): boolean => {
    const tile = scroller.current?.querySelector<HTMLElement>(`[data-extension="${CSS.escape(extension)}"]`)
    tile?.focus()
    return tile !== null && tile !== undefined
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys bubble here from the focused tile
    <div ref={scroller} className={styles.board} data-layout={layout} data-testid="board" onKeyDown={onKeyDown}>
      {rows.length === 0 && <EmptyState icon="search" title={t('noMatch', { text })} />}
      <TalkForTiles value={talk}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (!row) return null
            if (row.kind === 'group') {
              const { name, count, free } = row
              return <GroupHead key={item.key} {...{ name, count, free }} start={item.start} />
            }
            return (
              <div
                key={item.key}
                className={styles.tiles}
                style={{ ...placeAt(item.start), gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
              >
                {row.extensions.map((extension) => {
                  const isMe = extension.extension === me?.extension
                  return (
                    <Tile
                      key={extension.extension}
                      extension={extension}
                      stale={stale}
                      staleSince={stale ? board.polledAt : null}
                      isMe={isMe}
                      favourite={starred.has(extension.extension)}
                      groupName={
                        view === 'groups' || extension.group === null ? null : (groupNames.get(extension.group) ?? null)
                      }
                      tabbable={extension.extension === tabStop}
                      canDial={me?.can.dial === true && me.extension !== null}
                      consulted={extension.extension === consulted}
                      canSetPresence={isMe ? me?.can.setPresence === true : me?.can.setOthersPresence === true}
                      dragging={dragging}
                      dropConsults={dropConsults}
                      actions={actions}
                    />
                  )
                })}
              </div>
            )
          })}
        </div>
      </TalkForTiles>
    </div>
  )
}

const placeAt = (start: number) =>
  ({ position: 'absolute', insetInline: 0, transform: `translateY(${start}px)` }) as const

interface GroupHeadProps {
  name: string | null
  count: number
  free: number
  start: number
}

const GroupHead = memo(function GroupHead({ name, count, free, start }: GroupHeadProps) {
  const { t } = useTranslation('board')
  return (
    <h2 className={styles.group} style={placeAt(start)}>
      <b>{name ?? t('noGroup')}</b>
      <span className="num">{t('summary', { count, free })}</span>
    </h2>
  )
})

/** As many tiles side by side as fit at their smallest width. */
function useColumns(scroller: React.RefObject<HTMLDivElement | null>, layout: 'tiles' | 'list'): number {
  const [columns, setColumns] = useState(5)
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const measure = () => {
      const style = getComputedStyle(box)
      const width = box.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)
      setColumns(Math.max(1, Math.floor((width + tileGap) / (tileMin + tileGap))))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    return () => observer.disconnect()
  }, [scroller])
  return layout === 'list' ? 1 : columns
}
