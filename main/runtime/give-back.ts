import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Clock, Log } from '../core/ports/index.ts'

const lookMs = 10_000
/** Share of the time since the last look. Above it there is work to do, and the room is needed. */
const restingShare = 0.1
const roomyBytes = 8 * 1024 * 1024
/** The room grows again by and by, and every collection costs as much as minutes of rest: what a rush left can wait so long. */
const againMs = 600_000

/**
 * In a rush, and the start is one, V8 lets the space for new objects grow (to 32 MB at the start, to 128 MB under thousands of
 * notices a second) and keeps all of it, with much garbage: a program that rests hardly allocates, so it never collects. One
 * thorough collection at rest gives it back; the loop waits some 0.1 s for it. Returns the canceller.
 */
export function giveBackMemory({ clock, log }: { clock: Clock; log: Log }): () => void {
  let collect: Collect | null = null
  let lastAt = Number.NEGATIVE_INFINITY
  let before: EventLoopUtilization = performance.eventLoopUtilization()
  const look = () => {
    cancel = clock.after(lookMs, look)
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    const startedAt = clock.mono()
    if (utilization > restingShare || startedAt - lastAt < againMs || roomOfNewObjects() < roomyBytes) return
    lastAt = startedAt
    const roomBefore = roomOfNewObjects()
    collect ??= collector()
    collect({ type: 'major', flavor: 'last-resort' })
    log.info('memory-given-back', {
      bytes: roomBefore - roomOfNewObjects(),
      tookMs: Math.round(clock.mono() - startedAt),
    })
  }
  let cancel = clock.after(lookMs, look)
  return () => cancel()
}

export function roomOfNewObjects(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0
}

/** An ordinary collection leaves the new objects' room as it is while the rush is fresh in V8's memory. */
type Collect = (how: { type: 'major'; flavor: 'last-resort' }) => void

/** Node has no call for it; a context that is made while the flag is up does. */
function collector(): Collect {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as Collect
  setFlagsFromString('--no-expose-gc')
  return gc
}
