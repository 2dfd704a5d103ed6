import { afterEach, describe, expect, it } from 'vitest'
import type { TelephonySystem } from '../../main/core/ports/index.ts'
import { tokenAuth } from '../../main/systems/cloud-cs/auth.ts'
import { openCloudCs } from '../../main/systems/cloud-cs/index.ts'
import { accessTelNumOptions } from '../../main/systems/cloud-cs/operations/employees.ts'
import { CloudCsConnection } from '../../preload/contract/index.ts'
import { type FakeCloudCs, type FakeCloudCsOptions, startFakeCloudCs } from '../fakes/cloud-cs/index.ts'
import { startCapturingServer } from './capturing-server.ts'
import { recordedLog } from './recorded-log.ts'

let fake: FakeCloudCs
let system: TelephonySystem
let log: ReturnType<typeof recordedLog>
let now = 0

async function start(options: FakeCloudCsOptions = {}, more: Record<string, unknown> = {}): Promise<void> {
  fake = await startFakeCloudCs(options)
  open(fake.baseUrl, more)
}

function open(baseUrl: string, more: Record<string, unknown> = {}): void {
  log = recordedLog()
  now = 1_700_000_000_000
  const connection = { id: 'cloud', system: 'cloud-cs', baseUrl, clientId: 'admin', clientSecret: '666666', ...more }
  system = openCloudCs(CloudCsConnection.parse(connection), { log, now: () => now })
}

afterEach(async () => {
  await system.close()
  await fake.stop()
})

const list = (options?: { signal: AbortSignal }) =>
  system.operations.run('cloud-cs.access-tel-num-options', {}, options)
const asked = () => fake.requests.filter(({ path }) => path === '/oauth/token').length
const listed = () => fake.requests.length - asked()

describe('one token for all', () => {
  it('100 calls at once ask for one token', async () => {
    await start({ tokenDelayMs: 30 })
    const results = await Promise.all(Array.from({ length: 100 }, () => list()))
    expect(results.filter(({ problem }) => problem !== null)).toEqual([])
    expect([asked(), listed()]).toEqual([1, 100])
  })
  it('is kept until a minute before its end', async () => {
    await start({ lifeSec: 3231 })
    await list()
    now += (3231 - 60) * 1000 - 1
    await list()
    expect(asked()).toBe(1)
    now += 1
    await list()
    expect(asked()).toBe(2)
  })
  it('a token that lives no longer than that minute is used once', async () => {
    await start({ lifeSec: 59 })
    for (let n = 0; n < 3; n += 1) expect((await list()).problem).toBeNull()
    expect(asked()).toBe(3)
  })
  it('a failed request for a token is no dead end: the next call asks again', async () => {
    await start()
    fake.refuseTokens({ status: 401, error: 'invalid_client' })
    const results = await Promise.all([list(), list()])
    expect(results.map(({ problem }) => problem?.code)).toEqual(['auth-failed', 'auth-failed'])
    expect(asked()).toBe(1)
    fake.refuseTokens(null)
    expect((await list()).problem).toBeNull()
  })
})

describe('a refused token', () => {
  it('is renewed and the call sent once more, also one that changes something', async () => {
    await start()
    await list()
    fake.revoke()
    const values = { fileName: 'a.xls', newName: 'b.xls' }
    const { problem } = await system.operations.run('cloud-cs.files-rename', values)
    expect(problem).toMatchObject({ code: 'bad-request', details: { vendorText: '文件不存在' } })
    expect([asked(), listed()]).toEqual([2, 3])
  })
  it('is renewed once for 100 calls at once', async () => {
    await start({ tokenDelayMs: 30 })
    await list()
    fake.revoke()
    const results = await Promise.all(Array.from({ length: 100 }, () => list()))
    expect(results.filter(({ problem }) => problem !== null)).toEqual([])
    expect(asked()).toBe(2)
  })
  it.each([
    ['401 with OAuth words', { status: 401, body: '{"error":"invalid_token","error_description":"x"}' }],
    ['401 with a page', { status: 401, contentType: 'text/html', body: '<html>Unauthorized</html>' }],
    ['401 in an envelope', { status: 401, body: '{"code":-1,"message":"令牌过期","success":false}' }],
    ['documented token error under 200', { status: 200, body: '{"error":"invalid_client","error_description":"x"}' }],
    ['XML of another part', { status: 401, body: '<OAuth><error>invalid_token</error></OAuth>' }],
  ])('%s: once more and then no further', async (_title, refusal) => {
    fake = await startFakeCloudCs()
    let tokens = 0
    const server = await startCapturingServer(({ target }) => {
      if (target !== '/oauth/token') return { contentType: 'application/json', ...refusal }
      tokens += 1
      return { status: 200, body: `{"access_token":"token-${tokens}","expires_in":7200}` }
    })
    open(server.baseUrl)
    expect((await list()).problem?.code).toBe('auth-failed')
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      'Bearer token-1',
      undefined,
      'Bearer token-2',
    ])
    await server.stop()
  })
  it('a refusal that comes late, of the token before, leaves the new one alone', async () => {
    await start()
    let tokens = 0
    const connection = { id: 'cloud', system: 'cloud-cs', baseUrl: fake.baseUrl }
    const auth = tokenAuth(CloudCsConnection.parse(connection), {
      now: () => now,
      async ask() {
        tokens += 1
        return { access_token: `token-${tokens}`, expires_in: 7200 }
      },
    })
    const refused = { ok: false, code: '401' }
    const first = await auth.credentials(accessTelNumOptions, undefined)
    expect(auth.rejected!(refused, first)).toBe(true)
    const second = await auth.credentials(accessTelNumOptions, undefined)
    expect(auth.rejected!(refused, first)).toBe(true)
    expect(await auth.credentials(accessTelNumOptions, undefined)).toEqual({ ...second, kept: true })
    expect(tokens).toBe(2)
  })
  it('403 is about the right, not about the token: nothing is asked anew', async () => {
    fake = await startFakeCloudCs()
    const server = await startCapturingServer(({ target }) =>
      target === '/oauth/token'
        ? { status: 200, body: '{"access_token":"token-1","expires_in":7200}' }
        : { status: 403, body: '{"error":"insufficient_scope","error_description":"read only"}' },
    )
    open(server.baseUrl)
    expect((await list()).problem).toMatchObject({ code: 'forbidden', details: { vendorText: 'read only' } })
    expect(server.requests).toHaveLength(2)
    await server.stop()
  })
})

describe('a caller who gives up', () => {
  it('leaves the token request to the others', async () => {
    await start({ tokenDelayMs: 500 })
    const impatient = new AbortController()
    const cancelled = list({ signal: impatient.signal })
    const patient = [list(), list({ signal: new AbortController().signal })]
    setTimeout(() => impatient.abort(), 20)
    let isAnswered = false
    void patient[0]?.then(() => {
      isAnswered = true
    })
    expect((await cancelled).problem?.code).toBe('cancelled')
    expect(isAnswered).toBe(false)
    expect((await Promise.all(patient)).map(({ problem }) => problem)).toEqual([null, null])
    expect([asked(), listed()]).toEqual([1, 2])
  })
  it('alone still leaves a token for the next one', async () => {
    await start({ tokenDelayMs: 40 })
    const impatient = new AbortController()
    const cancelled = list({ signal: impatient.signal })
    setTimeout(() => impatient.abort(), 10)
    await cancelled
    expect((await list()).problem).toBeNull()
    expect(asked()).toBe(1)
  })
  it('before anything was asked asks nothing', async () => {
    await start()
    expect((await list({ signal: AbortSignal.abort() })).problem?.code).toBe('cancelled')
    expect(asked()).toBe(0)
  })
})

describe('the grant type', () => {
  it('falls back to the spelling of the table, and remembers which one was right', async () => {
    await start({ grant: 'client_credential' })
    expect((await list()).problem).toBeNull()
    expect(asked()).toBe(2)
    fake.revoke()
    expect((await list()).problem).toBeNull()
    expect(asked()).toBe(3)
  })
  it.each(['invalid_request', 'unsupported_grant_type'])('%s for both spellings: tried once each', async (error) => {
    await start()
    fake.refuseTokens({ status: 400, error })
    const { problem } = await list()
    expect(problem).toMatchObject({
      code: 'bad-request',
      details: { operation: 'cloud-cs.oauth-token', vendorCode: error },
    })
    expect(asked()).toBe(2)
  })
  it('any other refusal is final', async () => {
    await start()
    fake.refuseTokens({ status: 400, error: 'invalid_scope' })
    expect((await list()).problem).toMatchObject({ code: 'forbidden', details: { vendorCode: 'invalid_scope' } })
    expect(asked()).toBe(1)
  })
})

describe('secrets', () => {
  it('travel in a header unless the connection wants the query', async () => {
    await start()
    await list()
    expect(fake.requests[1]).toMatchObject({
      target: '/accessTelNum/getJsonOption',
      headers: { authorization: `Bearer ${fake.tokens[0]}`, accept: 'application/json;charset=utf-8' },
    })
    await system.close()
    await fake.stop()
    await start({ tokenPlace: 'query' }, { tokenInQuery: true })
    await list()
    expect(fake.requests[1]!.target).toBe(`/accessTelNum/getJsonOption?access_token=${fake.tokens[0]}`)
    expect(fake.requests[1]!.headers.authorization).toBeUndefined()
  })
  it('are in no log line and no error, even when the platform quotes them', async () => {
    await start({ lifeSec: 30 })
    await list()
    fake.revoke()
    const refused = await system.operations.run('cloud-cs.oauth-token', { client_secret: 'not-the-secret' })
    expect(refused.problem).toMatchObject({
      code: 'auth-failed',
      details: { vendorText: 'Bad client credentials ••••••' },
    })
    const given = await system.operations.run('cloud-cs.oauth-token', {})
    expect(given.data).toMatchObject({ access_token: fake.tokens.at(-1), token_type: 'bearer' })
    const text = JSON.stringify([log.lines, refused.problem])
    expect(log.lines.length).toBeGreaterThan(2)
    for (const secret of [...fake.tokens, '666666', 'not-the-secret']) expect(text).not.toContain(secret)
  })
  it('a token that the platform quotes while refusing it is masked', async () => {
    await start()
    const server = await startCapturingServer(({ target, headers }) =>
      target === '/oauth/token'
        ? { status: 200, body: '{"access_token":"f497ee17-9380","expires_in":7200}' }
        : { status: 401, body: `{"error":"invalid_token","error_description":"Invalid: ${headers.authorization}"}` },
    )
    await system.close()
    open(server.baseUrl)
    const { problem } = await list()
    expect(problem?.details.vendorText).toBe('Invalid: Bearer ••••••')
    await server.stop()
  })
  it.each([{}, { tokenInQuery: true }])('the preview asks nobody and shows dots (%o)', async (more) => {
    await start({}, more)
    const shown = [
      await system.operations.preview('cloud-cs.oauth-token', {}),
      await system.operations.preview('cloud-cs.access-tel-num-options', {}),
    ]
    expect(shown[0]!.body).toContain('client_id=admin')
    expect(JSON.stringify(shown)).not.toContain('666666')
    expect(decodeURIComponent(JSON.stringify(shown[1]))).toContain('••••••')
    expect(fake.requests).toEqual([])
  })
})

it.each([
  ['clientId', { clientId: null }],
  ['clientSecret', { clientSecret: null }],
])('without %s nothing is sent, and the setting is named', async (field, more) => {
  await start({}, more)
  expect((await list()).problem).toMatchObject({ code: 'auth-failed', details: { field } })
  expect(fake.requests).toEqual([])
})

it('the token operation takes its own client, whatever the connection says', async () => {
  await start({ clientId: 'other', clientSecret: 'words' })
  const values = { client_id: 'other', client_secret: 'words', grant_type: 'client_credentials', scope: 'read' }
  expect((await system.operations.run('cloud-cs.oauth-token', values)).data).toMatchObject({ scope: 'read' })
})

it.each([
  ['no token', '{"token_type":"bearer"}', 'access_token'],
  ['an empty one', '{"access_token":""}', 'access_token'],
  ['one with a line break', '{"access_token":"a\\r\\nX: b"}', 'access_token'],
])('%s in the answer is an unexpected one', async (_title, body, field) => {
  await start()
  const server = await startCapturingServer({ status: 200, contentType: 'application/json', body })
  await system.close()
  open(server.baseUrl)
  expect((await list()).problem).toMatchObject({ code: 'unexpected-response', details: { field } })
  await server.stop()
})

it('check: a token and one harmless list', async () => {
  await start()
  await system.check()
  expect(fake.requests.map(({ path }) => path)).toEqual(['/oauth/token', '/accessTelNum/getJsonOption'])
  fake.revoke()
  fake.refuseTokens({ status: 401, error: 'invalid_client' })
  await expect(system.check()).rejects.toMatchObject({ code: 'auth-failed' })
})
