import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Authenticator } from '../../main/systems/kit/auth.ts'
import { codeTable } from '../../main/systems/kit/codes.ts'
import { operation } from '../../main/systems/kit/operation.ts'
import { everyRow, keyedPages, numberedPages, offsetPages } from '../../main/systems/kit/pages.ts'
import { operationFields, readTyped, says, spokenName, uploadFile } from '../../main/systems/kit/params.ts'
import { json, resultCode } from '../../main/systems/kit/response.ts'
import { createRunner } from '../../main/systems/kit/runner.ts'
import { openSession } from '../../main/systems/kit/session.ts'
import { type CannedAnswer, type Captured, startCapturingServer } from './capturing-server.ts'
import { fileOfText } from './operation-suite.ts'
import { recordedLog } from './recorded-log.ts'
import { endAll, endLater, open } from './transfers.ts'

afterEach(endAll)

const facts = { title: 'Test', titleZh: '测试', doc: 'none', retry: 'safe' } as const
const states = codeTable('x.states', '状态', 'States', { '0': [null, '空闲', 'idle'], '7': [null, '忙', 'busy'] })

const everyKind = operation({
  ...facts,
  id: 'x.kinds',
  method: 'POST',
  path: '/kinds/{task}',
  params: z.object({
    task: z.string(),
    count: z.number().int().min(1).optional(),
    flag: z.boolean().optional(),
    mode: z.enum(['on', 'off']).default('on'),
    level: z.union([z.literal(0), z.literal(1), z.literal(15)]).optional(),
    names: z.array(z.string()).optional(),
    rows: z.array(z.object({ a: z.number() })).optional(),
    free: z.record(z.string(), z.unknown()).optional(),
    password: says(z.string().optional(), 'Password', '密码', { secret: true }),
    id: z.string().optional(),
    otherId: z.string().optional(),
  }),
  wire: {
    count: 'request.cnt',
    id: 'request.id',
    otherId: 'param.id',
    level: 'lvl',
    password: 'pwd',
    names: 'nameList',
  },
  response: json(z.unknown()),
  codes: { state: states },
})
const upload = operation({
  ...facts,
  id: 'x.upload',
  method: 'POST',
  path: '/upload',
  body: 'multipart',
  params: z.object({ title: z.string(), file: uploadFile() }),
  response: resultCode([200]),
  errors: { 480: ['offline', '不在线', 'offline now'] },
  retry: 'never',
})
const plain = operation({
  ...facts,
  id: 'x.plain',
  method: 'GET',
  path: '/plain',
  params: z.object({ text: z.string().optional() }),
  response: resultCode(),
})

const auth: Authenticator = {
  complete: (_operation, values) => ({ ...values, password: values.password ?? 'computed' }),
  credentials: () => ({ headers: { authorization: 'Bearer real' }, json: { sign: 'real' } }),
  masked: () => ({ headers: { authorization: 'Bearer ••••••' }, json: { sign: '••••••' } }),
}

async function runnerOn(answer: CannedAnswer | ((request: Captured) => CannedAnswer), own?: Authenticator) {
  const server = await startCapturingServer(answer)
  endLater(server.stop)
  return { server, runner: createRunner(open(server.baseUrl, {}, own), [everyKind, upload, plain]) }
}
const ok: CannedAnswer = { status: 200, contentType: 'application/json', body: '{}' }

describe('values as they were typed', () => {
  const read = (given: Record<string, unknown>) => readTyped(everyKind, given)
  it.each([
    [{ count: '12' }, { count: 12 }],
    [{ count: ' 1e2 ' }, { count: 100 }],
    [{ count: 3 }, { count: 3 }],
    // A form's empty box.
    [{ count: '' }, {}],
    [{ flag: 'true' }, { flag: true }],
    [{ flag: '0' }, { flag: false }],
    [{ mode: ' off ' }, { mode: 'off' }],
    [{ lvl: '15' }, { level: 15 }],
    [{ lvl: '2' }, { level: '2' }],
    [{ nameList: 'a, 李,,\nb' }, { names: ['a', '李', 'b'] }],
    [{ nameList: '["a,b"]' }, { names: ['a,b'] }],
    [{ nameList: ['a', 'b'] }, { names: ['a', 'b'] }],
    [{ rows: '[{"a":1}]' }, { rows: [{ a: 1 }] }],
    [{ free: ' {"x":null}' }, { free: { x: null } }],
    [{ task: '007' }, { task: '007' }],
    [{ task: '', count: '', flag: '' }, { task: '' }],
  ])('%j → %j', (given, typed) => expect(read(given)).toEqual(typed))
  it.each([
    [{ count: 'ten' }, 'cnt', /must be a number/],
    [{ flag: 'yes' }, 'flag', /must be true or false/],
    [{ rows: '[{' }, 'rows', /is not valid JSON/],
    [{ free: 'x' }, 'free', /must be JSON/],
    [{ nope: '1' }, 'nope', /no such parameter; there are: task, cnt,/],
    [{ __proto__: null, constructor: '1' }, 'constructor', /no such parameter/],
  ])('%j is refused by name', (given, field, reason) => {
    expect(() => read(given)).toThrow(
      expect.objectContaining({ code: 'bad-request', details: expect.objectContaining({ field }) }),
    )
    expect(() => read(given)).toThrow(reason)
  })
  it('names: the vendor’s, with its place, its last part, or ours; an ambiguous last part is none', () => {
    for (const name of ['request.cnt', 'cnt', 'count']) expect(read({ [name]: '5' })).toEqual({ count: 5 })
    expect(read({ 'request.id': 'a', 'param.id': 'b' })).toEqual({ id: 'a', otherId: 'b' })
    expect(read({ id: 'a' })).toEqual({ id: 'a' })
    const fields = operationFields(everyKind)
    expect(fields.map((field) => spokenName(fields, field))).toEqual([
      'task',
      'cnt',
      'flag',
      'mode',
      'lvl',
      'nameList',
      'rows',
      'free',
      'pwd',
      'id',
      'param.id',
    ])
  })
})

describe('run()', () => {
  it('sends typed values, and says what came back', async () => {
    const body = '{"state":7,"list":[{"state":"0"},{"state":"9"}],"other":7}'
    const { runner, server } = await runnerOn({ status: 200, contentType: 'application/json', body }, auth)
    const result = await runner.run('x.kinds', { task: 'a/b', cnt: '2', 'param.id': 'z', lvl: '0', rows: '[{"a":1}]' })
    expect(server.requests[0]!.target).toBe('/kinds/a%2Fb')
    expect(JSON.parse(server.requests[0]!.body.toString())).toEqual({
      request: { cnt: 2 },
      mode: 'on',
      lvl: 0,
      rows: [{ a: 1 }],
      pwd: 'computed',
      param: { id: 'z' },
      sign: 'real',
    })
    expect(result).toMatchObject({
      ...{ operation: 'x.kinds', status: 200, code: null, problem: null, data: JSON.parse(body) },
      raw: { contentType: 'application/json', bytes: body.length, text: body },
    })
    expect(result.explained).toEqual([
      { path: 'state', value: '7', zh: '忙', en: 'busy' },
      { path: 'list[0].state', value: '0', zh: '空闲', en: 'idle' },
    ])
    expect(result.ms).toBeGreaterThanOrEqual(0)
  })
  it('never rejects: the problem names the vendor’s field', async () => {
    const { runner, server } = await runnerOn(ok)
    const problems: [string, Record<string, unknown>, object][] = [
      ['x.kinds', { task: 'a', count: '0' }, { code: 'bad-request', details: { field: 'cnt' } }],
      ['x.kinds', { task: 'a', lvl: '3' }, { code: 'bad-request', details: { field: 'lvl' } }],
      ['x.kinds', { task: 'a', rows: '[{"a":"x"}]' }, { code: 'bad-request', details: { field: 'rows.0.a' } }],
      ['x.kinds', { task: 'a', nameList: '[1]' }, { code: 'bad-request', details: { field: 'nameList.0' } }],
      ['x.kinds', {}, { code: 'bad-request', details: { field: 'task' } }],
      ['x.upload', { title: 't', file: 'a.wav' }, { code: 'bad-request', details: { field: 'file' } }],
      ['x.none', {}, { code: 'not-found', details: { operation: 'x.none' } }],
    ]
    for (const [id, values, problem] of problems) {
      expect(await runner.run(id, values)).toMatchObject({ status: null, code: null, data: null, raw: null, problem })
    }
    expect(server.requests).toEqual([])
  })
  it('a refusal: status, the vendor’s code, and what the manual says about it', async () => {
    const { runner } = await runnerOn({ status: 200, body: '480' })
    const file = fileOfText({ name: 'a.wav', type: 'audio/wav', text: 'RIFF' })
    expect(await runner.run('x.upload', { title: 't', file })).toMatchObject({
      status: 200,
      code: '480',
      problem: { code: 'offline', details: { vendorCode: '480', explained: { zh: '不在线', en: 'offline now' } } },
      raw: { text: '480' },
    })
  })
})

describe('preview()', () => {
  it('shows the request without secrets, as a command line too; nothing is sent', async () => {
    const { runner, server } = await runnerOn(ok, auth)
    const preview = await runner.preview('x.kinds', { task: "it's", pwd: 'topsecret', cnt: '1' })
    expect(preview).toMatchObject({ method: 'POST', url: `${server.baseUrl}/kinds/it's` })
    expect(JSON.parse(preview.body!)).toMatchObject({ pwd: '••••••', sign: '••••••', request: { cnt: 1 } })
    expect(preview.headers.authorization).toBe('Bearer ••••••')
    expect(JSON.stringify(preview)).not.toMatch(/topsecret|real|computed/)
    const computed = await runner.preview('x.kinds', { task: 'a' })
    expect(JSON.stringify(computed)).not.toMatch(/computed/)
    expect(server.requests).toEqual([])
  })
  it('the command line survives a shell', async () => {
    const { execFileSync } = await import('node:child_process')
    const { runner } = await runnerOn(ok)
    const words = async (id: string, values: Record<string, unknown>) => {
      const { curl } = await runner.preview(id, values)
      const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${curl}`
      return execFileSync('/bin/sh', ['-c', script]).toString().split('\0').slice(0, -1)
    }
    const nasty = `'"$(touch x)\`\\ ;&\n李`
    expect(await words('x.plain', { text: nasty })).toContainEqual(expect.stringContaining(encodeURIComponent(nasty)))
    const body = (await words('x.kinds', { task: 'a', id: nasty })).at(-1)!
    expect(JSON.parse(body)).toMatchObject({ request: { id: nasty } })
    const file = fileOfText({ name: 'a;"b".wav', type: 'audio/wav', text: 'RIFF' })
    const upload = await words('x.upload', { title: '@/etc/passwd;type=x', file })
    expect(upload.slice(-4)).toEqual([
      '--form-string',
      'title=@/etc/passwd;type=x',
      '-F',
      'file=@"a;\\"b\\".wav";type=audio/wav',
    ])
    expect(upload).not.toContainEqual(expect.stringMatching(/^content-type/))
  })
  it('wrong values are refused by the vendor’s name', async () => {
    const { runner } = await runnerOn(ok)
    await expect(runner.preview('x.kinds', { task: 'a', cnt: '0' })).rejects.toMatchObject({
      details: { field: 'cnt' },
    })
    await expect(runner.preview('x.none', {})).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('pages', () => {
  const row = z.object({ id: z.number() })
  const key = (one: unknown) => String((one as { id: number }).id)
  const numbers = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, n) => ({ id: from + n }))

  async function all(
    described: Parameters<typeof everyRow>[1],
    params: Record<string, unknown>,
    answer: (query: URLSearchParams) => unknown,
  ) {
    const server = await startCapturingServer(({ target }) => ({
      ...ok,
      body: JSON.stringify(answer(new URLSearchParams(target.split('?')[1]))),
    }))
    endLater(server.stop)
    const session = openSession({
      connection: 'c',
      system: 'x',
      baseUrl: server.baseUrl,
      errors: {},
      log: recordedLog(),
    })
    endLater(() => session.close())
    const ids: number[] = []
    for await (const one of everyRow(session, described, params)) ids.push((one as { id: number }).id)
    return { ids, requests: server.requests.length }
  }
  const ids = (to: number) => numbers(0, to).map(({ id }) => id)

  const byOffset = operation({
    ...facts,
    id: 'x.offset',
    method: 'GET',
    path: '/rows',
    params: z.object({ first: z.number(), size: z.number() }),
    response: json(z.array(row)),
    pages: offsetPages({ offset: 'first', size: 'size' }, key),
  })
  it.each([
    [0, 1],
    [9, 2],
    [10, 2],
    [25, 4],
    // A server that gives ten at most, whatever is asked for.
    [25, 4, 500],
  ])('by offset: %i rows in %i requests', async (total, requests, size = 10) => {
    const got = await all(byOffset, { first: 0, size }, (query) =>
      numbers(Number(query.get('first')), Math.min(total, Number(query.get('first')) + 10)),
    )
    expect(got).toEqual({ ids: ids(total), requests })
  })
  it('rows that moved meanwhile come once; a server that ignores the offset ends', async () => {
    let added = 0
    const moving = await all(byOffset, { first: 0, size: 10 }, (query) => {
      const from = Number(query.get('first')) - added
      added = 3
      return numbers(Math.max(0, from), Math.min(25, from + 10))
    })
    expect(moving.ids).toEqual(ids(25))
    expect(await all(byOffset, { first: 0, size: 10 }, () => numbers(0, 10))).toEqual({ ids: ids(10), requests: 2 })
  })
  it('by number until the total; a wrong total or a deaf server ends', async () => {
    const described = operation({
      ...facts,
      id: 'x.numbered',
      method: 'GET',
      path: '/rows',
      params: z.object({ page: z.number().optional() }),
      response: json(z.object({ total: z.number(), rows: z.array(row) })),
      pages: numberedPages({
        ...{ page: 'page', size: 'size', defaultSize: 10, key },
        rows: (page: { rows: unknown[] }) => page.rows,
        total: (page: { total: number }) => page.total,
      } as Parameters<typeof numberedPages<{ total: number; rows: { id: number }[] }>>[0]),
    })
    const page = (query: URLSearchParams) => (Number(query.get('page') ?? 1) - 1) * 10
    const rows = (query: URLSearchParams) => numbers(page(query), Math.min(25, page(query) + 10))
    expect(await all(described, {}, (query) => ({ total: 25, rows: rows(query) }))).toEqual({
      ids: ids(25),
      requests: 3,
    })
    expect((await all(described, {}, (query) => ({ total: 999, rows: rows(query) }))).requests).toBe(4)
    expect((await all(described, {}, () => ({ total: 999, rows: numbers(0, 10) }))).requests).toBe(2)
  })
  it('by key: after the last row, whether it comes again or not', async () => {
    const described = operation({
      ...facts,
      id: 'x.keyed',
      method: 'GET',
      path: '/rows',
      params: z.object({ after: z.string().optional() }),
      response: json(z.array(row)),
      pages: keyedPages({ param: 'after', size: 10, rows: (page: { id: number }[]) => page, key }),
    })
    for (const again of [0, 1]) {
      const got = await all(described, {}, (query) => {
        const from = query.has('after') ? Number(query.get('after')) + 1 - again : 0
        return numbers(from, Math.min(25, from + 10))
      })
      expect(got.ids).toEqual(ids(25))
    }
    expect((await all(described, {}, () => numbers(0, 10))).requests).toBe(2)
  })
})
