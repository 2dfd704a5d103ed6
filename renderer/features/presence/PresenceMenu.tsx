import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { Icon, useKeys } from '../../ui/index.ts'
import { PresenceItems, presenceIcon } from './PresenceItems.tsx'
import styles from './PresenceMenu.module.css'
import { useSetPresence } from './use-set-presence.ts'

/** The button at the foot of the rail: what I am, one click, three states; Ctrl+1/2/3 from anywhere. */
export function PresenceMenu({ onChooseExtension }: { onChooseExtension: () => void }) {
  const { t } = useTranslation(['presence', 'common'])
  const me = useSnapshot('me')
  const setPresence = useSetPresence()
  const can = me?.can.setPresence === true && me.extension !== null
  const shown = me?.extension ? (me.pendingPresence ?? me.presence) : 'unknown'
  const pending = me?.pendingPresence != null

  useKeys(
    can
      ? {
          'ctrl+1': () => setPresence({ presence: 'online' }),
          'ctrl+2': () => setPresence({ presence: 'reducing' }),
          'ctrl+3': () => setPresence({ presence: 'busy' }),
        }
      : {},
  )

  return (
    <Menu position="right-end" width={336}>
      <Menu.Target>
        <button
          type="button"
          className={styles.presence}
          data-testid="presence-menu"
          data-presence={shown}
          aria-busy={pending || undefined}
        >
          <Icon name={presenceIcon[shown]} size="nav" className={`${styles[shown]} ${pending ? styles.pending : ''}`} />
          <span className="vh">{t(pending ? 'presence:changing' : 'presence:mine')}</span>
          <span>{t(`presence:rail.${shown}`)}</span>
          <span className="num meta muted">{me?.extension ?? t('presence:noExtension')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me?.extension
            ? `${t('presence:extension', { extension: me.extension })}${me.name ? ` ${me.name}` : ''}`
            : t('presence:noExtension')}
        </Menu.Label>
        <PresenceItems mine current={shown} disabled={!can} onPick={(presence) => setPresence({ presence })} />
        {me && !me.extension && <Menu.Item onClick={onChooseExtension}>{t('presence:chooseExtension')}</Menu.Item>}
        {me?.extension && !me.can.setPresence && <Menu.Label>{t('presence:notSupported')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  )
}
