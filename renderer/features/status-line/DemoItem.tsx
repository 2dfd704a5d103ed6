import { Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../../preload/contract/status.ts'
import { rpc } from '../../rpc/index.ts'
import { Icon } from '../../ui/index.ts'
import styles from './StatusLine.module.css'

/** A caller whom nobody knows has the number for a name. */
const isNumber = (name: string) => /^[\d\s-]+$/.test(name)

/** While the demo PBX runs: ring me as somebody, or end it. */
export function DemoItem({ callers }: { callers: Status['demo']['callers'] }) {
  const { t } = useTranslation('status-line')
  const ring = useMutation({ mutationFn: (caller: string) => rpc.demo.ring({ caller }) })
  const stop = useMutation({ mutationFn: () => rpc.demo.stop() })
  return (
    <Menu position="top-end" width={280}>
      <Menu.Target>
        <button type="button" className={`${styles.item} ${styles.demo}`} data-testid="demo-menu">
          <Icon name="play" size="s" />
          <b>{t('demo')}</b>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('demoText')}</Menu.Label>
        <Menu.Label>{t('demoRing')}</Menu.Label>
        {callers.map((caller) => (
          <Menu.Item
            key={caller.id}
            data-testid={`demo-ring-${caller.id}`}
            leftSection={<Icon name="bell" />}
            rightSection={isNumber(caller.name) ? null : <span className="num meta muted">{caller.number}</span>}
            onClick={() => ring.mutate(caller.id)}
          >
            {caller.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item data-testid="demo-stop" leftSection={<Icon name="stop" />} onClick={() => stop.mutate()}>
          {t('demoStop')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
