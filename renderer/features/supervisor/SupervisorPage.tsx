import { SegmentedControl, Select } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StatisticsRange } from '../../../preload/contract/supervision.ts'
import { useCoreAway, useExtensionMatches, useSnapshot } from '../../rpc/index.ts'
import { EmptyState, Field, Icon, Loading, PageHead } from '../../ui/index.ts'
import { AgentPresence } from './AgentPresence.tsx'
import { AgentTable } from './AgentTable.tsx'
import { type AgentOrder, agentRows } from './agent-rows.ts'
import { CallCharts } from './CallCharts.tsx'
import { type Asked, ConfirmCall } from './ConfirmCall.tsx'
import { ListeningBar } from './ListeningBar.tsx'
import { LiveFigures } from './LiveFigures.tsx'
import { SetSupervisor } from './SetSupervisor.tsx'
import styles from './supervisor.module.css'
import { rangeOf, ranges, useStatistics } from './use-statistics.ts'
import { useSupervisorActions } from './use-supervisor.ts'

const everyGroup = '*'

/** Everybody's phone as it is now, and what the supervisor may do with a call. */
export function SupervisorPage() {
  const { t } = useTranslation('supervisor')
  const board = useSnapshot('board')
  const me = useSnapshot('me')
  const coreAway = useCoreAway()
  const actions = useSupervisorActions()
  const [group, setGroup] = useState<string | null>(null)
  const [onlyCalls, setOnlyCalls] = useState(false)
  const [order, setOrder] = useState<AgentOrder>('number')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [range, setRange] = useState<StatisticsRange>('today')
  const [asked, setAsked] = useState<Asked | null>(null)
  const alsoNumbers = useExtensionMatches(text)
  const stale = (board?.stale ?? false) || coreAway
  const statistics = useStatistics(range, group)
  const rows = useMemo(
    () =>
      board ? agentRows(board, { group, text, alsoNumbers, onlyCalls, order, stale, talkSec: statistics.talkSec }) : [],
    [board, group, text, alsoNumbers, onlyCalls, order, stale, statistics.talkSec],
  )
  const close = useCallback(() => setChosen(null), [])
  const names = useMemo(() => new Map(board?.extensions.map(({ extension, name }) => [extension, name])), [board])
  const nameOf = useCallback((extension: string) => names.get(extension) ?? '', [names])
  if (me && !me.can.supervise)
    return (
      <div className={styles.page}>
        <PageHead title={t('title')} />
        <EmptyState icon="team" title={t('cannot')} text={t('cannotText')} />
      </div>
    )
  const agent = board?.extensions.find((one) => one.extension === chosen)
  const inGroup = board?.extensions.filter((one) => group === null || one.group === group) ?? []
  return (
    <div className={styles.page}>
      <PageHead title={t('title')}>
        <Select
          aria-label={t('group')}
          className={styles.group}
          data={[
            { value: everyGroup, label: t('everybody') },
            ...(board?.groups ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={group ?? everyGroup}
          allowDeselect={false}
          onChange={(value) => setGroup(value === everyGroup ? null : value)}
          data-testid="supervisor-group"
        />
        <SegmentedControl
          aria-label={t('range')}
          value={range}
          onChange={(value) => setRange(rangeOf(value))}
          data={ranges.map((value) => ({ value, label: t(`ranges.${value}`) }))}
        />
        <SegmentedControl
          aria-label={t('show')}
          value={onlyCalls ? 'calls' : 'all'}
          onChange={(value) => setOnlyCalls(value === 'calls')}
          data={[
            { value: 'all', label: t('showAll') },
            { value: 'calls', label: t('showCalls') },
          ]}
        />
        <Field
          className={styles.filter}
          icon="search"
          label={t('filter')}
          placeholder={t('filter')}
          value={text}
          maxLength={60}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setText('')
          }}
          data-testid="supervisor-filter"
        />
        <span className="grow" />
        {me?.supervisor && (
          <span className={`${styles.who} secondary meta`}>
            <Icon name="listen" size="s" />
            <span className="num">{t('supervisor', { extension: me.supervisor })}</span>
          </span>
        )}
      </PageHead>
      {me && me.supervisor === null && <SetSupervisor />}
      <LiveFigures extensions={inGroup} stale={stale} range={range} totals={statistics.query.data?.totals ?? null} />
      <div className={styles.split}>
        <section className={styles.sheet} aria-label={t('agents')}>
          {!board ? (
            <Loading rows={8} />
          ) : board.extensions.length === 0 ? (
            <EmptyState icon="team" title={t('empty')} text={t('emptyText')} />
          ) : rows.length === 0 ? (
            <EmptyState icon="search" title={onlyCalls && text === '' ? t('noCalls') : t('noMatch')} />
          ) : (
            <AgentTable
              rows={rows}
              counted={statistics.counted}
              stale={stale}
              polledAt={board.polledAt}
              supervisor={me?.supervisor ?? null}
              order={order}
              chosen={chosen}
              onOrder={setOrder}
              onChoose={setChosen}
              onListen={actions.listen}
              onAsk={setAsked}
            />
          )}
          <ListeningBar onTakeOver={(one) => setAsked({ what: 'takeOver', agent: one })} />
        </section>
        {agent ? (
          <AgentPresence
            key={agent.extension}
            agent={agent}
            group={board?.groups.find(({ id }) => id === agent.group)?.name ?? ''}
            stale={stale}
            onClose={close}
          />
        ) : (
          <CallCharts query={statistics.query} range={range} nameOf={nameOf} />
        )}
      </div>
      {asked && <ConfirmCall asked={asked} actions={actions} onClose={() => setAsked(null)} />}
    </div>
  )
}
