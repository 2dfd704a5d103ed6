import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Presence, SeenPresence } from '../../../preload/contract/board.ts'
import { Icon, type IconName } from '../../ui/index.ts'
import styles from './PresenceMenu.module.css'

const choices: readonly Presence[] = ['online', 'reducing', 'busy']

export const presenceIcon: Record<SeenPresence, IconName> = {
  online: 'check-circle',
  reducing: 'half',
  busy: 'minus-circle',
  offline: 'slash',
  unknown: 'clock',
}

/** The three states as menu items. `mine` adds the keys and the test ids that belong to the desk's own menu. */
export function PresenceItems({
  current,
  mine,
  disabled,
  onPick,
}: {
  current: SeenPresence
  mine?: boolean
  disabled?: boolean
  onPick: (presence: Presence) => void
}) {
  const { t } = useTranslation(['presence', 'common'])
  return choices.map((presence, index) => (
    <Menu.RadioItem
      key={presence}
      value={presence}
      checked={current === presence}
      closeMenuOnClick
      data-testid={mine ? `presence-${presence}` : undefined}
      disabled={disabled}
      onChange={() => onPick(presence)}
      rightSection={mine ? <kbd>{`Ctrl ${index + 1}`}</kbd> : undefined}
    >
      <span className={styles.itemWord}>
        <Icon name={presenceIcon[presence]} className={styles[presence]} />
        {t(`common:presence.${presence}`)}
        <span className="meta muted">{t(`presence:hint.${presence}`)}</span>
      </span>
    </Menu.RadioItem>
  ))
}
