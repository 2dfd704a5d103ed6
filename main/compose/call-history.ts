import { startRetention } from '../core/history/retention.ts'
import type { Clock, Log } from '../core/ports/index.ts'
import type { SnapshotHub } from '../core/snapshots/hub.ts'
import type { StatusBook } from '../core/status/status-book.ts'
import type { openStore } from '../store/open.ts'
import { createHistories } from './histories.ts'
import { createReportedCalls } from './reported-calls.ts'

type HistoriesDeps = Parameters<typeof createHistories>[0]

/** The call history: how long it is kept, what the systems' logs bring, and what the PBX reports before its log does. */
export function openCallHistory(
  deps: Pick<HistoriesDeps, 'canonicalOf' | 'isExtension' | 'onStored' | 'onLearned'> & {
    clock: Clock
    log: Log
    store: Awaited<ReturnType<typeof openStore>>
    status: StatusBook
    hub: SnapshotHub
    myExtension(): string | null
    retentionDays(): number
    onPurged(): void
    onAged(before: number): Promise<void>
  },
) {
  const { clock, store, status, canonicalOf, isExtension } = deps
  const log = deps.log.child('history')
  const retention = startRetention({
    ...{ clock, log, store: store.history, rest: store.retention },
    days: deps.retentionDays,
    onPurged: deps.onPurged,
    onAged: deps.onAged,
  })
  const histories = createHistories({
    ...{ clock, log, store, canonicalOf, isExtension },
    floor: () => retention.floor(),
    onStored: deps.onStored,
    onLearned: deps.onLearned,
    onRecovered: ({ count, from, to }) =>
      status.addNotice({
        kind: 'history-recovered',
        params: { count: String(count), from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      }),
    onChange: () => deps.hub.changed('history'),
  })
  const keepReported = createReportedCalls({
    ...{ clock, log, store: store.history, canonicalOf },
    isExtension: (number) => isExtension(number) || number === deps.myExtension(),
    together: (run) => store.calls.together(run),
    systemOf: (id) => status.connections().find((one) => one.id === id)?.system ?? null,
    hasLog: (id) => histories.snapshot().connections.some(({ connection }) => connection === id),
    onChange: () => histories.changed(),
  })
  return { histories, keepReported, retention }
}
