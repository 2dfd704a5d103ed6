import { type DragEvent, type KeyboardEvent, memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Extension, tileState } from '../../../preload/contract/board.ts'
import { Icon, Tag } from '../../ui/index.ts'
import styles from './Tile.module.css'
import { TileActions } from './TileActions.tsx'
import { TileState, TileSub } from './TileWords.tsx'
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
  /** I have a live call that could go there. */
  canTransfer: boolean
  canSetPresence: boolean
  /** A card is being dragged. */
  dragging: boolean
  actions: BoardActions
}

/** One extension: number, name, state in icon and word, since when, with whom. Actions come with the pointer or the focus. */
export const Tile = memo(function Tile(props: TileProps) {
  const { extension, stale, isMe, favourite, tabbable, dragging, actions } = props
  const { t } = useTranslation(['board', 'common'])
  const [hovered, setHovered] = useState(false)
  const [focused, setFocused] = useState(false)
  const [menuOpen, setMenuOpen] = useState(false)
  const [over, setOver] = useState(false)

  const state = tileState(extension, stale)
  const stateWord = t(`common:state.${state}`)
  const who = `${extension.extension} ${extension.name}`
  const active = (hovered || focused || menuOpen) && !dragging
  const takesDrop = !isMe && state !== 'offline' && state !== 'unregistered'
  const hasActions = (props.canDial && !isMe) || (props.canTransfer && !isMe) || props.canSetPresence

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return
    event.preventDefault()
    event.currentTarget.querySelector<HTMLElement>('[data-tile-actions] button')?.focus()
  }
  const onDragOver = (event: DragEvent) => {
    setOver(true)
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
      onDragLeave={dragging ? () => setOver(false) : undefined}
      onDrop={
        dragging
          ? (event) => {
              event.preventDefault()
              setOver(false)
              actions.drop(extension.extension)
            }
          : undefined
      }
    >
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
          {isMe
            ? t('board:dropSelf')
            : takesDrop
              ? t('board:drop', { who, state: stateWord })
              : t('board:dropCannot', { state: stateWord })}
        </div>
      ) : (
        <>
          <TileState extension={extension} state={state} />
          {active && hasActions ? (
            <TileActions {...props} who={who} state={state} onMenu={setMenuOpen} />
          ) : (
            <TileSub extension={extension} state={state} staleSince={props.staleSince} groupName={props.groupName} />
          )}
        </>
      )}
    </div>
  )
})
