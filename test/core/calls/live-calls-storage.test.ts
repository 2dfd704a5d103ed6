import { describe, expect, it } from 'vitest'
import type { InboxEvent } from '../../../main/core/calls/inbox-event.ts'
import type { ExtensionState } from '../../../main/core/ports/index.ts'
import { ownMs } from '../../own-time.ts'
import { createDesk } from './desk-of-calls.ts'
import { settle } from './manual-clock.ts'

/** A phone as a poll shows it: 802 with the caller of `popEvent`, unless told otherwise. */
const phone = (changes: Partial<ExtensionState> = {}): ExtensionState => ({
  extension: '802',
  name: '',
  registered: true,
  phone: 'talking',
  direction: 'incoming',
  presence: 'online',
  remoteNumber: '13500000002',
  missedCount: 0,
  ...changes,
})

/** A desk that was started again while `open` was talking and `rings` was ringing. */
async function restarted(talking: Partial<InboxEvent> = {}) {
  const before = createDesk()
  await before.report({ state: 'ringing', callId: 'open', ...talking })
  await before.report({ state: 'talking', callId: 'open', ...talking })
  await before.report({ state: 'ringing', callId: 'rings', caller: '13700000001' })
  await before.pass(500)
  const desk = createDesk(before.store, before.clock)
  await desk.live.restore()
  return desk
}

const colleague = { callee: '805', businessId: 'b2', group: '3001' }

describe('a restart', () => {
  it('R17: folds what was stored but not folded, takes up what was open, pops nothing', async () => {
    const before = createDesk()
    await before.report({ state: 'ringing', callId: 'open' })
    await before.pass(500)
    await before.report({ state: 'talking', callId: 'open' })
    await before.report({ state: 'ringing', callId: 'unfolded' })
    const desk = createDesk(before.store, before.clock)
    await desk.live.restore()
    expect([desk.pops, desk.missed, desk.cards()]).toEqual([[], [], []])
    expect(desk.store.saved.size).toBe(2)
    expect(desk.store.foldedThrough).toBe(3)
    expect(desk.store.inbox.unfolded()).toEqual([])
    expect(desk.live.liveCallOf('802')).toMatchObject({ callId: 'open', state: 'talking' })
    expect([...desk.live.ringing().keys()]).toEqual(['802'])
    await desk.report({ state: 'talking', callId: 'unfolded' })
    expect(desk.pops.map((call) => call.callId)).toEqual(['unfolded'])
  })

  it('gives a call its card back that the first poll proves to be talking, and pops nothing', async () => {
    const desk = await restarted()
    desk.live.polled('other-pbx', [phone()])
    expect(desk.cards()).toEqual([])
    desk.live.polled('pbx', [phone({ remoteNumber: '+8613500000002' }), phone({ extension: '805', phone: 'idle' })])
    expect(desk.cards()).toEqual(['open talking'])
    await desk.report({ state: 'talking', callId: 'open' })
    desk.live.popShown('open')
    expect([desk.pops, desk.missed, desk.live.popLatency().count]).toEqual([[], [], 0])
    await desk.report({ state: 'hungup', callId: 'open' })
    await desk.pass(10_000)
    expect(desk.cards()).toEqual([])
  })

  it.each([
    ['my phone is idle', [phone({ phone: 'idle', remoteNumber: null })]],
    ['my phone talks with somebody else', [phone({ remoteNumber: '13900000009' })]],
    ['the PBX does not say with whom', [phone({ remoteNumber: null })]],
    ['a colleague talks with the caller', [phone({ extension: '805' })]],
    ['my phone is not on the board', []],
  ])('no ghost: %s, and no later poll brings the card', async (_what, phones) => {
    const desk = await restarted()
    desk.live.polled('pbx', phones)
    desk.live.polled('pbx', [phone()])
    expect(desk.cards()).toEqual([])
  })

  it('a ringing call gets no card from a poll', async () => {
    const desk = await restarted()
    desk.live.polled('pbx', [phone({ remoteNumber: '13700000001' })])
    expect([desk.cards(), desk.pops]).toEqual([[], []])
  })

  it('a call that I dialled is proven by my own phone', async () => {
    const desk = await restarted({ caller: '802', callee: '13500000002' })
    desk.live.polled('pbx', [phone({ direction: 'outgoing' })])
    expect(desk.cards()).toEqual(['open talking'])
  })

  it("a colleague's call counts where my groups' calls pop, and only there", async () => {
    for (const [scope, cards] of [
      ['extension', []],
      ['groups', ['open talking']],
    ] as const) {
      const desk = await restarted(colleague)
      desk.settings.scope = scope
      desk.settings.groups = ['3001']
      desk.live.polled('pbx', [phone({ extension: '805' })])
      expect(desk.cards(), scope).toEqual(cards)
    }
  })

  it('closes what rang days ago', async () => {
    const before = createDesk()
    await before.report({ state: 'ringing' })
    await before.pass(500)
    before.clock.advance(2 * 86_400_000)
    const desk = createDesk(before.store, before.clock)
    await desk.live.restore()
    expect(desk.live.byId('c1@192.168.1.82')).toMatchObject({ state: 'missed', unconfirmed: true })
    await desk.pass(5000)
    expect(desk.missed).toEqual([])
    expect(desk.live.snapshot().missedCount).toBe(1)
  })

  it('forgets a connection', async () => {
    const desk = createDesk()
    await desk.report({ state: 'ringing', callId: 'demo', connection: 'demo' })
    await desk.report({ state: 'ringing', callId: 'real' })
    await desk.live.purge('demo')
    await desk.pass(1000)
    expect([desk.cards(), [...desk.store.saved.keys()], desk.live.ringing().size]).toEqual([
      ['real ringing'],
      ['real'],
      1,
    ])
  })
})

describe('storage', () => {
  it('R13: with a full disk the call pops and lives; everything is written when there is room again', async () => {
    const desk = createDesk()
    desk.store.full = true
    await desk.report({ state: 'ringing' })
    await desk.report({ state: 'canceled' })
    await desk.pass(5000)
    expect([desk.pops.length, desk.store.rows.length, desk.store.saved.size]).toEqual([1, 0, 0])
    expect(desk.live.snapshot()).toMatchObject({ missedCount: 1, cards: [{ state: 'missed' }] })
    desk.store.full = false
    await desk.pass(30_000)
    expect(desk.store.rows.map((row) => row.state)).toEqual(['ringing', 'canceled'])
    expect(desk.store.saved.size).toBe(1)
    expect(desk.live.snapshot().missedCount).toBe(1)
  })

  it('R13: an unreadable file does not keep a call from popping, nor is the stored part of it overwritten', async () => {
    const before = createDesk()
    await before.report({ state: 'ringing', ...colleague })
    await before.pass(500)
    const desk = createDesk(before.store, before.clock)
    desk.store.unreadable = true
    await desk.report({ state: 'ringing' })
    expect(desk.pops).toMatchObject([{ legs: [{ extension: '802' }] }])
    expect(desk.live.snapshot().cards).toHaveLength(1)
    desk.store.unreadable = false
    await desk.pass(500)
    expect(
      desk.store.saved
        .get('c1@192.168.1.82')
        ?.legs.map((leg) => leg.extension)
        .sort(),
    ).toEqual(['802', '805'])
  })

  it('R13: nothing is written over a call that cannot be read, not even at the end', async () => {
    const before = createDesk()
    await before.report({ state: 'ringing', ...colleague })
    await before.pass(500)
    const desk = createDesk(before.store, before.clock)
    const storedLegs = () => desk.store.saved.get('c1@192.168.1.82')?.legs.map((leg) => leg.extension)
    desk.store.unreadable = true
    await desk.report({ state: 'ringing' })
    await desk.pass(5000)
    expect([storedLegs(), desk.store.foldedThrough]).toEqual([['805'], 1])
    expect(desk.lines.filter((line) => line.includes('calls-not-saved'))).toHaveLength(1)
    desk.live.stop()
    await settle()
    expect([storedLegs(), desk.store.foldedThrough]).toEqual([['805'], 1])
    desk.store.unreadable = false
    const next = createDesk(desk.store, desk.clock)
    await next.live.restore()
    expect([storedLegs()?.sort(), desk.store.foldedThrough]).toEqual([['802', '805'], 2])
  })

  it('R13: at most 5,000 events are kept, the newest ones', async () => {
    const desk = createDesk()
    desk.settings.scope = 'all'
    desk.store.full = true
    for (let count = 0; count < 5010; count += 1)
      await desk.report({ state: 'ringing', callId: `c${count}`, caller: `135${count}` })
    desk.store.full = false
    await desk.pass(120_000)
    expect(desk.store.rows).toHaveLength(5000)
    expect(desk.store.rows[0]?.callId).toBe('c10')
    expect(desk.lines.join()).toContain('"dropped":10')
  })

  it('R22: a burst of 10,000 events is written in few batches, marked as folded to the end, and shows 50 cards', async () => {
    const desk = createDesk()
    const startedAt = ownMs()
    for (let count = 0; count < 10_000; count += 1) {
      const callId = `c${Math.floor(count / 4)}`
      await desk.report({
        state: (['calling', 'ringing', 'talking', 'hungup'] as const)[count % 4]!,
        callId,
        caller: `135${callId}`,
      })
      if (count % 500 === 0) await desk.pass(50)
    }
    await desk.pass(3000)
    expect(ownMs() - startedAt).toBeLessThan(10_000)
    expect(desk.store.saved.size).toBe(2500)
    expect(desk.store.saves.length).toBeLessThan(60)
    expect(desk.store.foldedThrough).toBe(10_000)
    expect(desk.live.snapshot().cards).toHaveLength(50)
    expect(desk.pops).toHaveLength(2500)
    await desk.pass(10_000)
    desk.live.sweep()
    await settle()
    expect(desk.live.snapshot().cards).toHaveLength(0)
  })

  it('stopping writes what is still unwritten', async () => {
    const desk = createDesk()
    await desk.report({ state: 'ringing' })
    desk.live.stop()
    await settle()
    expect([desk.store.saved.size, desk.store.foldedThrough]).toEqual([1, 1])
  })
})
