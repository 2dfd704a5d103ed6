import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CoreError } from '../../main/core/errors.ts'
import type { UploadFile } from '../../main/core/ports/index.ts'
import type { Authenticator } from '../../main/systems/kit/auth.ts'
import { call, type RunOptions } from '../../main/systems/kit/call.ts'
import { codeTable, explainCode } from '../../main/systems/kit/codes.ts'
import { parseJson } from '../../main/systems/kit/json.ts'
import { type Operation, operation } from '../../main/systems/kit/operation.ts'
import { uploadFile } from '../../main/systems/kit/params.ts'
import { Answer, binary, json, type ResponseKind, resultCode } from '../../main/systems/kit/response.ts'
import { type Limits, openSession } from '../../main/systems/kit/session.ts'
import { wireRecord, wireText } from '../../main/systems/kit/tolerant.ts'
import { answer, type Script, startCannedServer } from './canned-server.ts'
import { recordedLog } from './recorded-log.ts'

const toEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

const log = recordedLog()
const facts = { title: 'Test', titleZh: '测试', doc: 'none', path: '/x', method: 'GET' } as const
const described = (response: ResponseKind<unknown>, retry: Operation['retry'] = 'safe') =>
  operation({ ...facts, id: 'x.test', params: z.object({}), response, retry })
const upload = operation({
  ...{ ...facts, id: 'x.upload', method: 'POST', body: 'multipart', retry: 'never', response: resultCode() },
  params: z.object({ file: uploadFile() }),
})

async function serve(script: Script, limits: Partial<Limits> = {}, auth?: Authenticator) {
  const server = await startCannedServer(script)
  toEnd.push(() => server.stop())
  const facts = { connection: 'desk', system: 'x', baseUrl: server.baseUrl, errors: {}, log, limits }
  const session = openSession(auth ? { ...facts, auth } : facts)
  toEnd.push(() => session.close())
  const run = async (what: Operation, params: Record<string, unknown> = {}, options: RunOptions = {}) => {
    try {
      return await call(session, what, params, options)
    } catch (thrown) {
      if (!(thrown instanceof CoreError)) throw thrown
      return { code: thrown.code, ...thrown.details }
    }
  }
  return { server, run }
}

const fileOf = (size: number, pieces: string[]): UploadFile => ({
  ...{ name: 'a.wav', type: 'audio/wav', size },
  async *open() {
    for (const piece of pieces) yield Buffer.from(piece)
  },
})

describe('a file that stands still', () => {
  const limits = { idleMs: 100, transferMs: 5_000 }
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n'
  it.each([
    ['after the head', head],
    ['in the middle', `${head}abc`],
  ])('%s: ended long before its time is over, with a place to go to and without', async (_name, script) => {
    const { run } = await serve(script, limits)
    const stuck = { code: 'timeout', reason: 'idle', status: 200 }
    expect(await run(described(binary()))).toMatchObject(stuck)
    expect(await run(described(binary()), {}, { sink: { write() {} } })).toMatchObject(stuck)
  })
  it('the answer to an upload', async () => {
    const { run } = await serve(head, limits)
    expect(await run(upload, { file: fileOf(3, ['abc']) })).toMatchObject({ code: 'timeout', reason: 'idle' })
  })
})

describe('a file to be sent', () => {
  it.each([
    ['shorter than it said', 'file-changed', fileOf(10, ['abc'])],
    ['longer than it said', 'file-changed', fileOf(3, ['abc', 'def'])],
    [
      'that cannot be read',
      'file-unreadable',
      {
        ...fileOf(10, []),
        // biome-ignore lint/correctness/useYield: it fails before
        async *open() {
          throw new Error('EIO')
        },
      },
    ],
  ])('%s is a failure of ours, not of the other side', async (_name, reason, file) => {
    const { server, run } = await serve(answer('200'))
    expect(await run(upload, { file })).toMatchObject({ code: 'bad-request', reason })
    expect(server.heads).toEqual([])
  })
  it('is let go of when the other side refuses it half way', async () => {
    let isOpen = false
    const file = {
      ...fileOf(50_000_000, []),
      async *open() {
        isOpen = true
        try {
          for (let nth = 0; nth < 500; nth += 1) yield Buffer.alloc(100_000)
        } finally {
          isOpen = false
        }
      },
    }
    const server = await startCannedServer('', { begun: (socket) => void setTimeout(() => socket.destroy(), 20) })
    toEnd.push(() => server.stop())
    const session = openSession({ connection: 'desk', system: 'x', baseUrl: server.baseUrl, errors: {}, log })
    toEnd.push(() => session.close())
    await expect(call(session, upload, { file })).rejects.toMatchObject({ code: 'unexpected-response' })
    await expect.poll(() => isOpen).toBe(false)
  })
})

describe('a result code', () => {
  const ask = async (status: string, body: string, kind = resultCode()) =>
    (await serve(answer(body, { status }))).run(described(kind, 'never'))
  it('in the body never undoes a failed status', async () => {
    expect(await ask('500 No', '200')).toMatchObject({ code: 'server-error', vendorCode: '500' })
    expect(await ask('404 No', '200', resultCode([200]))).toMatchObject({ code: 'not-found', vendorCode: '404' })
  })
  it('that refuses says more than the status', async () => {
    expect(await ask('500 No', '404')).toMatchObject({ code: 'not-found', vendorCode: '404' })
    expect(await ask('200 OK', '404')).toMatchObject({ code: 'not-found', vendorCode: '404' })
  })
})

describe('levels of an answer', () => {
  const parse = (text: string) => parseJson({ text, status: 200 })
  const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
  it('200 are read, more are not: what walks through them would run out of stack', () => {
    expect(JSON.stringify(parse(lists(200)))).toBe(lists(200))
    for (const text of [lists(201), lists(100_000), `{"a":1,"b":[${'{"c":'.repeat(300)}1${'}'.repeat(300)}]}`]) {
      expect(() => parse(text)).toThrow('too-deep')
    }
  })
  it('what stands side by side, or in quotes, is not deep', () => {
    const rows = `[${'[{"a":[]}],'.repeat(1_000)}{}]`
    expect(parse(rows)).toHaveLength(1_001)
    const [open, escaped] = ['['.repeat(500), '\\"'.repeat(3) + '{'.repeat(500)]
    expect(parse(JSON.stringify([open, 'x\\', open]))).toEqual([open, 'x\\', open])
    expect(parse(`{"${escaped}":"\\\\","b":"${escaped}"}`)).toHaveProperty('b')
    expect(() => parse(`["${open}`)).toThrow('broken-json')
  })
})

describe('a document in the place of a file', () => {
  const ask = (body: string | Buffer, type: string) => {
    const got = new Answer(200, { 'content-type': type }, Buffer.from(body))
    const kind = binary()
    return kind.judge(got).ok && kind.read(got).bytes
  }
  it.each([
    ['{"error":"gone"}', 'application/json'],
    ['null', 'application/json;charset=utf-8'],
    ['{"error":"gone"}', 'audio/x-wav'],
    ['<error/>', 'text/xml'],
    [' <?xml version="1.0"?><error/>', 'application/octet-stream'],
  ])('%s as %s', (body, type) => {
    expect(() => ask(body, type)).toThrow('not-a-file')
  })
  it('other formats made of XML are files', () => {
    expect(ask('PK..', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')).toBe(4)
  })
})

describe('refused credentials', () => {
  const refusing = (kept: boolean): Authenticator => ({
    credentials: () => ({ headers: { authorization: 'Bearer t0ken-t0ken' }, kept }),
    masked: () => ({}),
    rejected: () => true,
  })
  it.each([
    ['safe', true, 2],
    ['safe', false, 2],
    ['never', true, 2],
    ['never', false, 1],
  ] as const)('%s, kept from before: %s: sent %i times', async (retry, kept, times) => {
    const { server, run } = await serve(answer('', { status: '401 No' }), {}, refusing(kept))
    expect(await run(described(json(z.unknown()), retry))).toMatchObject({ code: 'auth-failed' })
    expect(server.heads).toHaveLength(times)
  })
})

describe('the code of a refusal', () => {
  const refusedAs = (code: string, text = ''): ResponseKind<unknown> => ({
    ...json(z.unknown()),
    judge: () => ({ ok: false, code, text }),
  })
  const digest = '0cc175b9c0f1b6a8'
  const auth: Authenticator = {
    credentials: () => ({ json: { authentication: { digest } }, headers: { authorization: 'Bearer t0ken-t0ken' } }),
    masked: () => ({}),
  }
  it.each(['777', 'no_such-thing', 'Server.userException', '0xF1000099', 'success=false'])(
    '%s is told',
    async (code) => {
      const { run } = await serve(answer('{}'), {}, auth)
      expect(await run(described(refusedAs(code)))).toMatchObject({ vendorCode: code })
    },
  )
  it.each(['13500000002', '+8613500000002', 't0ken-t0ken', digest, 'GET /x HTTP/1.1', 'a'.repeat(50), ''])(
    '%s could be anything and is told nowhere',
    async (code) => {
      const { run } = await serve(answer('{}'), {}, auth)
      const refused = await run(described(refusedAs(code)))
      expect(refused).toMatchObject({ code: 'unexpected-response', reason: 'undocumented-code' })
      expect(refused).not.toHaveProperty('vendorCode')
      expect(log.lines.at(-1)!.fields.vendorCode).toBeUndefined()
    },
  )
  it('words lose a digest that stood in the body', async () => {
    const { run } = await serve(answer('{}'), {}, auth)
    const refused = await run(described(refusedAs('5', `wrong digest ${digest}`)))
    expect(refused).toMatchObject({ vendorText: 'wrong digest ••••••' })
  })
})

describe('words that every object of the language knows', () => {
  const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty']
  it.each(inherited)('%s as a code, an encoding or a value is one that nobody knows', async (word) => {
    const refused: ResponseKind<unknown> = { ...json(z.unknown()), judge: () => ({ ok: false, code: word }) }
    const coded = await serve(answer('{}'))
    const unknown = { code: 'unexpected-response', reason: 'undocumented-code' }
    expect(await coded.run(described(refused))).toMatchObject(unknown)
    const encoded = await serve(answer('{}', { headers: [`Content-Encoding: ${word}`] }))
    expect(await encoded.run(described(json(z.unknown())))).toMatchObject({ reason: 'bad-encoding' })
    expect(explainCode(codeTable('x.codes', '码', 'Codes', { 1: [null, '一', 'One'] }), word)).toBeNull()
  })
  it('a field without a name stands for no other', () => {
    expect(wireRecord({ state: wireText }).safeParse({ '': 'x' }).success).toBe(false)
    expect(wireRecord({ state: wireText }).safeParse({ STATE: 'x', '': 'y' }).data).toEqual({ state: 'x', '': 'y' })
  })
})

it('an upload that is still on its way is waited for longer than an answer', async () => {
  const limits = { firstByteMs: 100, idleMs: 3_000 }
  const { run } = await serve((socket) => void setTimeout(() => socket.write(answer('200')), 400), limits)
  expect(await run(upload, { file: fileOf(3, ['abc']) })).toEqual({ code: 200, text: null })
  expect(await run(described(resultCode()))).toMatchObject({ code: 'timeout', reason: 'first-byte' })
})

describe('an answer that is wrong all over', () => {
  const kind = json(z.array(wireRecord({ id: wireText, rows: z.array(wireRecord({ key: wireText })).optional() })))
  const read = (document: unknown) => kind.read(new Answer(200, {}, Buffer.from(JSON.stringify(document))))
  const wrong = Array.from({ length: 100_000 }, () => ({}))
  const right = Array.from({ length: 100 }, (_one, id) => ({ id: String(id) }))

  it.each([
    ['from its beginning', wrong, '[0].id'],
    ['in its first row', [{ id: 1, rows: wrong }], '[0].rows[0].key'],
    ['from somewhere on', [...right, ...wrong], '(document)'],
    ['in one place', [...right, {}, ...right], '[100].id'],
  ])('%s: is given up soon, the place is told where it is known', (_name, document, field) => {
    const { user: before } = process.cpuUsage()
    expect(() => read(document)).toThrow(expect.objectContaining({ code: 'unexpected-response', field }))
    expect(process.cpuUsage().user - before).toBeLessThan(500_000)
  })
  it('the next one is read as ever', () => {
    expect(() => read(wrong)).toThrow()
    expect(read(right)).toHaveLength(100)
    const checked = z.array(wireRecord({ id: wireText })).safeParse(wrong.slice(0, 1_000))
    expect(checked.error?.issues).toHaveLength(1_000)
  })
})
