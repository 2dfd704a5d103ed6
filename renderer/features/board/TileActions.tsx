import { Menu, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TileState } from '../../../preload/contract/board.ts'
import { PresenceItems } from '../presence/index.ts'
import styles from './Tile.module.css'
import type { TileProps, TileTalk } from './Tile.tsx'

interface TileActionsProps extends TileProps, TileTalk {
  who: string
  state: TileState
  onMenu: (open: boolean) => void
}

/** 拨打 · 转接 · 状态; while I talk 咨询 instead of 拨打, for my phone is taken. Transfer says in its name how the target's phone is right now. */
export function TileActions({
  extension,
  who,
  state,
  isMe,
  canDial,
  canTransfer,
  canConsult,
  canSetPresence,
  actions,
  onMenu,
}: TileActionsProps) {
  const { t } = useTranslation(['board', 'common', 'conversation'])
  const transferName = t('board:transferWho', { who, state: t(`common:state.${state}`) })
  const consultName = t('conversation:consultWho', { who, state: t(`common:state.${state}`) })
  return (
    <div className={styles.actions} data-tile-actions>
      {canDial && !isMe && !canConsult && (
        <button
          type="button"
          className={styles.action}
          data-testid={`tile-dial-${extension.extension}`}
          aria-label={t('board:dialWho', { who })}
          onClick={() => actions.dial(extension.extension)}
        >
          {t('board:dial')}
        </button>
      )}
      {canTransfer && !isMe && (
        <Tooltip label={transferName}>
          <button
            type="button"
            className={styles.action}
            data-testid={`tile-transfer-${extension.extension}`}
            aria-label={transferName}
            onClick={() => actions.transfer(extension.extension)}
          >
            {t('board:transfer')}
          </button>
        </Tooltip>
      )}
      {canConsult && !isMe && (
        <Tooltip label={consultName}>
          <button
            type="button"
            className={styles.action}
            data-testid={`tile-consult-${extension.extension}`}
            aria-label={consultName}
            onClick={() => actions.consult(extension.extension)}
          >
            {t('conversation:consult')}
          </button>
        </Tooltip>
      )}
      {canSetPresence && (
        <Menu position="bottom-end" width={256} onChange={onMenu}>
          <Menu.Target>
            <button
              type="button"
              className={styles.action}
              data-testid={`tile-state-${extension.extension}`}
              aria-label={t('board:stateWho', { who })}
            >
              {t('board:state')}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <PresenceItems
              current={extension.presence}
              onPick={(presence) => actions.setPresence(extension.extension, presence)}
            />
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}
