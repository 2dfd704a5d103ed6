import { expect, it } from 'vitest'
import { createMissedList } from '../../../main/core/calls/missed-list.ts'
import { createDesk } from './desk-of-calls.ts'

it('of very many missed calls the newest are listed, and how many there are besides is told', async () => {
  const { live, store, clock } = createDesk()
  const at = clock.now() - 1_000_000
  await store.calls.save(
    Array.from({ length: 503 }, (_, n) => ({
      ...{ callId: `m${n}`, connection: 'pbx', caller: '13500000002', canonical: '13500000002', handledAt: null },
      direction: 'incoming' as const,
      legs: [{ businessId: `l${n}`, extension: '802', group: '', seen: { ringing: at + n, canceled: at + n } }],
    })),
  )
  const list = createMissedList({ live, store: { attemptSince: () => null }, extensionName: () => null })
  const { parties, more } = await list.list({ state: 'open' })
  expect(parties.flatMap(({ calls }) => calls)).toHaveLength(500)
  expect(parties[0]?.calls[0]?.callId).toBe('m502')
  expect(more).toBe(3)
  expect(live.snapshot().missedCount).toBe(503)
  expect((await list.list({ state: 'done' })).more).toBe(0)
  live.stop()
})
