import { describe, expect, it } from 'vitest'
import { createDesk } from './desk-of-calls.ts'

const colleague = { callee: '805', businessId: 'b2', group: '3001' }

describe('pops', () => {
  it('pops once, with who it is, and follows the call to its end', async () => {
    const desk = createDesk()
    await desk.report({ state: 'ringing' })
    expect(desk.pops).toMatchObject([
      {
        callId: 'c1@192.168.1.82',
        state: 'ringing',
        direction: 'incoming',
        mine: true,
        groupName: '售后',
        caller: { name: '李先生' },
        callee: { number: '802' },
      },
    ])
    await desk.report({ state: 'talking' })
    expect(desk.cards()).toEqual(['c1 talking'])
    await desk.report({ state: 'hungup' })
    expect(desk.cards()).toEqual(['c1 hungup'])
    expect(desk.pops).toHaveLength(1)
    await desk.pass(7900)
    expect(desk.cards()).toEqual(['c1 hungup'])
    const changes = desk.changes.count
    await desk.pass(200)
    expect(desk.cards()).toEqual([])
    expect(desk.changes.count).toBeGreaterThan(changes)
  })

  it('R7: fifty copies are one pop, one card and one saved call', async () => {
    const desk = createDesk()
    for (let copy = 0; copy < 50; copy += 1) await desk.report({ state: 'ringing' })
    await desk.pass(1000)
    expect([desk.pops.length, desk.cards().length, desk.store.saved.size, desk.store.rows.length]).toEqual([
      1, 1, 1, 50,
    ])
    expect(desk.store.saves).toHaveLength(1)
  })

  it('R9: pops at 10 s by the monotonic clock, not later, whatever the wall clock says', async () => {
    const desk = createDesk()
    desk.clock.advance(60_000)
    await desk.report({ state: 'ringing', callId: 'late' }, desk.clock.mono() - 10_001)
    expect([desk.pops.length, desk.cards()]).toEqual([0, []])
    desk.clock.jumpWall(86_400_000)
    await desk.report({ state: 'ringing', callId: 'fresh' }, desk.clock.mono() - 10_000)
    expect(desk.pops.map((call) => call.callId)).toEqual(['fresh'])
  })

  it('does not pop what arrives already ended, nor the caller’s own leg', async () => {
    const desk = createDesk()
    desk.settings.scope = 'all'
    await desk.report({ state: 'canceled', callId: 'ended' })
    await desk.report({ state: 'ringing', callId: 'main', businessId: 'maincall' })
    expect(desk.pops).toEqual([])
    expect(desk.cards()).toEqual([])
    await desk.report({ state: 'ringing', callId: 'main' })
    expect(desk.pops.map((call) => call.callId)).toEqual(['main'])
  })

  it('a late copy of a call that ended long ago pops nothing and changes nothing', async () => {
    const desk = createDesk()
    for (const state of ['ringing', 'talking', 'hungup'] as const) await desk.report({ state })
    await desk.pass(20_000)
    const ended = desk.live.byId('c1@192.168.1.82')
    desk.clock.advance(20 * 60_000)
    desk.live.sweep()
    const later = createDesk(desk.store, desk.clock)
    for (const state of ['ringing', 'canceled'] as const) await later.report({ state, receivedAt: desk.clock.now() })
    await later.pass(3000)
    expect([later.pops, later.missed, later.cards()]).toEqual([[], [], []])
    expect(later.live.byId('c1@192.168.1.82')).toEqual({ ...ended, lastContact: null })
    expect(later.live.ringing().size).toBe(0)
  })

  it.each<['extension' | 'groups' | 'all', string | null, string[]]>([
    ['extension', '802', ['mine']],
    ['groups', '802', ['mine', 'group']],
    ['all', '802', ['mine', 'group', 'other']],
    ['extension', null, ['mine', 'group', 'other']],
  ])('scope %s of extension %s', async (scope, extension, expected) => {
    const desk = createDesk()
    Object.assign(desk.settings, { scope, extension, groups: extension === null ? [] : ['3003'] })
    await desk.report({ state: 'ringing', callId: 'mine' })
    await desk.report({ state: 'ringing', callId: 'group', callee: '803' })
    await desk.report({ state: 'ringing', callId: 'other', callee: '810', group: '3009' })
    expect(desk.pops.map((call) => call.callId)).toEqual(expected)
    expect(desk.live.snapshot().cards).toHaveLength(expected.length)
  })

  it('a call that I dial has a card but tells nobody, and is never missed', async () => {
    const desk = createDesk()
    await desk.report({ state: 'ringing', caller: '802', callee: '13500000002' })
    expect(desk.live.snapshot().cards).toMatchObject([
      { direction: 'outgoing', mine: true, callee: { name: '李先生' } },
    ])
    await desk.report({ state: 'canceled', caller: '802', callee: '13500000002' })
    await desk.pass(9000)
    expect([desk.pops, desk.missed, desk.cards(), desk.live.snapshot().missedCount]).toEqual([[], [], [], 0])
  })

  it('measures from the webhook to the card', async () => {
    const desk = createDesk()
    await desk.report({ state: 'ringing' })
    desk.clock.advance(40)
    desk.live.popShown('c1@192.168.1.82')
    desk.clock.advance(500)
    desk.live.popShown('c1@192.168.1.82')
    desk.live.popShown('unknown')
    expect(desk.live.popLatency()).toEqual({ lastMs: 40, p95Ms: 40, count: 1 })
  })

  it('newest card first; one put away stays away', async () => {
    const desk = createDesk()
    for (const callId of ['a', 'b', 'c']) {
      await desk.report({ state: 'ringing', callId })
      desk.clock.advance(10)
    }
    expect(desk.cards()).toEqual(['c ringing', 'b ringing', 'a ringing'])
    desk.live.dismiss('b')
    await desk.report({ state: 'talking', callId: 'b' })
    expect(desk.cards()).toEqual(['c ringing', 'a ringing'])
    desk.live.focus('b')
    expect(desk.cards()).toEqual(['c ringing', 'b talking', 'a ringing'])
    const first = desk.live.snapshot().focus
    desk.live.focus('b')
    expect(desk.live.snapshot().focus?.at).toBeGreaterThan(first?.at ?? 0)
  })

  it('looks up earlier contacts once per call, and names each time', async () => {
    const desk = createDesk()
    await desk.report({ state: 'talking', callId: 'before' })
    await desk.report({ state: 'hungup', callId: 'before' })
    await desk.pass(60_000)
    await desk.report({ state: 'ringing' })
    for (let round = 0; round < 10; round += 1) desk.live.snapshot()
    expect(desk.store.counted.lastTalk).toBe(2)
    expect(desk.pops.at(-1)?.lastContact).toMatchObject({ extension: '802', direction: 'incoming', note: null })
  })
})

describe('missed', () => {
  it('stays as a card until it is handled, and is counted', async () => {
    const desk = createDesk()
    await desk.report({ state: 'ringing' })
    await desk.report({ state: 'canceled' })
    await desk.pass(60_000)
    expect(desk.missed.map((call) => call.callId)).toEqual(['c1@192.168.1.82'])
    expect(desk.live.snapshot()).toMatchObject({
      missedCount: 1,
      missed: [{ state: 'missed' }],
      cards: [{ state: 'missed' }],
    })
    await desk.live.handle('c1@192.168.1.82')
    expect(desk.live.snapshot()).toMatchObject({ missedCount: 0, missed: [], cards: [] })
    await desk.live.unhandle('c1@192.168.1.82')
    expect(desk.live.snapshot()).toMatchObject({ missedCount: 1, missed: [{ handledAt: null }] })
  })

  it('handling a call that nobody knows is not-found; a full disk leaves it unhandled', async () => {
    const desk = createDesk()
    await expect(desk.live.handle('nobody')).rejects.toMatchObject({ code: 'not-found' })
    await desk.report({ state: 'ringing' })
    await desk.report({ state: 'canceled' })
    await desk.pass(2000)
    desk.store.full = true
    await expect(desk.live.handle('c1@192.168.1.82')).rejects.toMatchObject({ code: 'storage-failed' })
    expect(desk.live.snapshot().missedCount).toBe(1)
  })

  it('offered to the next phone is not missed yet', async () => {
    const desk = createDesk()
    await desk.report({ state: 'ringing' })
    await desk.report({ state: 'canceled' })
    await desk.pass(300)
    await desk.report({ state: 'ringing', ...colleague })
    await desk.pass(2000)
    expect([desk.missed.length, desk.cards()]).toEqual([0, ['c1 ringing']])
    await desk.report({ state: 'canceled', ...colleague })
    await desk.pass(2000)
    expect(desk.missed).toHaveLength(1)
  })

  it('answered by a colleague: not missed, the card says who and goes', async () => {
    const desk = createDesk()
    await desk.report({ state: 'ringing' })
    await desk.report({ state: 'ringing', ...colleague })
    await desk.report({ state: 'talking', ...colleague })
    await desk.report({ state: 'canceled' })
    expect(desk.live.snapshot().cards).toMatchObject([
      { state: 'talking', answeredBy: '805', answeredByName: '王芳', mine: false },
    ])
    await desk.pass(9000)
    expect([desk.cards(), desk.missed, desk.live.snapshot().missedCount]).toEqual([[], [], 0])
  })
})

describe('phones and transfers', () => {
  it('knows which phones ring, and which call is on a phone', async () => {
    const desk = createDesk()
    await desk.report({ state: 'ringing' })
    await desk.report({ state: 'ringing', callId: 'c2', callee: '805' })
    expect([...desk.live.ringing().keys()]).toEqual(['802', '805'])
    expect(desk.live.ringing().get('802')).toMatchObject({ number: '13500000002' })
    await desk.report({ state: 'talking' })
    await desk.report({ state: 'ringing', callId: 'c3' })
    expect(desk.phones).toEqual(['802', '805', '802', '802'])
    expect(desk.live.liveCallOf('802')?.callId).toBe('c1@192.168.1.82')
    await desk.report({ state: 'hungup' })
    expect(desk.live.liveCallOf('802')?.callId).toBe('c3')
    expect(desk.live.liveCallOf('899')).toBeNull()
  })

  it('a blind transfer is one card and one call', async () => {
    const desk = createDesk()
    await desk.report({ state: 'talking' })
    await desk.report({ state: 'ringing', ...colleague })
    await desk.report({ state: 'hungup' })
    expect(desk.live.snapshot().cards).toMatchObject([
      { state: 'ringing', answeredBy: '802', callee: { number: '805' }, mine: false },
    ])
    await desk.pass(9000)
    expect(desk.cards()).toEqual(['c1 ringing'])
    await desk.report({ state: 'talking', ...colleague })
    await desk.pass(9000)
    expect([desk.cards(), desk.pops.length, desk.store.saved.size]).toEqual([[], 1, 1])
  })

  it('a transfer under a new id is linked, in whichever order the two were heard of', async () => {
    for (const reversed of [false, true]) {
      const desk = createDesk()
      desk.settings.scope = 'all'
      const now = desk.clock.now()
      const first = { state: 'talking' as const, callId: 'first', receivedAt: now }
      const second = {
        state: 'ringing' as const,
        callId: 'second',
        callee: '805',
        businessId: 'first',
        receivedAt: now + 5,
      }
      const third = { state: 'ringing' as const, callId: 'third', callee: '806', receivedAt: now + 9 }
      for (const event of reversed ? [third, second, first] : [first, second, third]) await desk.report(event)
      const links = Object.fromEntries(desk.live.snapshot().cards.map((call) => [call.callId, call.linkedCallId]))
      expect(links).toEqual({ first: null, second: 'first', third: 'first' })
      await desk.pass(200)
      expect(desk.live.list({}).rows.map((call) => call.linkedCallId)).toEqual(['first', 'first', null])
    }
  })
})

describe('calls whose end never came', () => {
  it('R10: ringing is closed after 90 s, talking after 2 h, both unconfirmed; a later report corrects it', async () => {
    const desk = createDesk()
    desk.settings.hideAfterSec = 0
    const startedAt = desk.clock.now()
    await desk.report({ state: 'ringing', callId: 'ghost' })
    await desk.report({ state: 'talking', callId: 'long' })
    await desk.pass(90_000)
    desk.live.sweep()
    expect(desk.live.byId('ghost')?.state).toBe('ringing')
    await desk.pass(100)
    desk.live.sweep()
    expect(desk.live.byId('ghost')).toMatchObject({ state: 'missed', unconfirmed: true, endedAt: startedAt + 90_000 })
    expect([...desk.live.ringing()]).toEqual([])
    await desk.report({ state: 'talking', callId: 'ghost' })
    expect(desk.live.byId('ghost')).toMatchObject({ state: 'talking', unconfirmed: false })
    desk.clock.advance(7_200_001)
    desk.live.sweep()
    for (const callId of ['ghost', 'long'])
      expect(desk.live.byId(callId)).toMatchObject({ state: 'hungup', unconfirmed: true })
    await desk.report({ state: 'hungup', callId: 'long' })
    expect(desk.live.byId('long')).toMatchObject({ unconfirmed: false, endedAt: desk.clock.now() })
  })

  it('R12: a wall clock that jumps a day closes nothing', async () => {
    const desk = createDesk()
    await desk.report({ state: 'talking' })
    desk.clock.jumpWall(86_400_000)
    desk.live.sweep()
    expect(desk.live.byId('c1@192.168.1.82')?.state).toBe('talking')
  })
})
