import { expect, it, vi } from 'vitest'
import type { SnapshotEvent, Topic } from '../../preload/contract/index.ts'
import { createGathering } from '../../renderer/rpc/gathering.ts'

const event = (seq: number, topic: Topic) => ({ seq, topic, sentAt: 0, snapshot: {} }) as unknown as SnapshotEvent

function gather() {
  const delivered: number[][] = []
  return { delivered, gathering: createGathering((events) => delivered.push(events.map(({ seq }) => seq))) }
}

it.each(['calls', 'board'] as const)('hands %s on at once, after what waited, in the order of the numbers', (topic) => {
  const { delivered, gathering } = gather()
  gathering.receive(event(1, 'status'))
  gathering.receive(event(2, 'me'))
  expect(delivered).toEqual([])
  gathering.receive(event(3, topic))
  expect(delivered).toEqual([[1, 2, 3]])
})

it('hands other news on together a moment later, the newest of each topic', async () => {
  const { delivered, gathering } = gather()
  gathering.receive(event(1, 'status'))
  gathering.receive(event(2, 'me'))
  gathering.receive(event(3, 'status'))
  expect(delivered).toEqual([])
  await vi.waitFor(() => expect(delivered).toEqual([[2, 3]]), { timeout: 15_000, interval: 2 })
  gathering.receive(event(4, 'me'))
  await vi.waitFor(() => expect(delivered).toEqual([[2, 3], [4]]), { timeout: 15_000, interval: 2 })
})

it('hands on what waits when the stream ends, and nothing twice', async () => {
  const { delivered, gathering } = gather()
  gathering.receive(event(1, 'settings'))
  gathering.flush()
  expect(delivered).toEqual([[1]])
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(delivered).toEqual([[1]])
})
