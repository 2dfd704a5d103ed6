import type { HistorySnapshot } from '../../preload/contract/index.ts'
import { type NumberFacts, toHistoryEntry } from '../core/history/history-entry.ts'
import { type ConnectionHistory, createHistorySync } from '../core/history/history-sync.ts'
import { createSpeller, loadReadings } from '../core/history/words.ts'
import type { CallHistorySource, Clock, HistoryEntry, Log, Store } from '../core/ports/index.ts'

/** The histories of all connections that have one. */
export interface Histories {
  /** Begin with a connection; `stop` of the result ends it. */
  open(connection: string, system: string, source: CallHistorySource): ConnectionHistory
  snapshot(): HistorySnapshot
  /** Calls were written by somebody else. */
  changed(): void
  /** Fetch older calls again where that was stopped. */
  resume(): void
  cancel(): void
}

export function createHistories(
  deps: NumberFacts & {
    clock: Clock
    log: Log
    store: Pick<Store, 'history' | 'directory'>
    /** Calls that began before are not kept, epoch ms. */
    floor(): number
    /** Calls that began at these moments, epoch ms, came in or changed. */
    onStored(connection: string, moments: number[]): void
    /** Names or talks came in. */
    onLearned(): void
    onRecovered(missed: { count: number; from: number; to: number }): void
    onChange(): void
  },
): Histories {
  const { clock, log, store } = deps
  const open = new Map<string, ConnectionHistory>()
  let revision = 0
  let spell: ((name: string) => string) | null = null
  let loading: Promise<void> | null = null

  /** The pinyin tables, once; a failed load is tried again by the next poll. */
  function loadSpeller(): Promise<void> {
    loading ??= loadReadings().then(
      (readings) => {
        spell = createSpeller(readings)
      },
      (error: unknown) => {
        loading = null
        throw error
      },
    )
    return loading
  }

  async function learn(connection: string, entries: HistoryEntry[]): Promise<void> {
    const names = new Map(
      entries.flatMap(({ canonical, name, startedAt }) =>
        name === null || canonical === '' ? [] : [[canonical, { canonical, name, at: startedAt, connection }] as const],
      ),
    )
    deps.onStored(
      connection,
      entries.map(({ startedAt }) => startedAt),
    )
    if (names.size > 0) await store.directory.learn([...names.values()])
    deps.onLearned()
    changed()
  }

  function changed(): void {
    revision += 1
    deps.onChange()
  }

  return {
    open(connection, system, source) {
      const sync = createHistorySync({
        clock,
        log,
        connection,
        system,
        source,
        store: store.history,
        toEntry: (row) => toHistoryEntry(row, deps, (name) => spell?.(name) ?? ''),
        floor: deps.floor,
        onStored: (entries) => learn(connection, entries),
        onRecovered: deps.onRecovered,
        onChange: deps.onChange,
      })
      const history: ConnectionHistory = {
        ...sync,
        async poll(signal) {
          await loadSpeller()
          await sync.poll(signal)
        },
        async stop() {
          if (open.get(connection) === history) open.delete(connection)
          await sync.stop()
        },
      }
      open.set(connection, history)
      return history
    },
    changed,
    snapshot: () => ({ revision, connections: [...open.values()].map((one) => one.status()) }),
    resume() {
      for (const one of open.values()) one.resumeFill()
    },
    cancel() {
      for (const one of open.values()) one.cancelFill()
    },
  }
}
