import { useTranslation } from 'react-i18next'
import type { OperationInfo } from '../../../preload/contract/index.ts'
import { systemNames } from '../settings/index.ts'
import styles from './operations.module.css'

export type System = (typeof systemNames)[number]

/** `telcrm.click-to-dial` or `telcrm` → its system; null for anything else. */
export function systemOfId(id: string): System | null {
  const name = id.split('.')[0]
  return systemNames.find((one) => one === name) ?? null
}

/** The five systems with the number of their operations. */
export function SystemTabs(props: { all: readonly OperationInfo[]; current: System; onChoose(system: System): void }) {
  const { t } = useTranslation(['operations', 'common'])
  return (
    <nav className={styles.tabs} aria-label={t('operations:systems')}>
      {systemNames.map((system) => (
        <button
          key={system}
          type="button"
          aria-current={system === props.current ? 'true' : undefined}
          onClick={() => props.onChoose(system)}
          data-testid={`system-${system}`}
        >
          {t(`common:system.${system}`)}
          <span className="num meta muted">{props.all.filter((one) => one.system === system).length}</span>
        </button>
      ))}
    </nav>
  )
}
