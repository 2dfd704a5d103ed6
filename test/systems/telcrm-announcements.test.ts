import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Answer } from '../../main/systems/kit/response.ts'
import { announcementDigest } from '../../main/systems/telcrm/auth.ts'
import { callProgress } from '../../main/systems/telcrm/envelope.ts'
import { pbxDay } from '../../main/systems/telcrm/time.ts'
import { pbxForEachTest } from './telcrm-pbx.ts'

const customer = '13500000002'
const announcement = { id: 'a-1', precallcount: '0', playtimes: '2', callee: customer, toneid: '13' }

describe('the digest', () => {
  it('is the one of the manual', () => {
    expect(announcementDigest('654321', '13227841198', '112233', '2015-03-25')).toBe('13deae128093437a57dd2caeb0328d40')
  })
  it('counts the PBX’s day, eight hours ahead of UTC', () => {
    const midnight = Date.UTC(2015, 2, 24, 16)
    expect([midnight - 1, midnight].map(pbxDay)).toEqual(['2015-03-24', '2015-03-25'])
    const inChina = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
    const moments = fc.date({ min: new Date('1995-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(fc.property(moments, (at) => pbxDay(at.getTime()) === inChina.format(at)))
  })
})

describe('without a secret', () => {
  const pbx = pbxForEachTest()

  it.each(['click-to-ip-captcha', 'click-to-fixedline-captcha'])(
    '%s says no, and its result moves on',
    async (name) => {
      expect(await pbx.refusal('get-captcha-result', { id: 'a-1' })).toEqual(['not-found', '404'])
      pbx.fake.state.announcements.outcomes.set(customer, { state: 6 })
      expect(await pbx.data(name, { ...announcement, code: '112233', extnum: '801' })).toEqual({
        code: 200,
        text: null,
      })
      expect(pbx.fake.requests.at(-1)!.target).toContain('&pwd=no&')
      expect(pbx.fake.state.announcements.get('announcement', 'a-1')).toMatchObject({ extension: '801' })
      const results = []
      for (let nth = 0; nth < 3; nth += 1) results.push(await pbx.run('get-captcha-result', { id: 'a-1' }))
      expect(results.map((one) => one.data)).toEqual([{ state: '0' }, { state: '4' }, { state: '6' }])
      expect(results[2]!.explained).toEqual([
        {
          path: 'state',
          value: '6',
          zh: '关机, 不在服务区',
          en: 'The telephone is switched off or out of coverage.',
        },
      ])
    },
  )
  it('says why an announcement was refused', async () => {
    const queue = pbx.fake.state.announcements
    const refused = () => pbx.refusal('click-to-ip-captcha', announcement)
    expect(await pbx.refusal('click-to-ip-captcha', { ...announcement, toneid: 99 })).toEqual(['bad-request', '420'])
    queue.secret = 'other'
    expect(await refused()).toEqual(['auth-failed', '401'])
    queue.secret = null
    queue.isPurchased = false
    expect(await refused()).toEqual(['forbidden', '421'])
    queue.isPurchased = true
    queue.mostJobs = 0
    expect(await refused()).toEqual(['rate-limited', '486'])
  })
  it('a voice menu speaks texts with free names, and tells the pressed keys', async () => {
    pbx.fake.state.announcements.outcomes.set(customer, { state: 1, keys: { satisfact: '8', sorry: 'a=b' } })
    const values = { token: 't-1', callee: customer, toneid: '20', ttsabc: '你好 & 世界!', ttsx: '1' }
    await pbx.data('ivr-tts-call', values)
    expect(pbx.fake.state.announcements.get('menu', 't-1')!.texts).toEqual({ ttsabc: '你好 & 世界!', ttsx: '1' })
    expect(await pbx.refusal('ivr-tts-call', values)).toEqual(['conflict', '483'])
    expect(await pbx.data('ivr-tts-call-monitor')).toEqual({ queue: 1, playcount: 0 })
    expect(await pbx.data('ivr-tts-call-result', { token: 't-1' })).toEqual({ state: '0' })
    expect(await pbx.data('ivr-tts-call-monitor')).toEqual({ queue: 0, playcount: 1 })
    expect(await pbx.data('ivr-tts-call-result', { token: 't-1' })).toEqual({ state: '4' })
    expect(await pbx.data('ivr-tts-call-result', { token: 't-1' })).toEqual({
      state: '1',
      satisfact: '8',
      sorry: 'a=b',
    })
    expect(await pbx.refusal('ivr-tts-call-result', { token: 'other' })).toEqual(['not-found', '404'])
  })
  it('texts may come as one object, or as both; other names are refused', async () => {
    const values = { token: 't-2', callee: customer, toneid: 20, 'tts{name}': '{"ttsa": "1"}', ttsb: '2' }
    await pbx.data('ivr-tts-call', values)
    expect(pbx.fake.state.announcements.get('menu', 't-2')!.texts).toEqual({ ttsa: '1', ttsb: '2' })
    const seen = pbx.fake.requests.length
    for (const [name, value] of [
      ['xtts', '1'],
      ['tts', '1'],
      ['texts', { opt: 'CLICK_TO_DIAL' }],
    ] as const) {
      const { problem } = await pbx.run('ivr-tts-call', { ...values, token: 't-3', [name]: value })
      expect(problem?.code).toBe('bad-request')
    }
    expect(pbx.fake.requests).toHaveLength(seen)
  })
  it('refuses what a voice menu cannot do', async () => {
    const values = { token: 't-4', callee: customer, toneid: 20 }
    expect(await pbx.refusal('ivr-tts-call', { ...values, toneid: 5 })).toEqual(['bad-request', '400'])
    pbx.fake.state.announcements.isPurchased = false
    expect(await pbx.refusal('ivr-tts-call', values)).toEqual(['server-error', '480'])
    pbx.fake.state.announcements.isPurchased = true
    pbx.fake.state.announcements.mostJobs = 0
    expect(await pbx.refusal('ivr-tts-call', values)).toEqual(['rate-limited', '486'])
  })
})

describe('with a secret', () => {
  const secret = 'gX2-announce'
  const now = () => Date.UTC(2026, 0, 1, 16, 30)
  const pbx = pbxForEachTest({ captchaSecret: secret, now })

  it('signs each announcement for its day, with and without a code', async () => {
    pbx.fake.state.announcements.secret = secret
    pbx.fake.state.announcements.now = now
    await pbx.data('click-to-ip-captcha', { ...announcement, code: '112233' })
    await pbx.data('click-to-fixedline-captcha', { ...announcement, id: 'a-2' })
    pbx.fake.state.announcements.now = () => now() + 24 * 3_600_000
    expect(await pbx.refusal('click-to-ip-captcha', { ...announcement, id: 'a-3' })).toEqual(['auth-failed', '401'])
    expect(pbx.fake.requests.every((one) => !one.target.includes(secret))).toBe(true)
  })
  it('empty boxes of a form are not sent, the digest is', async () => {
    pbx.fake.state.announcements.secret = secret
    pbx.fake.state.announcements.now = now
    await pbx.data('click-to-ip-captcha', { ...announcement, pwd: '', code: '', extnum: '' })
    expect(pbx.fake.requests.at(-1)!.target).not.toMatch(/code=|extnum=/)
  })
  it('a password that was typed is sent as it is', async () => {
    await pbx.data('click-to-ip-captcha', { ...announcement, pwd: 'no' })
    expect(pbx.fake.requests.at(-1)!.target).toContain('&pwd=no&')
  })
  it('shows a request without the digest, and signs nothing else', async () => {
    const preview = await pbx.client.operations.preview('telcrm.click-to-ip-captcha', announcement)
    expect(preview.url).toContain(`pwd=${encodeURIComponent('••••••')}`)
    const without = await pbx.client.operations.preview('telcrm.click-to-ip-captcha', { ...announcement, pwd: 'no' })
    expect(without.url).toContain('&pwd=no&')
    await pbx.data('ivr-tts-call-monitor')
    expect(pbx.fake.requests.at(-1)!.target).toBe('/bridge/callctrl?opt=IVR_TTS_CALL_MONITOR')
  })
})

describe('how a call went', () => {
  const read = (body: string, status = 200) => {
    const kind = callProgress()
    const answer = new Answer(status, { 'content-type': 'text/plain' }, Buffer.from(body))
    const { ok, code } = kind.judge(answer)
    return ok ? kind.read(answer) : code
  }

  it('0 to 6 are states, alone or in pairs; 404 never is', () => {
    for (let state = 0; state <= 6; state += 1) {
      expect(read(String(state))).toEqual({ state: String(state) })
      expect(read(`state=${state};key=`)).toEqual({ state: String(state), key: '' })
    }
    expect([read('404'), read('state=404;satisfact='), read('', 404), read('<html>', 500)]).toEqual([
      '404',
      '404',
      '404',
      '500',
    ])
    expect(read('200')).toBe('200')
  })
  it('anything else is no answer', () => {
    expect(() => read('')).toThrow('empty')
    expect(() => read('ok')).toThrow('not-pairs')
    expect(() => read('satisfact=8')).toThrow('missing-field')
    expect(() => read('<html>login</html>')).toThrow('html-page')
  })
})
