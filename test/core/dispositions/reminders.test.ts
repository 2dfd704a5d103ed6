import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { announcements } from '../../../main/core/dispositions/due.ts'
import { createReminders } from '../../../main/core/dispositions/reminders.ts'
import { CoreError } from '../../../main/core/errors.ts'
import type { StoredFollowUp } from '../../../main/core/ports/index.ts'
import { createTestLog } from '../../store/samples.ts'
import { createManualClock } from '../calls/manual-clock.ts'

const followUp = (callId: string, over: Partial<StoredFollowUp> = {}): StoredFollowUp => ({
  connection: 'pbx',
  callId,
  number: '13500000002',
  canonical: '13500000002',
  callStartedAt: 0,
  promise: '报交期',
  dueAt: 1000,
  createdAt: 0,
  doneAt: null,
  noticedFor: null,
  ...over,
})

describe('announcements', () => {
  it('a few come one by one, many together, none is left out', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (list) => {
        const told = announcements(list)
        expect('together' in told ? told.together : told.apart).toEqual(list)
        expect('together' in told).toBe(list.length > 3)
      }),
    )
  })
})

/** A desk with these follow-ups; what was announced is remembered like the store does. */
function bench(list: StoredFollowUp[]) {
  const clock = createManualClock()
  let open = list
  const shown: { title: string; body: string }[] = []
  const clicked: string[] = []
  const failing: [boolean, string][] = []
  const writes: string[][] = []
  let diskFull = false
  let breaks: CoreError | null = null
  let click: (() => void) | undefined
  const { log } = createTestLog()
  const reminders = createReminders({
    clock,
    log,
    notifier: {
      async notify(message, onClick) {
        if (breaks) throw breaks
        shown.push(message)
        click = onClick
      },
      busy: () => false,
    },
    locale: () => 'zh-CN',
    due: () => open.filter(({ dueAt, noticedFor }) => dueAt <= clock.now() && noticedFor !== dueAt),
    view: ({ number, canonical: _canonical, noticedFor: _noticedFor, ...rest }) => ({
      ...rest,
      party: {
        number,
        canonical: number,
        display: '135 0000 0002',
        home: null,
        name: '李建国',
        company: null,
        source: 'directory',
      },
    }),
    async noticed(followUps) {
      writes.push(followUps.map(({ callId }) => callId))
      if (diskFull) throw new CoreError('storage-failed', { reason: 'disk-full' })
      open = open.map((one) => (followUps.includes(one) ? { ...one, noticedFor: one.dueAt } : one))
    },
    onClick: ({ callId }) => void clicked.push(callId),
    onFailing: (isFailing, reason) => void failing.push([isFailing, reason]),
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    clock,
    shown,
    clicked,
    failing,
    writes,
    fillDisk: (full: boolean) => {
      diskFull = full
    },
    click: () => click?.(),
    breakWith: (error: CoreError | null) => {
      breaks = error
    },
    async sweep() {
      reminders.sweep()
      reminders.sweep()
      await settle()
      reminders.sweep()
      await settle()
    },
    move(callId: string, dueAt: number) {
      open = open.map((one) => (one.callId === callId ? { ...one, dueAt, noticedFor: null } : one))
    },
  }
}

describe('reminders', () => {
  it('come once, at their time and not before; again after they were moved', async () => {
    const clock = createManualClock()
    const desk = bench([followUp('c1', { dueAt: clock.now() + 5000 })])
    await desk.sweep()
    expect(desk.shown).toEqual([])
    desk.clock.advance(5000)
    await desk.sweep()
    await desk.sweep()
    expect(desk.shown).toHaveLength(1)
    expect(desk.shown[0]).toMatchObject({
      title: '该联系了：李建国',
      body: expect.stringMatching(/报交期，135 0000 0002$/),
    })
    desk.click()
    expect(desk.clicked).toEqual(['c1'])
    desk.move('c1', desk.clock.now() + 60_000)
    await desk.sweep()
    expect(desk.shown).toHaveLength(1)
    desk.clock.advance(60_000)
    await desk.sweep()
    expect(desk.shown).toHaveLength(2)
  })

  it('whose time passed while the program was closed come at the next start: many of them in one', async () => {
    const few = bench([followUp('a'), followUp('b')])
    await few.sweep()
    expect(few.shown).toHaveLength(2)
    const many = bench(['a', 'b', 'c', 'd', 'e'].map((callId) => followUp(callId)))
    await many.sweep()
    await many.sweep()
    expect(many.shown.map(({ title }) => title)).toEqual(['5件待办已到时间'])
  })

  it('that the desktop could not show are said to be failing, and tried again after a minute', async () => {
    const desk = bench([followUp('c1')])
    desk.breakWith(new CoreError('unavailable', { reason: 'notify-send is missing' }))
    await desk.sweep()
    expect(desk.failing).toEqual([[true, 'notify-send is missing']])
    desk.breakWith(null)
    desk.clock.advance(59_000)
    await desk.sweep()
    expect(desk.shown).toEqual([])
    desk.clock.advance(1000)
    await desk.sweep()
    expect(desk.shown).toHaveLength(1)
    expect(desk.failing.at(-1)).toEqual([false, ''])
  })

  it('are told once while the disk does not take that they were: the writing is tried again, not the telling', async () => {
    const desk = bench([followUp('a'), followUp('b')])
    desk.fillDisk(true)
    await desk.sweep()
    for (let minute = 0; minute < 3; minute++) {
      desk.clock.advance(60_000)
      await desk.sweep()
    }
    expect(desk.shown).toHaveLength(2)
    // Told, so the desktop is not said to be failing.
    expect(desk.failing.every(([failing]) => !failing)).toBe(true)
    expect(desk.writes).toEqual([['a'], ['b'], ['a', 'b'], ['a', 'b'], ['a', 'b']])
    desk.fillDisk(false)
    desk.clock.advance(60_000)
    await desk.sweep()
    desk.clock.advance(60_000)
    await desk.sweep()
    expect(desk.writes).toHaveLength(6)
    expect(desk.shown).toHaveLength(2)
    desk.move('a', desk.clock.now() + 1000)
    desk.clock.advance(1000)
    await desk.sweep()
    expect(desk.shown).toHaveLength(3)
  })
})
