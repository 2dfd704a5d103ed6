import { Menu } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Icon, type IconName } from '../../ui/index.ts'

/** One thing that can be done with a call. */
export interface CardAction {
  testId: string
  label: string
  icon: IconName
  /** Shown only on the card that the keys act on. */
  keys?: string | undefined
  run(): void
}

/** 更多: what has no place in the one line of buttons; nothing where there is nothing more. Keys work without opening it. */
export function MoreActions({ actions, who }: { actions: readonly CardAction[]; who: string }) {
  const { t } = useTranslation('calls-live')
  const button = useRef<HTMLButtonElement>(null)
  if (actions.length === 0) return null
  return (
    // The focus comes back before what was chosen opens, which may have a field that takes it.
    <Menu position="bottom-end" returnFocus={false} onClose={() => button.current?.focus()}>
      <Menu.Target>
        <Button
          ref={button}
          only
          aria-label={t('moreWho', { who })}
          title={t('moreActions')}
          icon="more"
          data-testid="call-more"
        />
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ testId, label, icon, keys, run }) => (
          <Menu.Item
            key={testId}
            leftSection={<Icon name={icon} />}
            rightSection={keys && <span className="kbd">{keys}</span>}
            onClick={run}
            data-testid={testId}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The same as a button of the line. */
export function ActionButton({ action: { testId, label, icon, keys, run } }: { action: CardAction }) {
  return (
    <Button icon={keys ? undefined : icon} keys={keys} data-testid={testId} onClick={run}>
      {label}
    </Button>
  )
}
