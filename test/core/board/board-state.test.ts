import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBoardState } from '../../../main/core/board/board-state.ts'
import type { ExtensionState } from '../../../main/core/ports/index.ts'
import { type Board, tileState } from '../../../preload/contract/index.ts'
import { createFakeClock } from '../../polling/fake-clock.ts'

function row(extension: string, patch: Partial<ExtensionState> = {}): ExtensionState {
  return {
    extension,
    name: `名${extension}`,
    registered: true,
    phone: 'idle',
    direction: null,
    presence: 'online',
    remoteNumber: null,
    missedCount: 0,
    ...patch,
  }
}

const talking = (remoteNumber: string): Partial<ExtensionState> => ({
  phone: 'talking',
  direction: 'incoming',
  remoteNumber,
})

function setUp(groups: { id: string; name: string; extensions: string[] }[] = []) {
  const clock = createFakeClock(1_000_000)
  let changes = 0
  const names = new Map([['13500000002', '李建国']])
  const board = createBoardState({
    clock,
    groups: () => groups,
    display: (number) => `<${number}>`,
    nameOf: (number) => names.get(number) ?? null,
    onChange: () => {
      changes += 1
    },
  })
  const seen = (extension: string) => board.snapshot().extensions.find((one) => one.extension === extension)
  return { board, clock, seen, groups, changes: () => changes }
}

describe('polls', () => {
  it('starts empty, never polled, not stale', () => {
    expect(setUp().board.snapshot()).toEqual({
      connection: null,
      polledAt: null,
      stale: false,
      problem: null,
      groups: [],
      extensions: [],
    } satisfies Board)
  })

  it('shows every extension, sorted by number, with the remote party named', () => {
    const { board, seen } = setUp()
    board.applyPoll('pbx', [
      row('1001'),
      row('810'),
      row('802', talking('13500000002')),
      row('99', { registered: false }),
    ])
    expect(board.snapshot().extensions.map(({ extension }) => extension)).toEqual(['99', '802', '810', '1001'])
    expect(seen('802')).toEqual({
      extension: '802',
      name: '名802',
      phone: 'talking',
      direction: 'incoming',
      presence: 'online',
      registered: true,
      remote: { number: '13500000002', display: '<13500000002>', name: '李建国' },
      missedCount: 0,
      since: 1_000_000,
      group: null,
    })
    expect(seen('99')).toMatchObject({ phone: 'unregistered', remote: null, direction: null })
    expect(board.extensionName('802')).toBe('名802')
    expect(board.extensionName('777')).toBeNull()
    expect(board.isExtension('810')).toBe(true)
    expect(board.isExtension('13500000002')).toBe(false)
    expect(board.stateOf('1001')).toEqual(seen('1001'))
    expect(board.stateOf('777')).toBeNull()
  })

  it('keeps `since` while nothing changes and restarts it for a state, a presence, another call', async () => {
    const { board, clock, seen } = setUp()
    const poll = async (patch: Partial<ExtensionState>) => {
      await clock.advance(2000)
      board.applyPoll('pbx', [row('802', patch)])
      return (seen('802')?.since ?? 0) - 1_000_000
    }
    expect(await poll({})).toBe(2000)
    expect(await poll({ missedCount: 1 })).toBe(2000)
    expect(await poll({ presence: 'busy' })).toBe(6000)
    expect(await poll({ presence: 'busy', ...talking('1') })).toBe(8000)
    expect(await poll({ presence: 'busy', ...talking('1') })).toBe(8000)
    expect(await poll({ presence: 'busy', ...talking('2') })).toBe(12_000)
    expect(await poll({})).toBe(14_000)
  })

  it('calls onChange once per good poll', () => {
    const { board, changes } = setUp()
    board.applyPoll('pbx', [row('801'), row('802')])
    expect(changes()).toBe(1)
    board.applyPoll('pbx', [row('801'), row('802', { presence: 'busy' })])
    expect(changes()).toBe(2)
  })

  it('an extension that the PBX no longer lists is gone', () => {
    const { board } = setUp()
    board.applyPoll('pbx', [row('801'), row('802')])
    board.applyPoll('pbx', [row('802')])
    expect(board.snapshot().extensions.map(({ extension }) => extension)).toEqual(['802'])
    expect(board.isExtension('801')).toBe(false)
  })

  it('another connection starts from nothing', async () => {
    const { board, clock, seen } = setUp()
    board.applyPoll('pbx', [row('802')])
    await clock.advance(5000)
    board.applyPoll('demo', [row('802')])
    expect(seen('802')?.since).toBe(1_005_000)
    board.clear()
    expect(board.snapshot()).toMatchObject({ connection: null, polledAt: null, extensions: [] })
  })
})

describe('trouble', () => {
  it('keeps what was seen, names the problem once, and goes stale when no good poll comes', async () => {
    const { board, clock, changes, seen } = setUp()
    board.applyPoll('pbx', [row('802')])
    board.checkStale(6000)
    expect(changes()).toBe(1)
    await clock.advance(3000)
    board.failPoll({ code: 'unreachable', details: { operation: 'x' } })
    board.failPoll({ code: 'unreachable', details: { operation: 'x' } })
    expect(changes()).toBe(2)
    await clock.advance(3001)
    board.checkStale(6000)
    board.checkStale(6000)
    expect(changes()).toBe(3)
    expect(board.snapshot()).toMatchObject({ stale: true, polledAt: 1_000_000, problem: { code: 'unreachable' } })
    const extension = seen('802')
    expect(extension && tileState(extension, board.snapshot().stale)).toBe('stale')
    board.applyPoll('pbx', [row('802')])
    expect(board.snapshot()).toMatchObject({ stale: false, problem: null, polledAt: 1_006_001 })
  })

  it('does not believe the wall clock: setting it makes nothing stale', async () => {
    const { board, clock } = setUp()
    board.applyPoll('pbx', [row('802')])
    clock.jump(3_600_000)
    board.checkStale(6000)
    expect(board.snapshot().stale).toBe(false)
  })
})

describe('ringing', () => {
  const ring = (extension: string, number: string, since: number) => new Map([[extension, { number, since }]])

  it('lays webhooks over the poll and takes them off again', async () => {
    const { board, clock, seen, changes } = setUp()
    board.applyPoll('pbx', [row('801'), row('802', { phone: 'offline' })])
    await clock.advance(500)
    board.setRinging(ring('801', '13500000002', 1_000_400))
    expect(changes()).toBe(2)
    expect(seen('801')).toMatchObject({
      phone: 'ringing',
      direction: 'incoming',
      since: 1_000_400,
      remote: { name: '李建国' },
    })
    board.applyPoll('pbx', [row('801'), row('802')])
    expect(seen('801')).toMatchObject({ phone: 'ringing', since: 1_000_400 })
    board.setRinging(new Map())
    expect(seen('801')).toMatchObject({ phone: 'idle', remote: null, since: 1_000_500 })
  })

  it('says nothing when nothing visible changed', () => {
    const { board, changes } = setUp()
    board.applyPoll('pbx', [row('801'), row('802', talking('1'))])
    board.setRinging(ring('801', '2', 5))
    board.setRinging(ring('801', '2', 5))
    expect(changes()).toBe(2)
    board.setRinging(
      new Map([
        ['801', { number: '2', since: 5 }],
        ['999', { number: '2', since: 5 }],
      ]),
    )
    expect(changes()).toBe(2)
    board.setRinging(ring('801', '3', 5))
    expect(changes()).toBe(3)
  })

  it('a phone in a call stays in its call while another one knocks', () => {
    const { board, seen, changes } = setUp()
    board.applyPoll('pbx', [row('802', talking('1'))])
    board.setRinging(ring('802', '2', 7))
    expect(seen('802')).toMatchObject({ phone: 'talking', remote: { number: '1' } })
    expect(changes()).toBe(1)
    board.applyPoll('pbx', [row('802')])
    expect(seen('802')).toMatchObject({ phone: 'ringing', since: 7 })
  })

  it('a ring that began before the first poll is shown with its own time', () => {
    const { board, seen } = setUp()
    board.setRinging(ring('802', '2', 900_000))
    board.applyPoll('pbx', [row('802')])
    expect(seen('802')).toMatchObject({ phone: 'ringing', since: 900_000 })
  })
})

describe('groups', () => {
  it('configured groups first, then what webhooks taught, under its number when nobody named it', () => {
    const { board, seen, groups, changes } = setUp([
      { id: '3002', name: '售前组', extensions: ['806', '807'] },
      { id: '3001', name: '前台', extensions: ['802', '806'] },
    ])
    board.applyPoll('pbx', [row('802'), row('806'), row('815'), row('816'), row('817')])
    board.learnGroup('815', '3009')
    board.learnGroup('816', '3001')
    board.learnGroup('806', '3009')
    board.learnGroup('815', '3005')
    board.learnGroup('817', '')
    expect(changes()).toBe(3)
    expect(board.snapshot().groups).toEqual([
      { id: '3002', name: '售前组' },
      { id: '3001', name: '前台' },
      { id: '3009', name: '3009' },
    ])
    const known = ['3001', '3002', '3009', '3001', null]
    expect(['802', '806', '815', '816', '817'].map((extension) => seen(extension)?.group)).toEqual(known)
    expect(['802', '806', '815', '816', '817'].map((extension) => board.groupOf(extension))).toEqual(known)
    groups[1]?.extensions.push('815')
    expect(seen('815')?.group).toBe('3001')
    expect(board.snapshot().groups).toHaveLength(2)
  })
})

describe('properties', () => {
  const states = fc.record({
    phone: fc.constantFrom<ExtensionState['phone']>('idle', 'talking', 'offline', 'unknown'),
    presence: fc.constantFrom<ExtensionState['presence']>('online', 'busy', 'reducing', 'offline', 'unknown'),
    registered: fc.boolean(),
    remoteNumber: fc.constantFrom(null, '1', '2', ''),
  })

  it('every change that a reader can see was announced, and `since` never lies in the future', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.record({ poll: fc.array(states, { maxLength: 4 }) }),
            fc.record({ ring: fc.subarray(['801', '802', '803', '999']) }),
            fc.constant({ fail: true }),
            fc.constant({ wait: true }),
          ),
          { maxLength: 30 },
        ),
        async (steps) => {
          const { board, clock, changes } = setUp()
          let shown = JSON.stringify(board.snapshot())
          let announced = 0
          for (const step of steps) {
            if ('poll' in step)
              board.applyPoll(
                'pbx',
                step.poll.map((patch, index) => row(`80${index + 1}`, patch)),
              )
            else if ('ring' in step)
              board.setRinging(new Map(step.ring.map((extension) => [extension, { number: '5', since: clock.now() }])))
            else if ('fail' in step) board.failPoll({ code: 'timeout', details: {} })
            else await clock.advance(2500)
            board.checkStale(6000)
            const now = JSON.stringify(board.snapshot())
            if (now !== shown) expect(changes()).toBeGreaterThan(announced)
            shown = now
            announced = changes()
            for (const { since } of board.snapshot().extensions) expect(since).toBeLessThanOrEqual(clock.now())
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('1,000 extensions are applied and read in a few milliseconds', () => {
    const { board } = setUp()
    const rows = Array.from({ length: 1000 }, (_, index) =>
      row(String(1000 + index), index % 3 ? {} : talking('13500000002')),
    )
    board.applyPoll('pbx', rows)
    const tries = Array.from({ length: 5 }, () => {
      const startedAt = performance.now()
      board.applyPoll('pbx', rows)
      board.snapshot()
      return performance.now() - startedAt
    })
    expect(Math.min(...tries)).toBeLessThan(20)
  })
})
