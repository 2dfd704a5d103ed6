import type { SeenPresence } from '../../../preload/contract/index.ts'
import type { Clock, ExtensionState, Log, PresenceChange, PresenceHistoryStore, PresenceWatch } from '../ports/index.ts'

/** A watch in which nothing changes is written down this often: so much is lost when the program is killed. */
const noteEveryMs = 60_000

export interface PresenceWatcher {
  /** A good poll: every extension of the connection. */
  saw(connection: string, rows: readonly ExtensionState[]): void
  /** The running watch of this connection. */
  running(connection: string): PresenceWatch | null
  /** Write down how far it went. */
  stop(): Promise<void>
}

interface Watch {
  connection: string
  from: number
  until: number
  mono: number
  notedUntil: number
  known: Map<string, SeenPresence>
}

/**
 * Remembers when presences changed, from the polls of the board. Polls that follow one another make a watch; after a
 * pause longer than `gapMs` a new one begins, and the time between stays unknown.
 */
export function createPresenceWatcher(deps: {
  clock: Clock
  log: Log
  store: PresenceHistoryStore
  /** How far apart polls may be, ms. */
  gapMs(): number
}): PresenceWatcher {
  const { clock, log, store } = deps
  let watch: Watch | null = null
  let failing = false

  async function write(one: Watch, changes: PresenceChange[]): Promise<void> {
    one.notedUntil = one.until
    try {
      await store.save(one.connection, { from: one.from, until: one.until }, changes)
      failing = false
    } catch (error) {
      // Told once: the storage itself says what is wrong, and the board goes on without it.
      if (!failing) log.warn('presence-not-kept', { error: error instanceof Error ? error.message : 'unknown' })
      failing = true
    }
  }

  /** The running watch, or a new one. */
  function follow(connection: string, at: number): Watch {
    const mono = clock.mono()
    const goesOn =
      watch?.connection === connection && mono - watch.mono <= deps.gapMs() && at >= watch.until && watch !== null
    if (watch && !goesOn && watch.until > watch.notedUntil) void write(watch, [])
    if (!watch || !goesOn)
      watch = { connection, from: at, until: at, mono, notedUntil: Number.NEGATIVE_INFINITY, known: new Map() }
    watch.until = at
    watch.mono = mono
    return watch
  }

  return {
    saw(connection, rows) {
      const at = clock.now()
      const one = follow(connection, at)
      const gone = new Set(one.known.keys())
      const seen = rows.map(({ extension, presence }) => ({ extension, presence }))
      for (const { extension } of seen) gone.delete(extension)
      for (const extension of gone) seen.push({ extension, presence: 'unknown' })
      const changes = seen.flatMap(({ extension, presence }): PresenceChange[] => {
        const before = one.known.get(extension) ?? store.last(connection, extension)
        one.known.set(extension, presence)
        return before === presence ? [] : [{ extension, at, presence }]
      })
      if (changes.length > 0 || at - one.notedUntil >= noteEveryMs) void write(one, changes)
    },
    running: (connection) => (watch?.connection === connection ? { from: watch.from, until: watch.until } : null),
    async stop() {
      if (watch && watch.until > watch.notedUntil) await write(watch, [])
      watch = null
    },
  }
}
