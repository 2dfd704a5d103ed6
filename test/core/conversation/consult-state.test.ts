import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blockOf,
  type ConsultEvent,
  type ConsultState,
  checkForMs,
  silentAfterMs,
  startConsult,
  stepConsult,
} from '../../../main/core/conversation/consult-state.ts'
import type { ConsultCommand, ErrorCode, Problem } from '../../../preload/contract/index.ts'

const problem = (code: ErrorCode): Problem => ({ code, details: {} })
const commands = ['put-through', 'three-way', 'back'] as const

/** Events at given monotonic times, from a fresh consultation; everything that was sent. */
function play(...events: (ConsultEvent | [number, ConsultEvent])[]): { state: ConsultState; sent: ConsultCommand[] } {
  let mono = 0
  let state = startConsult({ now: 1000, mono })
  const sent: ConsultCommand[] = []
  for (const one of events) {
    const [at, event] = Array.isArray(one) ? one : [mono, one]
    mono = at
    const step = stepConsult(state, event, { now: 1000 + mono, mono })
    state = step.state
    if (step.send) sent.push(step.send)
  }
  return { state, sent }
}

const accepted: ConsultEvent = { kind: 'accepted' }
const third = (state: 'trying' | 'ringing' | 'answered' | 'refused'): ConsultEvent => ({ kind: 'third', state })
const press = (command: ConsultCommand): ConsultEvent => ({ kind: 'press', command })
const unclear: ConsultEvent = { kind: 'unclear', problem: problem('timeout') }
const refused: ConsultEvent = { kind: 'refused', problem: problem('no-call') }
const notFound: ConsultEvent = { kind: 'not-found' }

describe('the third party', () => {
  it.each([
    ['calling', [accepted], ['calling', 'calling', null]],
    ['calling', [accepted, third('trying')], ['calling', 'calling', null]],
    ['ringing', [accepted, third('trying'), third('ringing')], [null, null, null]],
    ['answered', [accepted, third('ringing'), third('answered')], [null, null, null]],
    ['refused', [accepted, third('ringing'), third('refused')], ['refused', 'refused', null]],
    ['answered', [accepted, third('answered'), notFound], [null, null, null]],
    ['gone', [accepted, third('answered'), notFound, notFound], ['gone', 'gone', null]],
    ['answered', [accepted, third('answered'), notFound, third('answered'), notFound], [null, null, null]],
    ['unknown', [accepted, [silentAfterMs + 1, { kind: 'missed' }]], [null, null, null]],
    ['unknown', [accepted, [silentAfterMs + 1, third('trying')]], [null, null, null]],
    ['unknown', [accepted, third('answered'), [silentAfterMs + 1, { kind: 'tick' }]], [null, null, null]],
    ['refused', [accepted, third('refused'), [silentAfterMs + 1, { kind: 'tick' }]], ['refused', 'refused', null]],
    ['ringing', [accepted, [silentAfterMs + 1, { kind: 'missed' }], third('ringing')], [null, null, null]],
  ] as [ConsultState['third'], (ConsultEvent | [number, ConsultEvent])[], (string | null)[]][])(
    'is %s, and the buttons follow (%#)',
    (expected, events, blocks) => {
      const { state } = play(...events)
      expect([state.phase, state.third]).toEqual(['open', expected])
      expect(commands.map((command) => blockOf(state, command))).toEqual(blocks)
    },
  )
})

describe('endings', () => {
  const talking = [accepted, third('answered')] as const
  it.each<[string, boolean, (ConsultEvent | [number, ConsultEvent])[]]>([
    ['put-through', false, [...talking, press('put-through'), accepted]],
    ['put-through', false, [...talking, press('put-through'), { kind: 'call-moved' }, accepted]],
    ['put-through', false, [...talking, press('put-through'), { kind: 'call-ended' }, accepted]],
    ['put-through', true, [...talking, press('put-through'), { kind: 'call-moved' }, unclear]],
    ['put-through', true, [...talking, press('put-through'), unclear, notFound]],
    ['put-through', true, [...talking, press('put-through'), unclear, { kind: 'call-moved' }]],
    ['three-way', false, [...talking, press('three-way'), { kind: 'call-ended' }, accepted]],
    ['three-way', true, [...talking, press('three-way'), unclear, notFound]],
    ['back', false, [accepted, third('refused'), press('back'), accepted]],
    ['back', true, [...talking, press('back'), unclear, notFound]],
    ['back', false, [press('back'), accepted, accepted]],
    ['not-started', false, [press('back'), refused]],
    ['not-started', false, [press('back'), unclear, refused, notFound, notFound]],
    ['caller-left', false, [press('back'), accepted, { kind: 'call-ended' }, accepted]],
    ['not-started', false, [refused]],
    ['not-started', false, [unclear, notFound, notFound]],
    ['caller-left', false, [{ kind: 'call-ended' }, accepted]],
    ['caller-left', false, [...talking, { kind: 'call-ended' }]],
    ['caller-left', false, [...talking, press('back'), { kind: 'call-ended' }, accepted]],
    ['caller-left', false, [...talking, press('put-through'), { kind: 'call-ended' }, refused]],
    ['caller-left', false, [...talking, press('back'), unclear, { kind: 'call-ended' }]],
    ['moved', false, [...talking, { kind: 'call-moved' }]],
    ['moved', false, [...talking, press('three-way'), { kind: 'call-moved' }, refused]],
    ['moved', false, [...talking, press('back'), unclear, { kind: 'call-moved' }]],
    ['over', false, [...talking, notFound, notFound, press('back'), refused]],
    ['over', false, [...talking, notFound, notFound, { kind: 'dismiss' }]],
    ['over', false, [...talking, press('put-through'), { kind: 'call-ended' }, unclear]],
    ['over', false, [...talking, press('put-through'), unclear, { kind: 'call-ended' }]],
  ])('%s (assumed: %s, %#)', (outcome, assumed, events) => {
    const { state } = play(...events)
    expect(state).toMatchObject({ phase: 'ended', outcome, assumed })
  })
})

describe('a command that fails', () => {
  const talking = [accepted, third('answered')] as const

  it('refused: nothing happened, the buttons are back', () => {
    const { state, sent } = play(...talking, press('put-through'), refused)
    expect(state).toMatchObject({ phase: 'open', third: 'answered', trouble: { what: 'put-through', done: 'no' } })
    expect(sent).toEqual(['put-through'])
    expect(play(...talking, press('put-through'), refused, press('put-through')).sent).toHaveLength(2)
  })

  it('answer lost: the PBX is asked, never told a second time; it still has the consultation, so nothing happened', () => {
    const checking = play(...talking, press('three-way'), unclear, press('three-way'), press('back'))
    expect(checking.state).toMatchObject({ phase: 'checking', trouble: { done: 'unknown' } })
    expect(checking.sent).toEqual(['three-way'])
    const { state } = play(...talking, press('three-way'), unclear, third('trying'), third('answered'))
    expect(state).toMatchObject({ phase: 'open', third: 'answered', trouble: { what: 'three-way', done: 'no' } })
  })

  it('answer lost and nobody answers the questions either: says so, and lets the person decide', () => {
    const { state } = play(
      ...talking,
      press('back'),
      unclear,
      [checkForMs - 1, { kind: 'missed' }],
      [checkForMs, { kind: 'tick' }],
    )
    expect(state).toMatchObject({ phase: 'open', third: 'unknown', trouble: { what: 'back', done: 'unknown' } })
    expect(commands.map((command) => blockOf(state, command))).toEqual([null, null, null])
  })

  it('back before the PBX has answered is kept, and sent once when it has; the two others are not', () => {
    expect(play(press('back'), press('back'), press('three-way')).sent).toEqual([])
    expect(play(press('back'), press('back')).state).toMatchObject({ phase: 'starting', command: 'back' })
    expect(play(press('back'), accepted).sent).toEqual(['back'])
    expect(play(press('back'), unclear).sent).toEqual(['back'])
    expect(play(press('back'), refused).sent).toEqual([])
    expect(play(press('put-through'), accepted)).toMatchObject({ sent: [], state: { phase: 'open' } })
  })

  it('a start whose answer was lost is proven by the first state of the third party', () => {
    expect(play(unclear).state).toMatchObject({ phase: 'open', third: 'unknown', trouble: { what: 'start' } })
    expect(play(unclear, third('ringing')).state).toMatchObject({ third: 'ringing', trouble: null, confirmed: true })
    expect(play(unclear, third('ringing'), notFound, notFound).state.third).toBe('gone')
  })
})

const anyEvent: fc.Arbitrary<ConsultEvent> = fc.oneof(
  fc.constantFrom(...commands).map((command): ConsultEvent => ({ kind: 'press', command })),
  fc.constantFrom('trying', 'ringing', 'answered', 'refused').map((state) => third(state as 'ringing')),
  fc.constantFrom<ConsultEvent>(
    accepted,
    refused,
    unclear,
    notFound,
    { kind: 'missed' },
    { kind: 'tick' },
    { kind: 'dismiss' },
  ),
  // Rarely: they end the story.
  fc.nat(19).map((n): ConsultEvent => ({ kind: n === 0 ? 'call-ended' : n === 1 ? 'call-moved' : 'missed' })),
)
const story = fc.array(fc.tuple(fc.nat(4000), anyEvent), { maxLength: 60 })

describe('whatever happens, in any order', () => {
  it('nothing is sent without a press, nor while an answer is open, nor after the end', () => {
    fc.assert(
      fc.property(story, (events) => {
        let mono = 0
        let state = startConsult({ now: 0, mono: 0 })
        for (const [gapMs, event] of events) {
          mono += gapMs
          const before = state
          const step = stepConsult(before, event, { now: mono, mono })
          state = step.state
          if (step.send) {
            if (before.phase === 'starting') expect(before.command).toBe(step.send)
            else expect([before.phase, event]).toEqual(['open', { kind: 'press', command: step.send }])
            expect([state.phase, state.command]).toEqual(['sending', step.send])
          }
          if (before.phase === 'ended') expect(state).toBe(before)
          if (before.phase === 'sending' && state.phase !== 'sending')
            expect(['accepted', 'refused', 'unclear']).toContain(event.kind)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('there is always a way on: open = back can be pressed and is sent; all else ends by an answer or by time', () => {
    fc.assert(
      fc.property(story, (events) => {
        const { state } = play(...timed(events))
        const at = { now: 1e9, mono: 1e9 }
        if (state.phase === 'open') {
          expect(stepConsult(state, press('back'), at)).toMatchObject({ send: 'back', state: { phase: 'sending' } })
        } else if (state.phase === 'checking') {
          expect(stepConsult(state, { kind: 'tick' }, at).state.phase).toBe('open')
        } else if (state.phase !== 'ended') {
          // The PBX's own time limit brings one of these.
          for (const answer of [accepted, refused, unclear])
            expect(stepConsult(state, answer, at).state.phase).not.toBe(state.phase)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('the caller is never lost without a word', () => {
    fc.assert(
      fc.property(story, fc.constantFrom('call-ended', 'call-moved'), (events, kind) => {
        const { state: before } = play(...timed(events))
        fc.pre(before.phase !== 'ended')
        let { state } = stepConsult(before, { kind: kind as 'call-ended' }, { now: 1e9, mono: 1e9 })
        if (state.phase === 'sending') state = stepConsult(state, refused, { now: 1e9, mono: 1e9 }).state
        expect(state.phase).toBe('ended')
        expect(state.outcome).not.toBeNull()
        // Only a call that left us may be called put through, and only when that was wanted.
        if (state.outcome === 'put-through') expect([before.command, kind]).toEqual(['put-through', 'call-moved'])
        expect(state.outcome).not.toBe('back')
      }),
      { numRuns: 1000 },
    )
  })

  it('a trouble that says "nothing happened" is never about a command that did', () => {
    fc.assert(
      fc.property(story, (events) => {
        const { state } = play(...timed(events))
        if (state.phase === 'ended' && state.assumed) expect(state.trouble).toBeNull()
        if (state.outcome !== null) expect(state.phase).toBe('ended')
        if (state.phase === 'starting') expect([null, 'back']).toContain(state.command)
        else expect(state.command !== null).toBe(state.phase === 'sending' || state.phase === 'checking')
      }),
    )
  })
})

function timed(events: readonly (readonly [number, ConsultEvent])[]): [number, ConsultEvent][] {
  let mono = 0
  return events.map(([gapMs, event]) => {
    mono += gapMs
    return [mono, event]
  })
}
