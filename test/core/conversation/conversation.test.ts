import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../../main/core/errors.ts'
import type { ErrorCode } from '../../../preload/contract/index.ts'
import { settle } from '../calls/manual-clock.ts'
import { call, createDesk, party } from './desk-of-conversations.ts'

let desk: ReturnType<typeof createDesk>
beforeEach(() => {
  desk = createDesk()
})
const fails = (code: ErrorCode, reason?: string) => ({
  code,
  ...(reason === undefined ? {} : { details: expect.objectContaining({ reason }) }),
})

describe('consult', () => {
  it('asks once, follows the third party, and stops asking when it is over', async () => {
    await desk.desk.consult({ target: '806' })
    expect(desk.consult()).toMatchObject({ callId: 'c1', phase: 'open', target: { name: '赵磊' }, third: 'ringing' })
    desk.world.third = 'answered'
    await desk.pass(1000)
    expect(desk.consult()).toMatchObject({ third: 'answered', blocked: { 'put-through': null, back: null } })
    expect(desk.isConsulting('c1')).toBe(true)
    await desk.desk.finish({ callId: 'c1', command: 'put-through' })
    expect(desk.consult()).toMatchObject({ phase: 'ended', outcome: 'put-through', assumed: false })
    expect(desk.isConsulting('c1')).toBe(false)
    expect(desk.asked).toEqual([
      ['call', { extension: '802', target: '806' }],
      ['transfer', { extension: '802' }],
    ])
    const { polls } = desk.world
    await desk.pass(5000)
    expect(desk.world.polls).toBe(polls)
    expect(desk.consult()).not.toBeNull()
    await desk.pass(6000)
    expect(desk.consult()).toBeNull()
  })

  it('dials outside numbers as any other, and logs no whole number', async () => {
    await desk.desk.consult({ target: ' +86 138-0000-0417 ' })
    expect(desk.asked).toEqual([['call', { extension: '802', target: '913800000417' }]])
    expect(JSON.stringify(desk.log.lines)).not.toMatch(/13800000417|13500000002/)
  })

  it.each([
    ['my own extension', { target: '802' }, {}, fails('bad-request', 'this is your own extension')],
    ['no number', { target: '转' }, {}, fails('bad-request')],
    ['another call', { callId: 'c9', target: '806' }, {}, fails('no-call')],
    ['a call that rings', { target: '806' }, { call: call({ mine: true }, 'ringing') }, fails('no-call')],
    [
      'a call that I made',
      { target: '806' },
      { call: call({ direction: 'outgoing', caller: party('802'), callee: party('13500000002'), legs: [] }) },
      fails('no-call', 'call-not-incoming'),
    ],
  ])('refuses %s before anything is sent', async (_what, input, world, error) => {
    Object.assign(desk.world, world)
    await expect(desk.desk.consult(input)).rejects.toMatchObject(error)
    expect(desk.asked).toEqual([])
    expect(desk.consult()).toBeNull()
  })

  it('a refused start is told to who asked, and leaves nothing behind', async () => {
    desk.world.fails.set('call', ['no-call'])
    await expect(desk.desk.consult({ target: '806' })).rejects.toMatchObject(fails('no-call'))
    expect(desk.consult()).toBeNull()
    await desk.desk.consult({ target: '806' })
    expect(desk.consult()?.phase).toBe('open')
  })

  it('only one at a time; a press that makes no sense is refused, one that repeats itself does nothing', async () => {
    await desk.desk.consult({ target: '806' })
    await expect(desk.desk.consult({ target: '805' })).rejects.toMatchObject(fails('conflict', 'consult-under-way'))
    await expect(desk.desk.finish({ callId: 'c9', command: 'back' })).rejects.toMatchObject(fails('no-call'))
    desk.world.fails.set('resume', ['later'])
    const first = desk.desk.finish({ callId: 'c1', command: 'back' })
    await desk.desk.finish({ callId: 'c1', command: 'back' })
    await expect(desk.desk.finish({ callId: 'c1', command: 'put-through' })).rejects.toMatchObject(
      fails('conflict', 'consult-sending'),
    )
    desk.world.answers[0]?.()
    await first
    expect(desk.asked.filter(([what]) => what !== 'call')).toEqual([['resume', { extension: '802' }]])
    expect(desk.consult()?.outcome).toBe('back')
    await expect(desk.desk.finish({ callId: 'c1', command: 'back' })).rejects.toMatchObject(fails('no-call'))
    desk.desk.dismiss({ callId: 'c1' })
    expect(desk.consult()).toBeNull()
  })

  it('back before the PBX has answered the start: sent once it has', async () => {
    desk.world.fails.set('call', ['later'])
    const start = desk.desk.consult({ target: '806' })
    expect(desk.consult()).toMatchObject({ phase: 'starting', blocked: { back: null, 'three-way': 'starting' } })
    await desk.desk.finish({ callId: 'c1', command: 'back' })
    await desk.desk.finish({ callId: 'c1', command: 'back' })
    expect(desk.consult()).toMatchObject({ phase: 'starting', command: 'back', blocked: { back: 'starting' } })
    desk.world.answers[0]?.()
    await start
    expect(desk.consult()?.outcome).toBe('back')
    expect(desk.asked.map(([what]) => what)).toEqual(['call', 'resume'])
  })

  it('the caller hangs up, or is taken by somebody else: said at once, and nothing is asked any more', async () => {
    await desk.desk.consult({ target: '806' })
    await desk.becomes(call({}, 'hungup'))
    expect(desk.consult()).toMatchObject({ outcome: 'caller-left', caller: { number: '13500000002' } })
    const { polls } = desk.world
    await desk.pass(5000)
    expect(desk.world.polls).toBe(polls)
    desk = createDesk()
    await desk.desk.consult({ target: '806' })
    const elsewhere = call({
      legs: [{ extension: '805', name: null, businessId: 'b2', group: null, state: 'talking' }],
    })
    await desk.becomes(elsewhere)
    expect(desk.consult()?.outcome).toBe('moved')
  })

  it('an answer from before a command says nothing about it', async () => {
    await desk.desk.consult({ target: '806' })
    desk.world.fails.set('transfer', ['timeout'])
    desk.world.third = 'answered'
    await desk.pass(1000)
    // Lost on its way; asked afterwards, the PBX does not know of a consultation: it was done.
    desk.world.third = 'no-call'
    await desk.desk.finish({ callId: 'c1', command: 'put-through' })
    await desk.pass(1000)
    expect(desk.consult()).toMatchObject({ outcome: 'put-through', assumed: true })
    expect(desk.asked.filter(([what]) => what === 'transfer')).toHaveLength(1)
  })

  it('after a restart the one that goes on is found by asking once; none is the usual answer', async () => {
    desk.world.third = 'no-call'
    await desk.recover(call())
    expect(desk.consult()).toBeNull()
    desk.world.third = 'answered'
    await desk.recover(call())
    expect(desk.consult()).toMatchObject({ phase: 'open', third: 'answered', target: null, blocked: { back: null } })
    await desk.desk.finish({ callId: 'c1', command: 'back' })
    expect(desk.asked).toEqual([['resume', { extension: '802' }]])
  })

  it('whatever the PBX and the people do: never two commands at once, never one without a press', async () => {
    const step = fc.oneof(
      fc.constantFrom('put-through', 'three-way', 'back').map((press) => ({ press })),
      fc
        .constantFrom('trying', 'ringing', 'answered', 'refused', 'no-call', 'silence', 'server-error')
        .map((third) => ({ third })),
      fc.constantFrom('ok', 'no-call', 'timeout', 'server-error').map((answer) => ({ answer })),
      fc.nat(4000).map((pass) => ({ pass })),
      fc.nat(9).map((n) => (n === 0 ? { call: 'hungup' as const } : { pass: 300 })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const one = createDesk()
        for (const what of ['transfer', 'conference', 'resume']) one.world.fails.set(what, Array(30).fill('later'))
        await one.desk.consult({ target: '806' })
        const sent = () => one.asked.length - 1
        let taken = 0
        for (const what of steps) {
          if ('press' in what) {
            const before = sent()
            const open = one.consult()?.phase === 'open' && one.consult()?.blocked[what.press as 'back'] === null
            Promise.resolve(one.desk.finish({ callId: 'c1', command: what.press as 'back' })).catch(() => undefined)
            await settle()
            expect(sent() - before).toBe(open ? 1 : 0)
            taken += sent() - before
          } else if ('third' in what) one.world.third = what.third as 'ringing'
          else if ('answer' in what) {
            const answer = one.world.answers.shift()
            answer?.(what.answer === 'ok' ? undefined : new CoreError(what.answer as ErrorCode))
            await settle()
          } else if ('call' in what) await one.becomes(call({}, 'hungup'))
          else await one.pass(what.pass)
          expect(one.world.answers.length).toBeLessThanOrEqual(1)
          expect(sent()).toBe(taken)
        }
        // Left alone, with an answer to what is open, it can be ended or has ended.
        one.world.answers.shift()?.(new CoreError('no-call'))
        await one.pass(10_000)
        const consult = one.consult()
        if (consult && consult.phase !== 'ended')
          expect(consult).toMatchObject({ phase: 'open', blocked: { back: null } })
        one.stop()
      }),
      { numRuns: 120 },
    )
  })
})

describe('conference', () => {
  it('is created with the two numbers of the call, then joined by the caller’s number', async () => {
    expect(await desk.desk.invite({ target: '806' })).toEqual({ display: '806', name: '赵磊' })
    await desk.desk.invite({ target: '13800000417' })
    expect(desk.asked).toEqual([
      ['create', { caller: '13500000002', callee: '802', target: '806' }],
      ['join', { caller: '13500000002', target: '913800000417' }],
    ])
    expect(desk.snapshot().conferences[0]?.members.map(({ party, evidence }) => [party.number, evidence])).toEqual([
      ['13500000002', 'call'],
      ['802', 'call'],
      ['806', 'asked'],
      ['913800000417', 'asked'],
    ])
  })

  it('of a call that I made: the number that I called stands second', async () => {
    desk.world.call = call({
      direction: 'outgoing',
      caller: party('802'),
      callee: party('13500000002'),
      legs: [{ extension: '13500000002', name: null, businessId: 'b', group: null, state: 'talking' }],
    })
    await desk.desk.invite({ target: '806' })
    expect(desk.asked).toEqual([['create', { caller: '802', callee: '13500000002', target: '806' }]])
  })

  it('one that exists already is joined in the same act, once', async () => {
    desk.world.fails.set('create', ['conflict'])
    await desk.desk.invite({ target: '806' })
    expect(desk.asked.map(([what]) => what)).toEqual(['create', 'join'])
    expect(desk.snapshot().conferences[0]?.members.at(-1)?.party.number).toBe('806')
    await desk.desk.invite({ target: '805' })
    expect(desk.asked.map(([what]) => what)).toEqual(['create', 'join', 'join'])
  })

  it('one that exists already and cannot be joined: why the joining failed is told, nobody is listed as invited', async () => {
    desk.world.fails.set('create', ['conflict'])
    desk.world.fails.set('join', ['rate-limited'])
    await expect(desk.desk.invite({ target: '806' })).rejects.toMatchObject(fails('rate-limited'))
    expect(desk.snapshot().conferences[0]?.members.map(({ role }) => role)).toEqual(['caller', 'me'])
    await desk.desk.invite({ target: '806' })
    expect(desk.asked.map(([what]) => what)).toEqual(['create', 'join', 'join'])
  })

  it('one that my own request made whose answer was lost is not joined for whom it called: he would ring twice', async () => {
    desk.world.fails.set('create', ['timeout', 'conflict'])
    await expect(desk.desk.invite({ target: '806' })).rejects.toMatchObject(fails('timeout'))
    await desk.desk.invite({ target: '806' })
    expect(desk.asked.map(([what]) => what)).toEqual(['create', 'create'])
    expect(desk.snapshot().conferences[0]?.members.at(-1)?.party.number).toBe('806')
    // Whoever presses a third time wants him to be called again.
    await desk.desk.invite({ target: '806' })
    expect(desk.asked.map(([what]) => what)).toEqual(['create', 'create', 'join'])
    desk = createDesk()
    desk.world.fails.set('create', ['timeout', 'conflict'])
    await expect(desk.desk.invite({ target: '806' })).rejects.toMatchObject(fails('timeout'))
    await desk.desk.invite({ target: '805' })
    expect(desk.asked.at(-1)).toEqual(['join', { caller: '13500000002', target: '805' }])
  })

  it('one that the PBX has no more is made again by the next invitation', async () => {
    await desk.desk.invite({ target: '806' })
    desk.world.fails.set('join', ['not-found'])
    await expect(desk.desk.invite({ target: '805' })).rejects.toMatchObject(fails('not-found'))
    await desk.desk.invite({ target: '805' })
    await desk.desk.invite({ target: '13800000417' })
    expect(desk.asked.map(([what]) => what)).toEqual(['create', 'join', 'create', 'join'])
  })

  it('nobody is called in during a consultation, nobody is asked while somebody is called in', async () => {
    await desk.desk.consult({ target: '806' })
    await expect(desk.desk.invite({ target: '805' })).rejects.toMatchObject(fails('conflict', 'consult-under-way'))
    expect(desk.asked.map(([what]) => what)).toEqual(['call'])
    await desk.desk.finish({ callId: 'c1', command: 'back' })
    desk.world.fails.set('create', ['later'])
    const invited = desk.desk.invite({ target: '805' })
    await expect(desk.desk.consult({ target: '806' })).rejects.toMatchObject(fails('conflict', 'invite-under-way'))
    expect(desk.consult()?.outcome).toBe('back')
    desk.world.answers[0]?.()
    await invited
    await desk.desk.consult({ target: '806' })
    expect(desk.asked.map(([what]) => what)).toEqual(['call', 'resume', 'create', 'call'])
  })

  it('who is in it follows the board, and only a fresh one', async () => {
    await desk.desk.invite({ target: '806' })
    const evidence = () => desk.snapshot().conferences[0]?.members.at(-1)?.evidence
    desk.world.phones.set('806', false)
    desk.boardChanged()
    expect(evidence()).toBe('asked')
    desk.world.phones.set('806', true)
    desk.boardChanged()
    expect(evidence()).toBe('talking')
    desk.world.phones.delete('806')
    expect(evidence()).toBe('asked')
    desk.world.phones.set('806', false)
    desk.boardChanged()
    expect(evidence()).toBe('left')
    await desk.becomes(call({}, 'hungup'))
    expect(desk.snapshot().conferences).toEqual([])
  })

  it('comes out of a consultation with whom was asked', async () => {
    await desk.desk.consult({ target: '806' })
    await desk.desk.finish({ callId: 'c1', command: 'three-way' })
    expect(desk.snapshot().conferences[0]?.members.at(-1)).toMatchObject({
      party: { number: '806' },
      evidence: 'answered',
    })
  })

  it('a second press while the first is on its way sends nothing', async () => {
    desk.world.fails.set('create', ['later'])
    const first = desk.desk.invite({ target: '806' })
    await expect(desk.desk.invite({ target: '806' })).rejects.toMatchObject(fails('conflict', 'invite-under-way'))
    desk.world.answers[0]?.()
    await first
    expect(desk.asked).toHaveLength(1)
  })
})

describe('voice menu', () => {
  it('gets the caller by number; not during a consultation, not a withheld number, not my own call', async () => {
    await desk.desk.toMenu({ menu: 3 })
    expect(desk.asked).toEqual([['menu', { caller: '13500000002', extension: '802', menu: 3 }]])
    await desk.desk.consult({ target: '806' })
    await expect(desk.desk.toMenu({ menu: 3 })).rejects.toMatchObject(fails('conflict', 'consult-under-way'))
    desk = createDesk()
    desk.world.call = call({ caller: { ...party(''), number: '' } })
    await expect(desk.desk.toMenu({ menu: 3 })).rejects.toMatchObject(fails('bad-request', 'caller-withheld'))
    await expect(desk.desk.invite({ target: '806' })).rejects.toMatchObject(fails('bad-request', 'caller-withheld'))
    expect(desk.asked).toEqual([])
  })
})
