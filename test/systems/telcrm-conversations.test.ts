import { describe, expect, it } from 'vitest'
import { pbxForEachTest } from './telcrm-pbx.ts'

const customer = '13500000002'
const other = '13500000003'
const pbx = pbxForEachTest()

describe.each(['status', 'body'] as const)('with result codes as %s', (style) => {
  const third = async () => (await pbx.data('call-third-get-third-state', { callee: '801' })) as { state: string }

  it('a third party rings, answers, and is left again', async () => {
    pbx.fake.setResultStyle(style)
    expect(await pbx.refusal('call-third', { callee: '801', target: other })).toEqual(['no-call', '404'])
    await pbx.talk(customer, '801')
    await pbx.data('call-third', { callee: '801', target: other })
    expect(await third()).toEqual({ state: 'trying', code: 100 })
    expect(await third()).toEqual({ state: 'ringing', code: 180 })
    const party = pbx.fake.state.conversations.thirdParties.get('801')!
    party.state = 'answered'
    expect(await third()).toEqual({ state: 'answered', code: 200 })
    party.state = 'refused'
    const { data, explained, problem } = await pbx.run('call-third-get-third-state', { callee: '801' })
    expect({ data, problem }).toEqual({ data: { state: 'refused', code: 603 }, problem: null })
    expect(explained).toEqual([expect.objectContaining({ path: 'code', value: '603', zh: '目标终端忙, 拒绝接听' })])
    await pbx.data('call-third-resume', { callee: '801' })
    expect(await pbx.refusal('call-third-get-third-state', { callee: '801' })).toEqual(['no-call', '404'])
    expect(await pbx.refusal('call-third-resume', { callee: '801' })).toEqual(['no-call', '404'])
    expect(pbx.fake.state.callOf('801', 'talking')).toBeDefined()
  })
  it('a third party that is on the phone refuses', async () => {
    pbx.fake.setResultStyle(style)
    await pbx.talk(customer, '801')
    await pbx.talk(other, '802')
    await pbx.data('call-third', { callee: '801', target: '802' })
    expect(await third()).toEqual({ state: 'refused', code: 603 })
    expect(await pbx.refusal('call-third', { callee: '801', target: '801' })).toEqual(['bad-request', '400'])
  })
  it('caller and third party are joined, more are invited', async () => {
    pbx.fake.setResultStyle(style)
    await pbx.talk(customer, '801')
    await pbx.data('call-third', { callee: '801', target: '802' })
    await pbx.data('call-third-conference', { callee: '801' })
    expect(await pbx.refusal('call-third-conference', { callee: '801' })).toEqual(['no-call', '404'])
    await pbx.data('conference-join', { conferenceid: customer, target: other })
    expect(pbx.fake.state.conversations.conferences.get(customer)!.members).toEqual([customer, '801', '802', other])
  })
  it('the caller is transferred to the third party', async () => {
    pbx.fake.setResultStyle(style)
    const id = await pbx.talk(customer, '801')
    await pbx.data('call-third', { callee: '801', target: '802' })
    pbx.fake.state.conversations.thirdParties.get('801')!.state = 'answered'
    await pbx.data('call-third-transfer', { callee: '801' })
    expect(pbx.fake.state.callOf('802', 'talking')!.id).toBe(id)
    expect(pbx.fake.state.callOf('801')).toBeUndefined()
    expect(await pbx.refusal('call-third-transfer', { callee: '801' })).toEqual(['no-call', '404'])
  })
  it('a conference is created once, and joined when it is ready and there is room', async () => {
    pbx.fake.setResultStyle(style)
    const create = { caller: customer, callee: '801', target: '802' }
    expect(await pbx.refusal('conference-create', create)).toEqual(['no-call', '404'])
    await pbx.talk(customer, '801')
    const { conversations } = pbx.fake.state
    conversations.engaged.add(other)
    expect(await pbx.refusal('conference-create', { ...create, target: other })).toEqual(['busy', '486'])
    conversations.mostConferences = 0
    expect(await pbx.refusal('conference-create', create)).toEqual(['server-error', '503'])
    conversations.mostConferences = 1
    await pbx.data('conference-create', create)
    expect(await pbx.refusal('conference-create', create)).toEqual(['conflict', '483'])
    const join = { conferenceid: customer, target: '803' }
    expect(await pbx.refusal('conference-join', { ...join, conferenceid: '801' })).toEqual(['not-found', '404'])
    const conference = conversations.conferences.get(customer)!
    conference.ready = false
    expect(await pbx.refusal('conference-join', join)).toEqual(['rate-limited', '480'])
    conference.ready = true
    expect(await pbx.refusal('conference-join', { ...join, target: other })).toEqual(['busy', '486'])
    await pbx.data('conference-join', join)
    conversations.mostMembers = conference.members.length
    expect(await pbx.refusal('conference-join', { ...join, target: '804' })).toEqual(['server-error', '503'])
  })
  it('a supervisor with the right listens, takes over, ends', async () => {
    pbx.fake.setResultStyle(style)
    const names = ['call-monitor', 'force-pickup', 'force-hungup']
    const supervise = { leaderExtnum: '803', wokerExtnum: '801' }
    for (const name of names) {
      expect(await pbx.refusal(name, { ...supervise, leaderExtnum: '804' })).toEqual(['forbidden', '403'])
      expect(await pbx.refusal(name, supervise)).toEqual(['no-call', '404'])
    }
    const id = await pbx.talk(customer, '801')
    await pbx.data('call-monitor', supervise)
    expect([...pbx.fake.state.conversations.listening]).toEqual([['803', '801']])
    pbx.fake.state.conversations.mostListeners = 1
    expect(await pbx.refusal('call-monitor', supervise)).toEqual(['server-error', '503'])
    await pbx.data('force-pickup', supervise)
    expect(pbx.fake.state.callOf('803', 'talking')!.id).toBe(id)
    await pbx.data('force-hungup', { ...supervise, wokerExtnum: '803' })
    expect(pbx.fake.state.calls.get(id)!.state).toBe('ended')
    expect(pbx.fake.requests.at(-1)!.target).toBe('/bridge/callctrl?leaderExtnum=803&wokerExtnum=803&opt=FORCE_HUNGUP')
  })
  it('the caller goes back into a voice menu', async () => {
    pbx.fake.setResultStyle(style)
    const back = { caller: customer, callee: '801', ivrid: '3' }
    expect(await pbx.refusal('talking-caller-to-ivr', back)).toEqual(['not-found', '404'])
    const id = await pbx.talk(customer, '801')
    expect(await pbx.refusal('talking-caller-to-ivr', { ...back, ivrid: 4 })).toEqual(['not-found', '404'])
    const twin = pbx.fake.state.open('incoming', customer, '801', '801', '')
    pbx.fake.state.answer(twin)
    expect(await pbx.refusal('talking-caller-to-ivr', back)).toEqual(['conflict', '483'])
    pbx.fake.state.end(twin)
    await pbx.data('talking-caller-to-ivr', back)
    expect(pbx.fake.state.calls.get(id)).toMatchObject({ state: 'talking', menu: 3 })
    expect(pbx.fake.state.callOf('801')).toBeUndefined()
  })
})
