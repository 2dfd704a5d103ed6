import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClickCall, ClickNews } from '../../../main/core/calls/click-call.ts'
import type { InboxEvent } from '../../../main/core/calls/inbox-event.ts'
import { dayStart, popEvent } from './call-events.ts'
import { createDesk, type TestDesk } from './desk-of-calls.ts'

const number = '13500000002'
const click = (clickCallId = 'k1', more: Partial<ClickCall> = {}): ClickCall => ({
  ...{ clickCallId, connection: 'pbx', extension: '802', number },
  ...more,
})
const reported = (callId: string, changes: Partial<InboxEvent> & Pick<InboxEvent, 'state'>) =>
  popEvent({ callId, caller: '802', callee: number, businessId: `b-${callId}`, direction: 'outgoing', ...changes })

function tell(desk: TestDesk, news: ClickNews, one = click()): void {
  desk.live.clicked(one, news, desk.clock.now())
}
const shown = (desk: TestDesk) => desk.live.snapshot().cards.map(({ state, ringsHere }) => [state, ringsHere])

describe('a call dialled here', () => {
  it('has a card from the moment the PBX took it, which says whose telephone rings, and nothing pops', async () => {
    const desk = createDesk()
    tell(desk, 'idle')
    expect(desk.live.snapshot().cards).toMatchObject([
      {
        callId: 'k1',
        direction: 'outgoing',
        state: 'calling',
        mine: true,
        caller: { number: '802' },
        callee: { number },
      },
    ])
    const seen = [shown(desk)]
    for (const news of ['extension-ringing', 'number-ringing', 'talking', 'ended'] as const) {
      desk.clock.advance(1000)
      tell(desk, news)
      seen.push(shown(desk))
    }
    expect(seen.flat()).toEqual([
      ['calling', false],
      ['calling', true],
      ['ringing', false],
      ['talking', false],
      ['hungup', false],
    ])
    expect(desk.pops).toEqual([])
    await desk.pass(8100)
    expect(desk.cards()).toEqual([])
    expect(desk.missed).toEqual([])
  })

  it('that nobody takes is no missed call; a talk that no poll saw beginning is one all the same', async () => {
    const desk = createDesk()
    for (const news of ['idle', 'extension-ringing', 'ended'] as const) tell(desk, news)
    for (const news of ['idle', 'talking', 'ended'] as const) tell(desk, news, click('k2'))
    expect(desk.cards()).toEqual(['k1 missed', 'k2 hungup'])
    await desk.pass(5000)
    expect(desk.live.snapshot().missedCount).toBe(0)
    expect(desk.missed).toEqual([])
  })

  it('is written once it talks or is over: until then the PBX may report it under its own id', async () => {
    const desk = createDesk()
    for (const news of ['idle', 'extension-ringing', 'number-ringing'] as const) tell(desk, news)
    await desk.pass(500)
    expect(desk.store.saved.size).toBe(0)
    tell(desk, 'talking')
    await desk.pass(500)
    expect([...desk.store.saved.keys()]).toEqual(['k1'])
  })

  it('an inside call rings the colleague on the board, never my own tile', () => {
    const desk = createDesk()
    const inside = click('k1', { number: '805' })
    tell(desk, 'extension-ringing', inside)
    expect([...desk.live.ringing().keys()]).toEqual([])
    tell(desk, 'number-ringing', inside)
    expect([...desk.live.ringing().keys()]).toEqual(['805'])
    expect(desk.live.snapshot().cards[0]?.direction).toBe('internal')
  })
})

describe('when the PBX reports it too', () => {
  it('is one call, with the id of the PBX, and whoever knows something first is believed', async () => {
    const desk = createDesk()
    tell(desk, 'idle')
    desk.clock.advance(300)
    await desk.report(reported('w1', { state: 'calling', receivedAt: desk.clock.now() }))
    expect(desk.cards()).toEqual(['w1 calling'])
    expect(desk.live.clickCallIdOf('w1')).toBe('k1')
    tell(desk, 'extension-ringing')
    expect(shown(desk)).toEqual([['calling', true]])
    tell(desk, 'talking')
    expect(desk.cards()).toEqual(['w1 talking'])
    expect(desk.live.liveCallOf('802')?.callId).toBe('w1')
    await desk.report(reported('w1', { state: 'hungup', receivedAt: desk.clock.now() }))
    expect(desk.cards()).toEqual(['w1 hungup'])
    expect(desk.live.openClicks()).toEqual([])
    await desk.pass(500)
    expect([...desk.store.saved.keys()]).toEqual(['w1'])
    desk.live.dismiss('w1')
    expect(desk.cards()).toEqual([])
  })

  it('the outside number may be spelled otherwise; another number, another caller or a later call is another call', async () => {
    const desk = createDesk()
    tell(desk, 'talking', click('k1', { number: '0135000' + '00002' }))
    await desk.report(reported('same', { state: 'calling', receivedAt: desk.clock.now() }))
    expect(desk.live.clickCallIdOf('same')).toBe('k1')
    await desk.report(reported('number', { state: 'calling', callee: '13800000001', receivedAt: desk.clock.now() }))
    await desk.report(reported('caller', { state: 'calling', caller: '805', receivedAt: desk.clock.now() }))
    tell(desk, 'ended', click('k1', { number: '0135000' + '00002' }))
    desk.clock.advance(1)
    await desk.report(reported('later', { state: 'calling', receivedAt: desk.clock.now() }))
    expect(['number', 'caller', 'later'].map((id) => desk.live.clickCallIdOf(id))).toEqual([null, null, null])
  })

  /** What a page may know of these calls. */
  const known = (desk: TestDesk, ids: string[]) => ids.map((id) => [desk.live.byId(id), desk.live.clickCallIdOf(id)])
  const news = fc.constantFrom<ClickNews>('idle', 'extension-ringing', 'number-ringing', 'talking', 'ended')
  const states = fc.constantFrom<InboxEvent['state']>('calling', 'ringing', 'talking', 'canceled', 'hungup')
  const at = fc.nat(60_000).map((ms) => dayStart + ms)
  const anyTold = fc.oneof(
    fc.record({ key: fc.constantFrom('k1', 'k2'), news, at }),
    fc.record({
      event: fc
        .record({
          callId: fc.constantFrom('w1', 'w2'),
          state: states,
          businessId: fc.constantFrom('maincall', 'b1'),
          callee: fc.constantFrom(number, `0${number}`, '805'),
          receivedAt: at,
        })
        .map((fields) => popEvent({ caller: '802', direction: 'outgoing', ...fields })),
    }),
  )
  type Told = { key: string; news: ClickNews; at: number } | { event: InboxEvent }

  it('any order and any repetition of answers and reports gives the same calls, and never two cards of one', () => {
    const play = (told: readonly Told[]) => {
      const desk = createDesk()
      for (const one of told) {
        if ('event' in one) desk.live.receive({ ...one.event }, desk.clock.mono())
        else desk.live.clicked(click(one.key), one.news, one.at)
        const cards = desk.live.snapshot().cards.map(({ callId }) => callId)
        const keys = cards.map((callId) => desk.live.clickCallIdOf(callId) ?? callId)
        expect(new Set(keys).size).toBe(cards.length)
      }
      const calls = known(desk, ['k1', 'k2', 'w1', 'w2'])
      desk.live.stop()
      return calls
    }
    fc.assert(
      fc.property(
        fc.array(anyTold, { minLength: 1, maxLength: 14 }).chain((told) =>
          fc.tuple(
            fc.constant(told),
            fc.shuffledSubarray([...told, ...told.slice(0, 4)], {
              minLength: told.length + Math.min(4, told.length),
            }),
          ),
        ),
        ([told, shuffled]) => {
          expect(play(shuffled as Told[])).toEqual(play(told as Told[]))
        },
      ),
      { numRuns: 600 },
    )
  }, 60_000)
})
