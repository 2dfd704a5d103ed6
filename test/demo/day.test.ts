import { afterEach, describe, expect, it } from 'vitest'
import type { ScreenPop } from '../../main/demo/screen-pops.ts'
import { type Office, openOffice, until } from './demo-office.ts'

let office: Office
afterEach(() => office.close())

const story = (pops: ScreenPop[]) =>
  pops.map(({ businessId, callee, state }) => `${businessId === 'maincall' ? 'main' : callee} ${state}`)

function byCall(pops: ScreenPop[]): Map<string, ScreenPop[]> {
  const calls = new Map<string, ScreenPop[]>()
  for (const pop of pops) calls.set(pop.id, [...(calls.get(pop.id) ?? []), pop])
  return calls
}

/** Time passes in steps that the real network can follow. */
async function live(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 60) {
    await office.clock.advance(60_000)
    await office.delivered()
  }
  await office.delivered()
}

describe('the first call', () => {
  it('rings 802 three seconds after the start, as manual §4 describes', async () => {
    office = await openOffice()
    await office.clock.advance(2900)
    await office.delivered()
    expect(office.receiver.pops).toEqual([])
    await office.clock.advance(600)
    await until('ringing', () => office.receiver.pops.length === 3)
    expect(story(office.receiver.pops)).toEqual(['main calling', '802 calling', '802 ringing'])
    const [, , ringing] = office.receiver.pops
    expect(ringing).toMatchObject({ caller: '13500000002', callee: '802', direction: 'incoming', group: '3001' })
    expect(ringing?.id).toMatch(/^[0-9a-f-]{36}@127\.0\.0\.1$/)
    expect(ringing?.businessId).toMatch(/^\d+-0@127\.0\.0\.1$/)
    expect(new Set(office.receiver.paths)).toEqual(new Set(['/srvlt']))
    expect((await office.rows()).get('802')).toMatchObject({ state: 'IDEL' })
  })

  it('comes to rest: what has happened is told, and nothing more happens', async () => {
    office = await openOffice()
    await office.clock.advance(3500)
    await office.pbx.rest()
    expect(story(office.receiver.pops)).toEqual(['main calling', '802 calling', '802 ringing'])
    await office.clock.advance(60_000)
    await office.delivered()
    expect(office.receiver.pops).toHaveLength(3)
  })

  it('is answered by her desk phone and ends, the board and the log know it', async () => {
    office = await openOffice(3)
    await office.clock.advance(3400 + 9000)
    await office.delivered()
    const mine = () => office.receiver.pops.filter(({ caller }) => caller === '13500000002')
    expect(story(mine()).slice(3)).toEqual(['main talking', '802 talking'])
    expect((await office.rows()).get('802')).toMatchObject({ state: 'BUSY_INCOMING', remoteNum: '13500000002' })
    expect(
      (await office.log21()).find(({ state, callee }) => state === 'STATE_RECEIVING' && callee === '802'),
    ).toMatchObject({
      caller: '13500000002',
      callee: '802',
      state: 'STATE_RECEIVING',
      cname: '李建国',
    })
    await office.clock.advance(91_000)
    await office.delivered()
    expect(story(mine()).slice(5, 7)).toEqual(['802 hungup', 'main hungup'])
    const ended = (await office.log21()).find(({ caller, record }) => caller === '13500000002' && record === '')
    expect(ended).toMatchObject({ state: 'STATE_RECEIVED', callType: 'LOCAL_CALL' })
    expect(ended?.duration).toBeGreaterThanOrEqual(20)
    expect(ended?.duration).toBeLessThanOrEqual(90)
  })
})

describe('half an hour', () => {
  it.each([1, 20_260_302])('with seed %d tells only possible stories', async (seed) => {
    office = await openOffice(seed)
    await live(1800)
    const calls = byCall(office.receiver.pops)
    expect(calls.size).toBeGreaterThan(60)
    for (const [id, pops] of calls) {
      const main = pops
        .filter(({ businessId }) => businessId === 'maincall')
        .map(({ state }) => state)
        .join(' ')
      expect(main, id).toMatch(/^calling( talking)?( hungup| canceled)?$/)
      expect(main, id).not.toMatch(/talking canceled|calling hungup/)
      const legs = new Map<string, string[]>()
      for (const pop of pops)
        if (pop.businessId !== 'maincall') legs.set(pop.businessId, [...(legs.get(pop.businessId) ?? []), pop.state])
      for (const states of legs.values()) {
        expect(states.join(' '), id).toMatch(
          /^(calling( ringing( talking( hungup)?)?)?|calling canceled|calling ringing canceled|canceled)$/,
        )
      }
      if (/hungup|canceled/.test(main)) expect(pops.at(-1)?.businessId, id).toBe('maincall')
    }
    const desk = [...calls.values()].filter((pops) =>
      pops.some(({ callee, state }) => callee === '802' && state === 'ringing'),
    )
    expect(desk.length).toBeGreaterThan(20)
    const answered = desk.filter((pops) => pops.some(({ callee, state }) => callee === '802' && state === 'talking'))
    expect(answered.length).toBeGreaterThan(8)
    expect(desk.length - answered.length).toBeGreaterThan(2)
    const groupRings = [...calls.values()].filter(
      (pops) => new Set(pops.filter(({ state }) => state === 'ringing').map(({ callee }) => callee)).size > 1,
    )
    const lost = groupRings.filter(
      (pops) =>
        pops.some(({ state }) => state === 'talking') &&
        pops.some(({ state, businessId }) => state === 'canceled' && businessId !== 'maincall'),
    )
    expect(lost.length).toBeGreaterThan(0)
    const talking = [...(await office.rows()).values()].filter(({ state }) => state.startsWith('BUSY_'))
    expect(talking.length).toBeGreaterThan(0)
    expect(talking.length).toBeLessThanOrEqual(12)
    for (const { remoteNum } of talking) expect(remoteNum).toMatch(/^\d+$/)
  })

  it('is the same again with the same seed, and another with another', async () => {
    const days: string[] = []
    for (const seed of [5, 5, 6]) {
      office = await openOffice(seed)
      await live(300)
      days.push(JSON.stringify(office.receiver.pops))
      if (days.length < 3) await office.close()
    }
    expect(days[0]).toBe(days[1])
    expect(days[0]).not.toBe(days[2])
    expect(days[0]?.length).toBeGreaterThan(1000)
  })

  it('nobody rings a phone that is set busy; other calls go to the colleagues', async () => {
    office = await openOffice(4)
    expect((await office.control('extnum=802&state=busy&opt=SET_EXT_PRESENCE_STATE')).status).toBe(200)
    await live(400)
    expect(office.receiver.pops.some(({ callee, businessId }) => callee === '802' && businessId !== 'maincall')).toBe(
      false,
    )
    expect(office.receiver.pops.some(({ callee, state }) => callee === '801' && state === 'ringing')).toBe(true)
    expect(
      office.receiver.pops.some(
        ({ callee, businessId }) => ['805', '821'].includes(callee) && businessId !== 'maincall',
      ),
    ).toBe(false)
  })

  it('she lets it ring while she reduces her calls', async () => {
    office = await openOffice(4)
    await office.control('extnum=802&state=reducing&opt=SET_EXT_PRESENCE_STATE')
    await live(300)
    const mine = office.receiver.pops.filter(({ callee, businessId }) => callee === '802' && businessId !== 'maincall')
    expect(mine.some(({ state }) => state === 'ringing')).toBe(true)
    expect(mine.some(({ state }) => state === 'talking')).toBe(false)
    expect((await office.rows()).get('802')?.missingCallCount).toBeGreaterThan(0)
  })
})

describe('training calls', () => {
  it('ring now, one notification delivered before the promise resolves', async () => {
    office = await openOffice()
    const [caller] = office.pbx.callers().filter(({ id }) => id === 'mr-li')
    expect(caller).toEqual({ id: 'mr-li', name: '李先生', number: '13300009087' })
    await office.clock.advance(200_000)
    await office.delivered()
    const before = office.receiver.pops.length
    await office.pbx.ring('mr-li')
    expect(office.receiver.pops.slice(before).map(({ caller: number, callee }) => [number, callee])).toContainEqual([
      '13300009087',
      '802',
    ])
    await office.pbx.ring('mr-li')
    const ids = office.receiver.pops
      .slice(before)
      .flatMap(({ caller: number, callee, id }) => (number === '13300009087' && callee === '802' ? [id] : []))
    expect(new Set(ids).size).toBe(2)
  })

  it('name strangers by their number', async () => {
    office = await openOffice()
    expect(office.pbx.callers().find(({ id }) => id === 'stranger-dongguan')).toEqual({
      id: 'stranger-dongguan',
      name: '0769-2200 3318',
      number: '076922003318',
    })
    expect(office.pbx.people.every(({ name }) => name !== '')).toBe(true)
  })

  it('say why they cannot ring', async () => {
    let listening = true
    office = await openOffice(7, () => (listening ? 'http://127.0.0.1:9' : null))
    await expect(office.pbx.ring('nobody')).rejects.toMatchObject({ code: 'not-found', details: { field: 'caller' } })
    await office.control('extnum=802&state=busy&opt=SET_EXT_PRESENCE_STATE')
    await expect(office.pbx.ring('wang')).rejects.toMatchObject({ code: 'busy' })
    listening = false
    await expect(office.pbx.ring('wang')).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('trouble and the end', () => {
  it('a receiver that is away or refuses costs one log line per change, and the day goes on', async () => {
    let url = 'http://127.0.0.1:9'
    office = await openOffice(7, () => url)
    await live(120)
    url = office.receiver.url
    await live(120)
    office.receiver.status = 503
    await live(120)
    expect(office.log.lines.map(({ event }) => event)).toEqual([
      'screen-pop-failed',
      'screen-pops-arrive',
      'screen-pop-failed',
    ])
    expect(office.receiver.pops.length).toBeGreaterThan(10)
  })

  it('uses the path of the receiver where it has one', async () => {
    const receiver = { url: '' }
    office = await openOffice(7, () => `${receiver.url}/pop/here?ignored=1`)
    receiver.url = office.receiver.url
    await office.clock.advance(4000)
    await until('a pop', () => office.receiver.pops.length > 0)
    expect(office.receiver.paths[0]).toBe('/pop/here')
  })

  it('stops in the middle of everything: no timers, no port, no further word', async () => {
    office = await openOffice()
    await live(200)
    await office.pbx.ring('wang')
    await office.pbx.stop()
    expect(office.clock.pending()).toBe(0)
    const before = office.receiver.pops.length
    await office.clock.advance(120_000)
    await office.delivered()
    expect(office.receiver.pops.length).toBe(before)
    await expect(office.rows()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
