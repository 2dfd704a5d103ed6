import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../rpc/index.ts'
import { hostOf } from '../settings/index.ts'
import { chooseConnection } from './operation-store.ts'
import styles from './operations.module.css'
import type { System } from './SystemTabs.tsx'

/** To which connection the requests go; a choice only where there are several of one system. */
export function ConnectionChoice({ system, chosen }: { system: System; chosen: string | null }) {
  const { t } = useTranslation('operations')
  const connections = useSnapshot('settings')?.values.connections.filter((one) => one.system === system) ?? []
  const one = connections.find(({ id }) => id === chosen)
  if (!one) return <span className="meta muted">{t('noConnection')}</span>
  if (connections.length === 1)
    return (
      <span className={`${styles.connection} meta muted`}>
        {t('goesTo')} <code translate="no">{hostOf(one.baseUrl)}</code>
      </span>
    )
  return (
    <Select
      className={styles.connectionSelect}
      aria-label={t('connection')}
      value={one.id}
      data={connections.map(({ id, baseUrl }) => ({ value: id, label: `${id} · ${hostOf(baseUrl)}` }))}
      onChange={(id) => id !== null && chooseConnection(system, id)}
      data-testid="operation-connection"
    />
  )
}
