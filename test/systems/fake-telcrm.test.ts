import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeTelcrm, muLawWav, startFakeTelcrm } from '../fakes/telcrm/index.ts'

let fake: FakeTelcrm
beforeEach(async () => {
  fake = await startFakeTelcrm()
})
afterEach(() => fake.stop())

async function ask(target: string, init: RequestInit = {}): Promise<[status: number, body: string]> {
  const response = await fetch(fake.baseUrl + target, init)
  return [response.status, await response.text()]
}
const dial = '/bridge/callctrl?caller=801&callee=13500000002&authtype=no&opt=CLICK_TO_DIAL'

describe('strictness', () => {
  it.each([
    ['an unknown opt', '/bridge/callctrl?opt=CLICK_TO_HANGUP&caller=801&callee=1', 400],
    ['no opt', '/bridge/callctrl?caller=801&callee=13500000002&authtype=no', 400],
    ['opt on the wrong path', '/bridge/callctrl?opt=EXTNUM_STATE', 400],
    ['a missing parameter', dial.replace('&authtype=no', ''), 400],
    ['an empty parameter', dial.replace('801', ''), 400],
    ['a misspelled parameter', dial.replace('callee', 'calee'), 400],
    ['a parameter too many', `${dial}&x=1`, 400],
    ['a parameter twice', `${dial}&caller=801`, 400],
    ['a doubled ampersand', dial.replace('&opt', '&&opt'), 400],
    ['bad percent-encoding', dial.replace('801', '8%ff'), 400],
    ['a wrong authtype', dial.replace('=no', '=md5'), 400],
    [
      'the corrected spelling of dirction',
      '/bridge/callctrl?first=0&maxResults=5&beginDate=2016-03-01&endDate=2016-03-01&direction=0&opt=CALL_LOG_QUERY',
      400,
    ],
    ['an unknown path', '/bridge/other?opt=EXTNUM_STATE', 404],
    ['the path twice', '/bridge/callctrl?/bridge/callctrl?leaderExtnum=803&wokerExtnum=801&opt=CALL_MONITOR', 400],
    ['the right spelling of wokerExtnum', '/bridge/callctrl?leaderExtnum=803&workerExtnum=801&opt=CALL_MONITOR', 400],
    [
      'an announcement without pwd',
      '/bridge/callctrl?id=1&precallcount=0&playtimes=1&callee=13500000002&toneid=13&opt=CLICK_TO_IP_CAPTCHA',
      420,
    ],
    [
      'a text whose name does not begin with tts',
      '/bridge/callctrl?token=1&callee=13500000002&toneid=20&abc=1&opt=IVR_TTS_CALL',
      400,
    ],
    [
      'contacts that are no JSON',
      `/bridge/ContactsSrvlt?data=${encodeURIComponent('{"contacts":[{"cname":"a"}}')}`,
      400,
    ],
    [
      'a contact without a group',
      `/bridge/ContactsSrvlt?data=${encodeURIComponent('{"contacts":[{"cname":"a","localuser":-1,"details":[]}]}')}`,
      400,
    ],
    ['a call id that is encoded twice', '/Oms/FileDownServlet?callid=a%2540b', 400],
    ['both ways to name a recording', '/Oms/FileDownServlet?callid=a%40b&filename=c', 400],
    ['another player', '/Oms/RecordPlayerSvlt?callid=a%40b&browsertype=ie', 400],
    ['a presence that cannot be set', '/bridge/callctrl?extnum=801&state=offline&opt=SET_EXT_PRESENCE_STATE', 400],
  ])('%s is refused', async (_name, target, status) => {
    expect((await ask(target))[0]).toBe(status)
    expect(fake.state.calls.size).toBe(0)
    expect(fake.requests.at(-1)).toMatchObject({ target, line: `GET ${target} HTTP/1.1` })
    fake.setResultStyle('body')
    expect(await ask(target)).toEqual([200, String(status)])
  })
  it('a wrong method is refused', async () => {
    expect((await ask(dial, { method: 'POST' }))[0]).toBe(405)
    expect((await ask('/bridge/ToneFileSvlt?opt=save&title=a&des=b'))[0]).toBe(400)
  })
  it('a voice file is only taken as it should be', async () => {
    const save = async (change: (form: FormData) => void, opt = 'save') => {
      const form = new FormData()
      form.set('title', '%E9%9D%99%E9%9F%B3')
      form.set('des', 'a+b')
      form.set('file', new Blob([muLawWav(0.1)]), 'a.wav')
      change(form)
      return ask(`/bridge/ToneFileSvlt?opt=${opt}`, { method: 'POST', body: form })
    }
    expect(await save(() => {})).toEqual([200, '14'])
    expect(fake.state.sounds.tones.get(14)).toMatchObject({ titel: '静音', des: 'a b' })
    expect(await save((form) => form.set('opt', 'save'))).toEqual([200, '15'])
    expect((await save((form) => form.set('opt', 'query')))[0]).toBe(400)
    expect((await save(() => {}, 'delete'))[0]).toBe(400)
    const refused: ((form: FormData) => void)[] = [
      (form) => form.set('title', '静音'),
      (form) => form.delete('des'),
      (form) => form.delete('file'),
      (form) => form.set('file', new Blob(['RIFF']), 'a.wav'),
      (form) => form.set('file', 'no file'),
      (form) => form.set('id', '99'),
      (form) => form.set('titel', 'x'),
    ]
    for (const change of refused) expect(await save(change)).toEqual([200, '0'])
    expect([...fake.state.sounds.tones.keys()]).toEqual([1, 2, 3, 12, 13, 14, 15])
  })
  it('the documented requests are accepted', async () => {
    expect((await ask(dial))[0]).toBe(200)
    const log =
      '/bridge/callctrl?first=0&maxResults=5&beginDate=2016-03-01&endDate=2016-03-29&telnum=801&dirction=0&opt=CALL_LOG_QUERY'
    expect(await ask(log)).toEqual([200, '[]'])
    const [, states] = await ask('/bridge/jsoncfg?opt=EXTNUM_STATE')
    expect(JSON.parse(states)[1]).toEqual({
      telNum: '802',
      userName: '张霞',
      telRegState: 1,
      phoneType: 'NewRockTech-MX8-v1.9.82.333/UA',
      state: 'IDEL',
      presence: 'online',
      missingCallCount: 0,
    })
  })
})

describe('screen pops', () => {
  /** Every pop as `state businessId-kind callee`. */
  async function record(run: () => Promise<void>): Promise<string[]> {
    const seen: URL[] = []
    const sources = new Set<string | undefined>()
    const receiver = createServer((request, response) => {
      seen.push(new URL(request.url!, 'http://x'))
      sources.add(request.socket.remoteAddress)
      response.end('OK')
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    fake.setPopUrl(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/srvlt`)
    fake.setLocalAddress('127.0.0.7')
    await run()
    await fake.settled()
    await new Promise((resolve) => receiver.close(resolve))
    expect([...sources]).toEqual(['127.0.0.7'])
    expect(fake.pops.every((pop) => pop.status === 200 && pop.body === 'OK')).toBe(true)
    for (const url of seen) {
      expect(url.pathname).toBe('/srvlt')
      expect([...url.searchParams.keys()]).toEqual([
        'id',
        'caller',
        'callee',
        'state',
        'direction',
        'businessId',
        'group',
      ])
      expect(url.search).toContain('%40')
    }
    expect(new Set(seen.map((url) => url.searchParams.get('id'))).size).toBe(1)
    const legs = new Map<string, string>([['maincall', 'main']])
    return seen.map(({ searchParams }) => {
      const businessId = searchParams.get('businessId')!
      if (!legs.has(businessId)) legs.set(businessId, `leg${legs.size}`)
      return `${searchParams.get('state')} ${legs.get(businessId)} ${searchParams.get('callee')}`
    })
  }

  it('of a call that is answered and ends', async () => {
    const seen = await record(async () => {
      const { id } = await fake.ring({ from: '13500000002', to: '802', group: '3003' })
      await fake.answer(id)
      expect(fake.state.extensions.get('802')).toMatchObject({ state: 'BUSY_INCOMING', remoteNum: '13500000002' })
      await fake.hangup(id)
    })
    expect(seen).toEqual([
      'calling main 802',
      'calling leg1 802',
      'ringing leg1 802',
      'talking leg1 802',
      'talking main 802',
      'hungup leg1 802',
      'hungup main 802',
    ])
  })
  it('of a call that is given up', async () => {
    const seen = await record(async () => {
      const { id } = await fake.ring({ from: '13500000002', to: '802', id: 'my-id@pbx' })
      expect(id).toBe('my-id@pbx')
      await fake.cancel(id)
    })
    expect(seen.slice(3)).toEqual(['canceled leg1 802', 'canceled main 802'])
  })
  it('of a call that is passed on by our request', async () => {
    const seen = await record(async () => {
      const { id } = await fake.ring({ from: '13500000002', to: '802' })
      await fake.answer(id)
      expect(await ask('/bridge/callctrl?extnum=802&target=803&opt=CLICK_TO_TRANSFER')).toEqual([200, ''])
      await fake.answer(id)
      await fake.hangup(id)
    })
    expect(seen.slice(5)).toEqual([
      'ringing leg2 803',
      'hungup leg1 802',
      'talking leg2 803',
      'hungup leg2 803',
      'hungup main 802',
    ])
  })
  it('are recorded as failed when nobody listens', async () => {
    fake.setPopUrl('http://127.0.0.1:1/srvlt')
    await fake.ring({ from: '13500000002', to: '802' })
    expect(fake.pops.map((pop) => pop.status)).toEqual([null, null, null])
  })
})
