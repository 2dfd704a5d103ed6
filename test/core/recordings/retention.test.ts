import { expect, it, vi } from 'vitest'
import { startRetention } from '../../../main/core/history/retention.ts'
import { createListLog, createManualClock } from '../calls/manual-clock.ts'

it('recordings go with the calls that the retention of the history deletes, and only then', async () => {
  const clock = createManualClock()
  const purged: number[] = []
  let days = 30
  const retention = startRetention({
    clock,
    log: createListLog(),
    store: { purge: async () => 0, compact: async () => false },
    rest: { purge: async () => 0, scrub: async () => false, finish: () => undefined },
    days: () => days,
    onAged: async (before) => void purged.push(before),
  })
  clock.advance(6000)
  await vi.waitFor(() => expect(purged).toEqual([retention.floor() - 1000]), 15_000)
  days = 0
  clock.advance(24 * 3600_000)
  await Promise.resolve()
  expect(purged).toHaveLength(1)
  retention.stop()
})
