import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callCommand } from '../../main/commands/call.ts'
import { UsageError } from '../../main/commands/usage.ts'
import { type FakeTelcrm, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { startCannedServer } from '../systems/canned-server.ts'
import { startCapturingServer } from '../systems/capturing-server.ts'
import { folderWith, frontbell } from './program.ts'

let fake: FakeTelcrm
let folder: ReturnType<typeof folderWith>
const connection = (id: string, baseUrl = fake.baseUrl) => ({ id, system: 'telcrm', baseUrl, extension: '802' })

beforeAll(async () => {
  fake = await startFakeTelcrm()
  folder = folderWith({ connections: [connection('pbx')], locale: 'en' })
})
afterAll(async () => {
  folder.end()
  await fake.stop()
})

const call = (...words: string[]) => frontbell(['call', ...words, '--settings', folder.settingsFile])

/** What stands on stdout, which is one line of JSON. */
function documentOf({ stdout }: { stdout: string }) {
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(stdout) as { ok: boolean; error: { code: string; message: string }; [key: string]: unknown }
}

describe('frontbell call', () => {
  it('dials: the vendor’s names, our constants, the code of the PBX', async () => {
    const ended = await call('telcrm.set-ext-presence-state', 'extnum=802', 'state=busy')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(documentOf(ended)).toMatchObject({
      ok: true,
      operation: 'telcrm.set-ext-presence-state',
      status: 200,
      code: 200,
      data: { code: 200, text: null },
      explained: [
        expect.objectContaining({ path: 'code', value: '200', en: expect.any(String), zh: expect.any(String) }),
      ],
    })
    expect(fake.requests.at(-1)?.target).toBe('/bridge/callctrl?extnum=802&state=busy&opt=SET_EXT_PRESENCE_STATE')
  })
  it('reads typed values; data is the decoded answer, and there is no code where HTTP says it all', async () => {
    const ended = await call('telcrm.extnum-state')
    const document = documentOf(ended)
    expect(document).toMatchObject({ ok: true, status: 200 })
    expect('code' in document).toBe(false)
    expect(document.data).toHaveLength(6)
    const words = ['first=0', 'maxResults=5', 'beginDate=2016-03-01', 'endDate=2016-03-02', 'dirction=1']
    expect(documentOf(await call('telcrm.call-log-query', ...words))).toMatchObject({ ok: true, data: [] })
  })
  it('a refusal: exit 1, our code and a sentence, the vendor’s code and words', async () => {
    const ended = await call('telcrm.click-to-transfer', 'extnum=802', 'target=999')
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('The target extension does not exist')
    expect(ended.stderr).toContain('Check the number or id.')
    expect(documentOf(ended)).toMatchObject({
      ok: false,
      operation: 'telcrm.click-to-transfer',
      status: 404,
      code: 404,
      error: {
        code: 'not-found',
        message: expect.stringMatching(/^What this is about was not found\./),
        status: 404,
        connection: 'pbx',
        vendorCode: 404,
        vendorText: expect.any(String),
        explained: { zh: expect.any(String), en: expect.stringContaining('The target extension does not exist') },
      },
    })
  })
  it('a value that is refused here: exit 1, the field by the vendor’s name, nothing sent', async () => {
    const before = fake.requests.length
    const ended = await call('telcrm.click-to-transfer', 'extnum=80 2', 'target=801')
    expect(ended.code).toBe(1)
    expect(documentOf(ended)).toMatchObject({ status: null, error: { code: 'bad-request', field: 'extnum' } })
    const number = await call('telcrm.call-log-query', 'first=x', 'maxResults=5', 'beginDate=x', 'endDate=x')
    expect(documentOf(number)).toMatchObject({ error: { field: 'first', reason: 'must be a number' } })
    expect(fake.requests.length).toBe(before)
  })
  it('a PBX that is not there: the sentence in the user’s language, English in the document', async () => {
    const dead = await startCannedServer('')
    await dead.stop()
    const own = folderWith({ connections: [connection('pbx', dead.baseUrl)], locale: 'zh-CN' })
    const ended = await frontbell(['call', 'telcrm.extnum-state', '--data-dir', own.dir])
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('话机系统拒绝连接')
    expect(documentOf(ended)).toMatchObject({
      status: null,
      error: { code: 'unreachable', reason: 'connection-refused', message: expect.stringMatching(/^The PBX refused/) },
    })
    expect(readdirSync(own.dir)).toEqual(['settings.json'])
    own.end()
  })
  it('another system that is not there is not called the PBX', async () => {
    const dead = await startCannedServer('')
    await dead.stop()
    const facts = { id: 'cti', system: 'cti-realtime', baseUrl: dead.baseUrl, enterpriseId: '3000001', token: 'x' }
    const own = folderWith({ connections: [facts], locale: 'en' })
    const ended = await frontbell(['call', 'cti-realtime.identify-single', 'id=1', '--data-dir', own.dir])
    expect(ended.code).toBe(1)
    expect(ended.stderr).toMatch(/^The other side refused the connection/)
    own.end()
  })
  it('Ctrl-C cancels, also when it comes twice', async () => {
    const silent = await startCannedServer(() => {})
    const own = folderWith({ connections: [connection('pbx', silent.baseUrl)], locale: 'en' })
    const ended = await frontbell(['call', 'telcrm.extnum-state', '--data-dir', own.dir], (child) => {
      const timer = setInterval(() => {
        if (silent.heads.length === 0) return
        clearInterval(timer)
        child.kill('SIGINT')
        child.kill('SIGINT')
      }, 20)
    })
    expect(documentOf(ended)).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('Cancelled.') })
    await silent.stop()
    own.end()
  })
  it('names that the user makes up', async () => {
    await call('telcrm.ivr-tts-call', 'token=t1', 'callee=10086', 'toneid=1', 'ttsname=李先生', 'ttsday=@@home')
    const target = decodeURIComponent(fake.requests.at(-1)!.target)
    expect(target).toContain('&ttsname=李先生&ttsday=@home&opt=IVR_TTS_CALL')
  })
  it('a required value that the connection knows need not be given', async () => {
    const server = await startCapturingServer({ status: 200, contentType: 'application/json', body: '[]' })
    const known = { userData: 'shop-1', appSecret: 'hush-hush' }
    const own = folderWith({ connections: [{ id: 'd', system: 'dialback', baseUrl: server.baseUrl, ...known }] })
    await frontbell(['call', 'dialback.isallow', '--data-dir', own.dir])
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]!.target + server.requests[0]!.body.toString()).toContain('shop-1')
    await server.stop()
    own.end()
  })
  it('a value out of a file, and a value that begins with @', async () => {
    const file = join(folder.dir, 'number.txt')
    writeFileSync(file, '\uFEFF802\n')
    expect(documentOf(await call('telcrm.set-ext-presence-state', `extnum=@${file}`, 'state=online')).ok).toBe(true)
    expect(fake.requests.at(-1)?.target).toContain('extnum=802&')
    await call('telcrm.click-to-hungup', 'caller=802', 'callee=@@office')
    expect(fake.requests.at(-1)?.target).toContain('callee=%40office&')
  })
})

describe('wrong usage: exit 2, a sentence, nothing on stdout, nothing sent', () => {
  const cases: [words: string[], sentence: RegExp][] = [
    [[], /call needs an operation/],
    [['telcrm.clik-to-dail'], /no operation "telcrm.clik-to-dail"; did you mean telcrm.click-to-dial/],
    [['click-to-transfer'], /did you mean telcrm.click-to-transfer/],
    [['something-else-entirely'], /`frontbell operations` lists them/],
    [['telcrm.click-to-dial', 'caller=802'], /also needs callee=…/],
    [['telcrm.ivr-tts-call', 'token=a', 'callee=10086', 'toneid=1', 'tss1=a'], /no parameter "tss1"/],
    [['telcrm.click-to-dial', 'caller=802', 'calee=1'], /no parameter "calee"; did you mean callee\?/],
    [['telcrm.click-to-dial', 'caller=802', 'x=1'], /no parameter "x"; there are: caller, callee, authtype/],
    [['telcrm.extnum-state', 'x=1'], /no parameter "x"; it takes none/],
    [['telcrm.click-to-dial', 'caller=802', 'callee=1', 'callee=2'], /callee is given twice/],
    [['telcrm.click-to-dial', '802', '1'], /"802" is not of the form name=value/],
    [['telcrm.click-to-dial', 'caller=@/no/such/file', 'callee=1'], /\/no\/such\/file cannot be read \(ENOENT\)/],
    [['telcrm.click-to-dial', 'caller=802', '--file', 'callee=/etc/hosts'], /callee is not a file/],
    [['telcrm.extnum-state', '--output', '/tmp/x'], /answers with data, not with a file/],
    [['telcrm.extnum-state', '--connection', 'other'], /no connection "other"; there are: pbx/],
    [['telcrm.extnum-state', '--settings', '/no/such.json'], /no settings file \/no\/such.json/],
    [['telcrm.extnum-state', '--verbose'], /'--verbose'/],
  ]
  it.each(cases)('%j', async (words, sentence) => {
    const before = fake.requests.length
    const settings = words.includes('--settings') ? [] : ['--settings', folder.settingsFile]
    const error = await callCommand([...words, ...settings]).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as UsageError).message).toMatch(sentence)
    expect(fake.requests.length).toBe(before)
  })
  it('several connections: they are listed; --connection chooses', async () => {
    const own = folderWith({ connections: [connection('a'), connection('b')], locale: 'en' })
    const args = ['call', 'telcrm.extnum-state', '--data-dir', own.dir]
    const ended = await frontbell(args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/several connections of telcrm: choose one with --connection \(a, b\)/)
    expect(ended.stderr).toContain('frontbell <command>')
    expect((await frontbell([...args, '--connection', 'b'])).code).toBe(0)
    own.end()
  })
})

describe('settings that do not fit', () => {
  it('no connection: what to write where', async () => {
    const own = folderWith({ locale: 'en' })
    const ended = await frontbell(['call', 'telcrm.extnum-state', '--data-dir', own.dir])
    expect(ended.code).toBe(1)
    expect(documentOf(ended)).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(ended.stderr).toContain('"system":"telcrm"')
    expect(ended.stderr).toContain(own.settingsFile)
    own.end()
  })
  it('a file that is no JSON: that is what is said', async () => {
    const own = folderWith({})
    writeFileSync(own.settingsFile, '{"connections":')
    const ended = await frontbell(['call', 'telcrm.extnum-state', '--data-dir', own.dir])
    expect(documentOf(ended).error.message).toContain('settings.json is not valid JSON (it ends too early)')
    own.end()
  })
  it('a wrong one: the field is named', async () => {
    const own = folderWith({ connections: [{ id: 'pbx', system: 'telcrm', baseUrl: 'pbx' }], locale: 'en' })
    const ended = await frontbell(['call', 'telcrm.extnum-state', '--data-dir', own.dir])
    expect(documentOf(ended)).toMatchObject({ error: { code: 'unavailable' } })
    expect(ended.stderr).toContain('connections[0].baseUrl must be an http:// or https:// address')
    expect(readFileSync(own.settingsFile, 'utf8')).toContain('"baseUrl":"pbx"')
    expect(existsSync(`${own.settingsFile}.last-good`)).toBe(false)
    own.end()
  })
})
