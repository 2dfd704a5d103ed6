import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Line } from '../../../preload/contract/control.ts'
import { Icon } from '../../ui/index.ts'
import styles from './DialForm.module.css'

const lines = ['fixed', 'ip'] as const satisfies Line[]

/** Fixed telephone line or internet telephony, at the end of the dial field. */
export function LineChoice({ line, onChoose }: { line: Line; onChoose: (line: Line) => void }) {
  const { t } = useTranslation('dial')
  return (
    <Menu position="top-end" width={232}>
      <Menu.Target>
        <button
          type="button"
          className={styles.line}
          data-testid="dial-line"
          data-line={line}
          aria-label={t('line', { line: t(line) })}
        >
          {t(line)}
          <Icon name="down" size="s" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {lines.map((one) => (
          <Menu.RadioItem
            key={one}
            value={one}
            checked={one === line}
            closeMenuOnClick
            data-testid={`dial-line-${one}`}
            onChange={() => onChoose(one)}
          >
            {t(one)} <span className="meta muted">{t(one === 'fixed' ? 'fixedHint' : 'ipHint')}</span>
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
