import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationInfo } from '../../../preload/contract/index.ts'
import { go } from '../../app/route.ts'
import { useSnapshot } from '../../rpc/index.ts'
import { EmptyState, ErrorState, Loading, PageHead } from '../../ui/index.ts'
import { ConnectionChoice } from './ConnectionChoice.tsx'
import { InboundView } from './InboundView.tsx'
import { OperationList } from './OperationList.tsx'
import { OperationView } from './OperationView.tsx'
import { setLast, useOperationStore } from './operation-store.ts'
import styles from './operations.module.css'
import { type System, SystemTabs, systemOfId } from './SystemTabs.tsx'
import { useCatalogue } from './use-operations.ts'

/** Every documented operation of every system, tried by hand: the list left, the form, then request and answer. */
export function OperationsPage({ operation }: { operation: string | null }) {
  const { t } = useTranslation(['operations', 'common'])
  const catalogue = useCatalogue()
  const store = useOperationStore()
  const all = catalogue.data ?? []
  const wanted = operation ?? store.last
  // `#/console/cloud-cs` opens a system of which this version has no operations.
  const system = systemOfId(wanted ?? '') ?? 'telcrm'
  const ofSystem = all.filter((one) => one.system === system)
  const info = ofSystem.find((one) => one.id === wanted) ?? ofSystem[0] ?? null
  const connection = useConnection(system)
  useEffect(() => {
    if (info) setLast(info.id)
  }, [info])

  return (
    <div className={styles.page}>
      <PageHead title={t('operations:title')}>
        <SystemTabs all={all} current={system} onChoose={(next) => go('console', firstOf(all, next, store.values))} />
        <span className="grow" />
        <ConnectionChoice system={system} chosen={connection} />
      </PageHead>
      <div className={styles.split}>
        {catalogue.isPending && <Loading rows={8} />}
        {catalogue.isError && <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} />}
        {catalogue.data && (
          <OperationList
            key={system}
            all={all}
            ofSystem={ofSystem}
            current={info?.id ?? null}
            onChoose={(id) => go('console', id)}
          />
        )}
        {catalogue.data && !info && (
          <div className={styles.nothing}>
            <EmptyState
              icon="terminal"
              title={t('operations:noneTitle', { system: t(`common:system.${system}`) })}
              text={t('operations:noneText')}
            />
          </div>
        )}
        {info?.direction === 'inbound' && <InboundView key={info.id} info={info} />}
        {info?.direction === 'client' && (
          <OperationView key={info.id} info={info} system={system} connection={connection} />
        )}
      </div>
    </div>
  )
}

/** The connection whose operations are tried: the one chosen before if it is still there, else the first of the system. */
function useConnection(system: System): string | null {
  const chosen = useOperationStore().connections[system]
  const connections = useSnapshot('settings')?.values.connections.filter((one) => one.system === system) ?? []
  return (connections.find(({ id }) => id === chosen) ?? connections[0])?.id ?? null
}

/** The operation of a system that was worked on before, else its first; else the system itself. */
function firstOf(all: readonly OperationInfo[], system: System, worked: Readonly<Record<string, unknown>>): string {
  const own = all.filter((one) => one.system === system)
  return (own.find(({ id }) => id in worked) ?? own[0])?.id ?? system
}
