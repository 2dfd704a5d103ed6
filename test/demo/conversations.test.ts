import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTelcrm } from '../../main/systems/telcrm/index.ts'
import { type Office, openOffice } from './demo-office.ts'

let office: Office
beforeEach(async () => {
  office = await openOffice(3)
  // 802 talks with 李建国.
  await office.clock.advance(3400 + 9000)
  await office.delivered()
  expect((await office.rows()).get('802')?.state).toBe('BUSY_INCOMING')
})
afterEach(() => office.close())

const caller = '13500000002'
const asked = async (query: string) => {
  const reply = await office.control(query)
  return reply.status === 200 && /^\d+$/.test(reply.body.toString()) ? Number(reply.body.toString()) : reply.status
}
const third = (opt: string, more = '') => asked(`callee=802${more}&opt=CALL_THIRD${opt}`)
const story = () =>
  office.receiver.pops.map(({ businessId, callee, state }) => `${businessId === 'maincall' ? 'main' : callee} ${state}`)
/** Calls one free colleague after the other until somebody has answered: who. */
async function consultSomebody(): Promise<string> {
  for (const { telNum, state, presence } of (await office.rows()).values()) {
    if (telNum === '802' || state !== 'IDEL' || presence !== 'online') continue
    expect(await third('', `&target=${telNum}`)).toBe(200)
    for (let second = 0; second < 6; second += 1) {
      await office.clock.advance(1000)
      const said = await third('_GET_THIRD_STATE')
      if (said === 200) return telNum
      if (said === 603) break
    }
    await third('_RESUME')
  }
  throw new Error('nobody answered')
}

describe('consultation', () => {
  it('rings, is answered, shows on the board, and going back frees the colleague', async () => {
    expect(await third('_GET_THIRD_STATE')).toBe(404)
    // A number outside can always be called.
    expect(await third('', '&target=18600005521')).toBe(200)
    expect(await third('_GET_THIRD_STATE')).toBe(100)
    await office.clock.advance(500)
    expect(await third('_GET_THIRD_STATE')).toBe(180)
    expect(await third('_RESUME')).toBe(200)
    const colleague = await consultSomebody()
    expect((await office.rows()).get(colleague)).toMatchObject({ remoteNum: '802' })
    expect(await third('_RESUME')).toBe(200)
    expect((await office.rows()).get(colleague)?.remoteNum).toBeUndefined()
    expect((await office.rows()).get('802')?.state).toBe('BUSY_INCOMING')
    expect(await third('_RESUME')).toBe(404)
  })

  it('put through: my phone is free, the colleague talks with the caller, and it is reported', async () => {
    const colleague = await consultSomebody()
    expect(await third('_TRANSFER')).toBe(200)
    await office.delivered()
    const rows = await office.rows()
    expect(rows.get('802')?.remoteNum).toBeUndefined()
    expect(rows.get(colleague)).toMatchObject({ state: 'BUSY_INCOMING', remoteNum: caller })
    expect(story()).toEqual(expect.arrayContaining(['802 hungup', `${colleague} talking`]))
    // It ends by itself some day.
    await office.clock.advance(200_000)
    await office.delivered()
    expect(story()).toContain('main hungup')
  })

  it('three-way, one more, and at the end everybody is free', async () => {
    const colleague = await consultSomebody()
    expect(await third('_CONFERENCE')).toBe(200)
    expect((await office.rows()).get(colleague)?.remoteNum).toBe(caller)
    expect(await asked(`conferenceid=${caller}&target=${colleague}&opt=CONFERENCE_JOIN`)).toBe(486)
    expect(await asked(`conferenceid=13900000000&target=801&opt=CONFERENCE_JOIN`)).toBe(404)
    expect(await asked(`caller=${caller}&callee=802&target=801&opt=CONFERENCE_CREATE`)).toBe(483)
    expect(await asked(`conferenceid=${caller}&target=18600005521&opt=CONFERENCE_JOIN`)).toBe(200)
    expect(await asked(`caller=802&callee=${caller}&opt=CLICK_TO_HUNGUP`)).toBe(200)
    const rows = await office.rows()
    for (const extension of ['802', colleague]) expect(rows.get(extension)?.remoteNum).toBeUndefined()
  })

  it('a colleague who is busy refuses; nobody is called twice at once; wrong numbers are wrong', async () => {
    expect(await third('', '&target=805')).toBe(200)
    expect(await third('', '&target=807')).toBe(500)
    await office.clock.advance(2000)
    expect(await third('_GET_THIRD_STATE')).toBe(603)
    await third('_RESUME')
    expect(await third('', '&target=802')).toBe(400)
    expect(await third('', '&target=abc')).toBe(400)
    expect(await asked('callee=801&target=807&opt=CALL_THIRD')).toBe(404)
  })

  it('the caller leaves: the consultation goes with the call', async () => {
    const colleague = await consultSomebody()
    await asked(`caller=802&callee=${caller}&opt=CLICK_TO_HUNGUP`)
    expect(await third('_GET_THIRD_STATE')).toBe(404)
    expect((await office.rows()).get(colleague)?.remoteNum).toBeUndefined()
  })
})

it('a voice menu takes the caller and frees my phone; numbers that are none are refused', async () => {
  const menu = (id: string) => asked(`caller=${caller}&callee=802&ivrid=${id}&opt=TALKING_CALLER_TO_IVR`)
  expect(await menu('99')).toBe(404)
  expect(await menu('x')).toBe(400)
  expect(await menu('3')).toBe(200)
  expect((await office.rows()).get('802')?.remoteNum).toBeUndefined()
  expect(await menu('3')).toBe(404)
  expect(office.pbx.voiceMenus).toContainEqual({ id: 3, name: '满意度评价' })
})

it('through the real adapter', async () => {
  const system = openTelcrm(
    {
      id: 'demo',
      system: 'telcrm',
      baseUrl: office.pbx.baseUrl,
      extension: '802',
      supervisorExtension: null,
      line: 'fixed',
      callLog: 'http',
      callControl: 'http',
      captchaSecret: null,
    },
    { log: office.log },
  )
  try {
    const { thirdParty, conference, voiceMenus } = system
    await expect(thirdParty?.state({ extension: '802' })).rejects.toMatchObject({ code: 'no-call' })
    await thirdParty?.call({ extension: '802', target: '18600005521' })
    expect(await thirdParty?.state({ extension: '802' })).toBe('trying')
    await thirdParty?.resume({ extension: '802' })
    const colleague = await consultSomebody()
    expect(await thirdParty?.state({ extension: '802' })).toBe('answered')
    await thirdParty?.resume({ extension: '802' })
    await conference?.create({ caller, callee: '802', target: colleague })
    await expect(conference?.create({ caller, callee: '802', target: '13900006608' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await conference?.join({ caller, target: '18600005521' })
    await expect(conference?.join({ caller, target: '805' })).rejects.toMatchObject({ code: 'busy' })
    await voiceMenus?.transfer({ caller, extension: '802', menu: 1 })
    await expect(voiceMenus?.transfer({ caller, extension: '802', menu: 1 })).rejects.toMatchObject({
      code: 'not-found',
    })
  } finally {
    await system.close()
  }
})
