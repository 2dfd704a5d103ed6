import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extension, SeenPresence } from '../../../preload/contract/board.ts'
import type { PresenceSpan } from '../../../preload/contract/supervision.ts'
import { useTimeText } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Drawer, DrawerHeading, EmptyState, ErrorState, Loading } from '../../ui/index.ts'
import { PresenceStrip } from './PresenceStrip.tsx'
import { presenceTotals, startOfDay } from './presence-spans.ts'
import styles from './supervisor.module.css'
import { agentLabel } from './use-supervisor.ts'

const mostRows = 200

/** When one agent was online, set to fewer calls or busy today, as far as this program looked. */
export function AgentPresence({
  agent,
  group,
  stale,
  onClose,
}: {
  agent: Extension
  group: string
  stale: boolean
  onClose(): void
}) {
  const { t } = useTranslation(['supervisor', 'common'])
  const [from] = useState(() => startOfDay(Date.now()))
  const { extension, presence } = agent
  const query = useQuery({
    // A change of presence is looked up at once; what is shown stays meanwhile.
    queryKey: ['presence', extension, from, presence, stale],
    queryFn: () => rpc.supervision.presence({ extension, from, until: Date.now() + 1000 }),
    refetchInterval: 5000,
    placeholderData: (before: PresenceSpan[] | undefined) => before,
  })
  return (
    <Drawer
      label={t('supervisor:presence.label')}
      testId="agent-presence"
      title={<span className="num">{agentLabel(agent)}</span>}
      overlayEarly
      onClose={onClose}
    >
      {group !== '' && <p className="secondary">{group}</p>}
      <DrawerHeading>{t('supervisor:presence.title')}</DrawerHeading>
      {query.isPending ? (
        <Loading rows={4} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon="clock" title={t('supervisor:presence.empty')} text={t('supervisor:presence.emptyText')} />
      ) : (
        <Seen spans={query.data} />
      )}
    </Drawer>
  )
}

function Seen({ spans }: { spans: PresenceSpan[] }) {
  const { t } = useTranslation(['supervisor', 'common'])
  const { clock, span } = useTimeText()
  const totals = presenceTotals(spans)
  const rows = [...spans].reverse().slice(0, mostRows)
  return (
    <>
      <PresenceStrip spans={spans} />
      <dl className={styles.totals}>
        {totals.map(([presence, ms]) => (
          <div key={presence}>
            <dt>
              <PresenceMark presence={presence} /> {t(`common:presence.${presence}`)}
            </dt>
            <dd className="num">{span(ms)}</dd>
          </div>
        ))}
      </dl>
      <table className={styles.spans}>
        <caption className="vh">{t('supervisor:presence.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('supervisor:presence.time')}</th>
            <th scope="col">{t('supervisor:presence.state')}</th>
            <th scope="col" className="right">
              {t('supervisor:presence.length')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.from} data-testid="presence-span">
              <td className="num">
                {clock(one.from)}–{clock(one.until)}
              </td>
              <td>
                <PresenceMark presence={one.presence} /> {t(`common:presence.${one.presence}`)}
              </td>
              <td className="num right">{span(one.until - one.from)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={`${styles.note} muted`}>{t('supervisor:presence.note')}</p>
    </>
  )
}

const PresenceMark = ({ presence }: { presence: SeenPresence }) => (
  <i className={styles.mark} data-presence={presence} aria-hidden="true" />
)
