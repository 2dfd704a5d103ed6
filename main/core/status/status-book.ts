import type {
  ConnectionStatus,
  ListenerStatus,
  Notice,
  Problem,
  UnknownSource,
} from '../../../preload/contract/index.ts'
import type { Clock } from '../ports/index.ts'

const maxUnknownSources = 20
const maxNotices = 20

/** How one try of a connection ended. Times are epoch ms. */
export type ConnectionOutcome =
  | { ok: true; at: number; latencyMs: number }
  | { ok: false; at: number; problem: Problem; retryAt: number | null }

/** What IT looks at first: which connection works, whether the listener listens, who knocked, what went wrong at start. */
export interface StatusBook {
  /** Forget connections that are gone or `changed`, keep the state of those that stay. */
  setConnections(list: { id: string; system: string; address: string; polled: boolean; changed: boolean }[]): void
  connectionOutcome(id: string, outcome: ConnectionOutcome): void
  connections(): ConnectionStatus[]
  setListener(status: ListenerStatus): void
  listener(): ListenerStatus
  eventReceived(): void
  unknownSource(address: string): void
  forgetSource(address: string): void
  unknownSources(): UnknownSource[]
  /** The same notice twice is one notice. */
  addNotice(notice: Omit<Notice, 'id' | 'at'> & { at?: number }): void
  /** What it was about is right again. */
  clearNotices(kind: Notice['kind']): void
  dismissNotice(id: string): void
  notices(): Notice[]
}

export function createStatusBook(deps: { clock: Clock; onChange(): void }): StatusBook {
  const { clock, onChange } = deps
  let connections = new Map<string, ConnectionStatus>()
  let listener: ListenerStatus = { state: 'starting', host: '', port: 0, urls: [], lastEventAt: null, problem: null }
  const sources = new Map<string, UnknownSource>()
  let notices: Notice[] = []
  let noticeCount = 0

  return {
    setConnections(list) {
      connections = new Map(
        list.map(({ id, system, address, polled, changed }) => {
          const known = connections.get(id)
          if (known && known.system === system && known.address === address && known.polled === polled && !changed)
            return [id, known]
          return [
            id,
            {
              id,
              system,
              address,
              polled,
              state: polled ? 'connecting' : 'unchecked',
              since: clock.now(),
              lastOkAt: null,
              latencyMs: null,
              problem: null,
              retryAt: null,
            },
          ]
        }),
      )
      onChange()
    },
    connectionOutcome(id, outcome) {
      const known = connections.get(id)
      if (!known) return
      const state = outcome.ok ? 'ok' : 'down'
      connections.set(id, {
        ...known,
        state,
        since: known.state === state ? known.since : outcome.at,
        lastOkAt: outcome.ok ? outcome.at : known.lastOkAt,
        latencyMs: outcome.ok ? Math.round(outcome.latencyMs) : null,
        problem: outcome.ok ? null : outcome.problem,
        retryAt: outcome.ok ? null : outcome.retryAt,
      })
      onChange()
    },
    connections: () => [...connections.values()],
    setListener(status) {
      listener = { ...status, lastEventAt: status.lastEventAt ?? listener.lastEventAt }
      onChange()
    },
    listener: () => listener,
    eventReceived() {
      listener = { ...listener, lastEventAt: clock.now() }
      onChange()
    },
    unknownSource(address) {
      const known = sources.get(address)
      const at = clock.now()
      sources.delete(address)
      sources.set(address, { address, count: (known?.count ?? 0) + 1, firstAt: known?.firstAt ?? at, lastAt: at })
      const oldest = sources.keys().next().value
      if (sources.size > maxUnknownSources && oldest !== undefined) sources.delete(oldest)
      onChange()
    },
    forgetSource(address) {
      if (sources.delete(address)) onChange()
    },
    unknownSources: () => [...sources.values()].reverse(),
    addNotice({ kind, params, at }) {
      const isKnown = notices.some((one) => one.kind === kind && JSON.stringify(one.params) === JSON.stringify(params))
      if (isKnown) return
      noticeCount += 1
      notices = [{ id: `${kind}-${noticeCount}`, kind, params, at: at ?? clock.now() }, ...notices].slice(0, maxNotices)
      onChange()
    },
    clearNotices(kind) {
      const left = notices.filter((one) => one.kind !== kind)
      if (left.length === notices.length) return
      notices = left
      onChange()
    },
    dismissNotice(id) {
      notices = notices.filter((one) => one.id !== id)
      onChange()
    },
    notices: () => notices,
  }
}
