import { formatDuration, useTimeText } from '../i18n/index.ts'
import { useNow } from './ticker.ts'

/** Running timer `02:14` since an epoch ms; `until` stops it. */
export function Elapsed({ since, until = null }: { since: number; until?: number | null }) {
  return until === null ? <RunningTimer since={since} /> : <span className="num">{formatDuration(until - since)}</span>
}

function RunningTimer({ since }: { since: number }) {
  const now = useNow()
  return <span className="num">{formatDuration(now - since)}</span>
}

/** Age in words, `12秒前`, kept current. `coarse` counts minutes only: nothing on the page flickers. */
export function Age({ at, coarse = false }: { at: number; coarse?: boolean }) {
  const now = useNow(coarse ? 60_000 : 1000)
  const { ago } = useTimeText()
  return <span className="num">{ago(at, Math.max(now, at))}</span>
}
