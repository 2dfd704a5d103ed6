import { createContext, type DragEvent, type KeyboardEvent, memo, use, useState } from 'react'
import type { Extension } from '../../../preload/contract/board.ts'
import { tileState } from '../../../preload/contract/tile-state.ts'
import { Icon, Tag } from '../../ui/index.ts'
import { DropZones } from './DropZones.tsx'
import styles from './Tile.module.css'
import { TileActions } from './TileActions.tsx'
import { TileState, TileSub, useTileWords } from './TileWords.tsx'
import type { BoardActions } from './use-board-actions.ts'

export interface TileProps {
  extension: Extension
  stale: boolean
  /** When the PBX last answered; only given while stale, so that a poll renders nothing. */
  staleSince: number | null
  isMe: boolean
  favourite: boolean
  /** Shown where the board is not in groups. */
  groupName: string | null
  /** The one tile of the board that Tab stops at. */
  tabbable: boolean
  canDial: boolean
  /** I am asking just this one while my caller waits. */
  consulted: boolean
  canSetPresence: boolean
  /** A card is being dragged. */
  dragging: boolean
  /** Dropped on its right part (or with Shift) it is asked first. */
  dropConsults: boolean
  actions: BoardActions
}

/** What can be done with my live call at any tile. */
export interface TileTalk {
  /** It could go there. */
  canTransfer: boolean
  /** I talk in it, and somebody could be asked about it. */
  canConsult: boolean
}

const noTalk: TileTalk = { canTransfer: false, canConsult: false }

/** Read by the tile that shows its actions, and by no other: a call that rings must not wait until all tiles were drawn anew. */
export const TalkForTiles = createContext(noTalk)

/** One extension: number, name, state in icon and word, since when, with whom. Actions come with the pointer or the focus. */
export const Tile = memo(function Tile(props: TileProps) {
  const { extension, stale, isMe, favourite, tabbable, dragging, actions } = props
  const words = useTileWords()
  const { t } = words
  const [hovered, setHovered] = useState(false)
  const [focused, setFocused] = useState(false)
  const [menuOpen, setMenuOpen] = useState(false)
  const [over, setOver] = useState<'transfer' | 'consult' | null>(null)

  const state = tileState(extension, stale)
  const stateWord = t(`common:state.${state}`)
  const who = `${extension.extension} ${extension.name}`
  const active = (hovered || focused || menuOpen) && !dragging
  const takesDrop = !isMe && state !== 'offline' && state !== 'unregistered'
  const talk = active ? use(TalkForTiles) : noTalk
  const hasActions = (props.canDial && !isMe) || (talk.canTransfer && !isMe) || props.canSetPresence

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return
    event.preventDefault()
    event.currentTarget.querySelector<HTMLElement>('[data-tile-actions] button')?.focus()
  }
  const onDragOver = (event: DragEvent) => {
    setOver(props.dropConsults && asksFirst(event) ? 'consult' : 'transfer')
    if (takesDrop) event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; the tile is a focusable group of one extension
    <div
      role="group"
      className={`${styles.tile} ${active && hasActions ? styles.active : ''} ${dragging ? styles.dragging : ''} ${over && takesDrop ? styles.over : ''}`}
      data-testid={`board-tile-${extension.extension}`}
      data-extension={extension.extension}
      data-state={state}
      data-presence={extension.presence}
      aria-label={t('board:tile', { extension: extension.extension, name: extension.name, state: stateWord })}
      tabIndex={tabbable ? 0 : -1}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={(event) => setFocused(event.currentTarget.contains(event.relatedTarget))}
      onKeyDown={onKeyDown}
      onDragOver={dragging ? onDragOver : undefined}
      onDragLeave={dragging ? () => setOver(null) : undefined}
      onDrop={
        dragging
          ? (event) => {
              event.preventDefault()
              setOver(null)
              actions.drop(extension.extension, props.dropConsults && asksFirst(event))
            }
          : undefined
      }
    >
      {over && takesDrop ? (
        <DropZones who={who} state={stateWord} over={over} consults={props.dropConsults} />
      ) : (
        <>
          <div className={styles.who}>
            <span className="num">{extension.extension}</span>
            <b className="cut">{extension.name}</b>
            <span className={styles.marks}>
              {isMe && <Tag>{t('board:me')}</Tag>}
              {(active || favourite) && (
                <button
                  type="button"
                  tabIndex={active ? 0 : -1}
                  className={`${styles.star} ${favourite ? styles.starred : ''}`}
                  aria-pressed={favourite}
                  aria-label={t(favourite ? 'board:unstar' : 'board:star', { who })}
                  onClick={() => actions.toggleFavourite(extension.extension)}
                >
                  <Icon name={favourite ? 'star-on' : 'star'} size="s" />
                </button>
              )}
            </span>
          </div>
          {over ? (
            <div className={styles.drop}>
              {isMe ? t('board:dropSelf') : t('board:dropCannot', { state: stateWord })}
            </div>
          ) : (
            <>
              <TileState extension={extension} state={state} consulted={props.consulted} words={words} />
              {active && hasActions ? (
                <TileActions {...props} {...talk} who={who} state={state} onMenu={setMenuOpen} />
              ) : (
                <TileSub
                  extension={extension}
                  state={state}
                  staleSince={props.staleSince}
                  groupName={props.groupName}
                  words={words}
                />
              )}
            </>
          )}
        </>
      )}
    </div>
  )
})

/** The right part of a tile asks first; so does Shift, wherever it is dropped. */
function asksFirst(event: DragEvent): boolean {
  const { left, width } = event.currentTarget.getBoundingClientRect()
  return event.shiftKey || event.clientX > left + width * 0.6
}
