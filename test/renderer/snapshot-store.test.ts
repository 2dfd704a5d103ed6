import { describe, expect, it } from 'vitest'
import type { Board, SnapshotEvent } from '../../preload/contract/index.ts'
import { createSnapshotStore } from '../../renderer/rpc/snapshot-store.ts'
import { extension } from './office.ts'

const boardOf = (...extensions: Board['extensions']): Board => ({
  connection: 'pbx',
  polledAt: 1,
  stale: false,
  problem: null,
  groups: [],
  extensions,
})
const event = (seq: number, board: Board): SnapshotEvent => ({ seq, sentAt: 0, topic: 'board', snapshot: board })
const li = (over = {}) => extension('801', '李阳', null, over, 100_000_000)
const zhang = (over = {}) => extension('802', '张霞', null, over, 100_000_000)

describe('snapshot store', () => {
  it('knows nothing at first, then the newest', () => {
    const store = createSnapshotStore()
    expect(store.read('board')).toBeNull()
    store.receive(event(1, boardOf(li())))
    store.receive(event(5, boardOf(li(), zhang())))
    expect(store.read('board')?.extensions).toHaveLength(2)
  })

  it('ignores what is older than what it has', () => {
    const store = createSnapshotStore()
    store.receive(event(7, boardOf(li())))
    expect(store.receive(event(7, boardOf()))).toBe(false)
    expect(store.receive(event(6, boardOf()))).toBe(false)
    expect(store.read('board')?.extensions).toHaveLength(1)
  })

  it('takes small numbers again after a new subscription, and shows the old snapshot until then', () => {
    const store = createSnapshotStore()
    store.receive(event(900, boardOf(li())))
    store.restart()
    expect(store.read('board')?.extensions).toHaveLength(1)
    expect(store.receive(event(1, boardOf(li(), zhang())))).toBe(true)
    expect(store.read('board')?.extensions).toHaveLength(2)
  })

  it('keeps the identity of everything that did not change', () => {
    const store = createSnapshotStore()
    store.receive(event(1, boardOf(li(), zhang())))
    const before = store.read('board')
    store.receive(event(2, boardOf(li(), zhang({ phone: 'talking' }))))
    const after = store.read('board')
    expect(after).not.toBe(before)
    expect(after?.extensions[0]).toBe(before?.extensions[0])
    expect(after?.extensions[1]).not.toBe(before?.extensions[1])
  })

  it('wakes only the listeners of a topic that changed, and none for an equal snapshot', () => {
    const store = createSnapshotStore()
    let boardWakes = 0
    let callsWakes = 0
    const stop = store.subscribe('board', () => boardWakes++)
    store.subscribe('calls', () => callsWakes++)
    store.receive(event(1, boardOf(li())))
    store.receive(event(2, boardOf(li())))
    store.receive(event(3, boardOf(li({ missedCount: 1 }))))
    expect([boardWakes, callsWakes]).toEqual([2, 0])
    stop()
    store.receive(event(4, boardOf()))
    expect(boardWakes).toBe(2)
  })
})
