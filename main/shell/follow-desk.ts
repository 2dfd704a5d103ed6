import type { SnapshotEvent, Snapshots } from '../../preload/contract/index.ts'
import type { Desk } from '../core/desk.ts'
import type { Log } from '../core/ports/index.ts'

/** The newest snapshot of each topic; missing before the first. */
export type Seen = Partial<Snapshots>

/** Keep the newest snapshots and call back after each. Ends when the returned function is called or the core stops. */
export function followDesk(
  desk: Pick<Desk, 'events'>,
  log: Log,
  onChange: (seen: Seen, topic: SnapshotEvent['topic']) => void,
): () => void {
  const stop = new AbortController()
  const seen: Seen = {}
  const run = async () => {
    for await (const event of desk.events.subscribe({ surface: 'window' }, stop.signal)) {
      Object.assign(seen, { [event.topic]: event.snapshot })
      onChange(seen, event.topic)
    }
  }
  run().catch((error: unknown) => {
    if (!stop.signal.aborted)
      log.error('tray-lost-the-core', { error: error instanceof Error ? error.message : 'unknown' })
  })
  return () => stop.abort()
}
