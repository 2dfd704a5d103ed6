import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { data, dataOrNothing, done, file } from '../../main/systems/cloud-cs/envelope.ts'
import { skillsLoadQueueInfo } from '../../main/systems/cloud-cs/operations/employees.ts'
import { callHistoryDetail } from '../../main/systems/cloud-cs/operations/histories.ts'
import { outTaskInsert } from '../../main/systems/cloud-cs/operations/tasks.ts'
import { page, rows } from '../../main/systems/cloud-cs/rows.ts'
import { numberedPages } from '../../main/systems/kit/pages.ts'
import { Answer } from '../../main/systems/kit/response.ts'
import { wireRecord, wireText } from '../../main/systems/kit/tolerant.ts'
import { ownMs } from '../own-time.ts'

const answer = (body: string | Buffer, status = 200, type = 'application/json;charset=UTF-8') =>
  new Answer(status, { 'content-type': type }, Buffer.from(body))
const xml = (body: string, status = 200) =>
  answer(`<?xml version="1.0"?>${body}`, status, 'application/xml;charset=utf-8')

const anything = data(z.unknown())
const judged = (body: string, status = 200) => anything.judge(answer(body, status))

describe('success is `success` true and code 0 or absent', () => {
  it.each([
    ['{"data":{},"code":0,"message":"成功","success":true}', { ok: true, code: '0' }],
    ['{"message":"成功","success":true}', { ok: true, code: null }],
    ['{"code":null,"success":"true"}', { ok: true, code: null }],
    ['{"Code":"0","Success":1}', { ok: true, code: '0' }],
    ['{"message":"没有可恢复的号码","success":false}', { ok: false, code: 'success=false', text: '没有可恢复的号码' }],
    ['{"code":0,"message":"x","success":false}', { ok: false, code: 'success=false', text: 'x' }],
    ['{"code":-1,"message":"未知错误","success":false}', { ok: false, code: '-1', text: '未知错误' }],
    ['{"code":10101,"message":"x","success":true}', { ok: false, code: '10101', text: 'x' }],
    ['{"error":"invalid_token","error_description":"expired"}', { ok: false, code: 'invalid_token', text: 'expired' }],
  ])('%s', (body, verdict) => {
    expect(judged(body)).toEqual(verdict)
  })
  it.each([
    [500, '{"code":-1,"message":"空指针","success":false}', { ok: false, code: '-1', text: '空指针' }],
    [
      404,
      '{"timestamp":1,"status":404,"error":"Not Found","message":"No message"}',
      { ok: false, code: '404', text: 'No message' },
    ],
    [502, '<html>Bad Gateway</html>', { ok: false, code: '502', byStatus: true }],
    [503, '', { ok: false, code: '503', byStatus: true }],
    [500, '{"success":true,"code":0}', { ok: false, code: '500', text: '' }],
    [401, '{"code":1001,"message":"过期","success":false}', { ok: false, code: '401', text: '过期' }],
  ])('status %i with %s', (status, body, verdict) => {
    expect(judged(body, status)).toEqual(verdict)
  })
  it.each([
    ['{"code":0,"message":"成功"}', { reason: 'missing-field', field: 'success' }],
    ['[]', { field: '(document)' }],
    ['<html>login</html>', { reason: 'html-page' }],
    ['{"success":tr', { reason: 'broken-json' }],
    ['', { reason: 'empty' }],
  ])('%s is no answer at all', (body, fault) => {
    expect(() => judged(body)).toThrow(expect.objectContaining(fault))
  })
  it('a part that is missing is named', () => {
    const people = data(page(wireRecord({ id: wireText })))
    const read = (body: string) => () => people.read(answer(body))
    expect(read('{"success":true}')).toThrow(expect.objectContaining({ field: 'data' }))
    expect(read('{"success":true,"data":{"pageData":[{"ID":1},{}],"total":2}}')).toThrow(
      expect.objectContaining({ field: 'data.pageData[1].id', reason: 'missing-field' }),
    )
  })
  it('a command answers with its envelope', () => {
    expect(done.read(answer('{"data":{},"code":0,"message":"成功","success":true}'))).toEqual({
      ...{ data: {}, code: 0, message: '成功', success: true },
    })
  })
})

describe('XML', () => {
  it("the manual's own sample", () => {
    const sample =
      '<Result>\n <data>\n <name>Shaun</name>\n </data>\n <code>0</code>\n <message>成功</message>\n <success>true</success>\n</Result>'
    expect(anything.judge(answer(sample, 200, 'application/xml'))).toEqual({ ok: true, code: '0' })
    expect(anything.read(answer(sample, 200, 'application/xml'))).toEqual({ name: 'Shaun' })
    expect(done.read(answer(sample, 200, 'application/xml'))).toMatchObject({ code: 0, success: true, message: '成功' })
  })
  const ok = (inner: string) => xml(`<Result><data>${inner}</data><code>0</code><success>true</success></Result>`)
  const people = data(page(wireRecord({ id: wireText })))
  it.each([
    ['two rows', '<pageData><id>1</id></pageData><pageData><id>02</id></pageData><total>2</total>', ['1', '02']],
    ['one row', '<pageData><id>1</id><n/></pageData><total>1</total>', ['1']],
    ['wrapped rows', '<pageData><item><id>1</id></item><item><id>2</id></item></pageData><total>2</total>', ['1', '2']],
    ['one wrapped row', '<pageData><item><id>1</id><n/></item></pageData><total>1</total>', ['1']],
    ['an empty element', '<pageData/><total>0</total>', []],
    ['no element', '<total>0</total>', []],
  ])('a page with %s', (_title, inner, ids) => {
    expect(people.read(ok(inner)).pageData.map(({ id }) => id)).toEqual(ids)
  })
  it('missing rows are missed where there should be some', () => {
    expect(() => people.read(ok('<total>3</total>'))).toThrow(expect.objectContaining({ field: 'data.pageData' }))
  })
  it("text: XML's own entities and CDATA, each undone once", () => {
    const text = ok('<a>1 &lt; 2 &amp;amp; &#20013;&#x6587; &unknown;</a><b><![CDATA[<x>&amp;</x>]]></b>')
    expect(anything.read(text)).toEqual({ a: '1 < 2 &amp; 中文 &unknown;', b: '<x>&amp;</x>' })
  })
  it.each([
    ['cut off', '<Result><data><name>Shau'],
    ['another root', '<Answer><success>true</success></Answer>'],
    ['two roots', '<Result/><Result/>'],
    ['words', 'Result'],
    ['a reserved name', '<Result><__proto__>1</__proto__></Result>'],
    ['200,000 levels', '<a>'.repeat(200_000)],
  ])('%s is refused, without quoting it', (_title, body) => {
    const startedAt = ownMs()
    let thrown: unknown
    try {
      anything.judge(answer(body, 200, 'application/xml'))
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ code: 'unexpected-response', reason: /^</.test(body) ? 'not-xml' : 'not-json' })
    expect((thrown as Error).cause).toBeUndefined()
    expect(ownMs() - startedAt).toBeLessThan(1000)
  })
  it.each([
    [
      'billion laughs',
      `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n || ''};`.repeat(10)}">`).join('')}]><Result><message>&lol9;</message></Result>`,
    ],
    [
      'quadratic blow-up',
      `<!DOCTYPE Result [<!ENTITY a "${'a'.repeat(100_000)}">]><Result><message>${'&a;'.repeat(50_000)}</message></Result>`,
    ],
    [
      'a file of this computer',
      '<!DOCTYPE Result [<!ENTITY x SYSTEM "file:///etc/passwd">]><Result><message>&x;</message></Result>',
    ],
    ['a type alone', '<!DOCTYPE Result><Result><success>true</success></Result>'],
  ])('a document type (%s) is refused in less than a second', (_title, body) => {
    const startedAt = ownMs()
    expect(() => anything.judge(xml(body))).toThrow(expect.objectContaining({ reason: 'not-xml' }))
    expect(ownMs() - startedAt).toBeLessThan(1000)
  })
  it('the raw text is shown without mail passwords, in either format', () => {
    expect(people.conceal!(ok('<emailPwd>hunter2</emailPwd><emailPwd><![CDATA[hunter2]]></emailPwd>'))).not.toContain(
      'hunter2',
    )
    expect(people.conceal!(answer('{"emailPwd" : "hun\\"ter2","emailPwd":12345,"emailPwd":"cut of'))).toBe(
      '{"emailPwd" : "••••••","emailPwd":"••••••","emailPwd":"••••••"',
    )
  })
})

describe('a file', () => {
  const judgedFile = (body: string | Buffer, type: string, status = 200) => file.judge(answer(body, status, type))
  it.each([
    [
      'JSON',
      '{"code":-1,"message":"文件不存在","success":false}',
      'application/json',
      { code: '-1', text: '文件不存在' },
    ],
    [
      'JSON under another type',
      '{"message":"文件不存在","success":false}',
      'application/octet-stream',
      { text: '文件不存在' },
    ],
    [
      'XML',
      '<Result><code>-1</code><message>文件不存在</message><success>false</success></Result>',
      'application/xml',
      { code: '-1', text: '文件不存在' },
    ],
    [
      'a success without a file',
      '{"code":0,"message":"成功","success":true}',
      'application/json',
      { code: '200', text: '成功' },
    ],
    [
      'a refused token',
      '{"error":"invalid_token","error_description":"expired"}',
      'application/json',
      { code: 'invalid_token' },
    ],
  ])('%s in its place is an error', (_title, body, type, verdict) => {
    expect(judgedFile(body, type)).toMatchObject({ ok: false, ...verdict })
  })
  it.each([
    ['sound', Buffer.from('RIFF\u0000\u0000'), 'audio/x-wav'],
    ['numbers', '18219678378,data', 'text/plain'],
    ['text that begins with a brace', '{18219678378},data', 'application/octet-stream'],
    ['a spreadsheet in XML', '<?xml version="1.0"?><Workbook/>', 'application/vnd.ms-excel'],
    [
      'a new spreadsheet',
      Buffer.from('PK\u0003\u0004'),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
  ])('%s is one', (_title, body, type) => {
    expect(judgedFile(body, type)).toEqual({ ok: true, code: null })
  })
  it('declared JSON that cannot be read is no file', () => {
    expect(() => judgedFile('{"code":', 'application/json')).toThrow(expect.objectContaining({ reason: 'broken-json' }))
  })
})

describe('answers that the manual shows in two ways', () => {
  const ok = (inner: unknown) => answer(JSON.stringify({ data: inner, code: 0, success: true }))
  it('nothing, or a project', () => {
    const project = dataOrNothing(wireRecord({ projectId: wireText }))
    for (const body of ['{}', '{"success":true}', '{"success":true,"data":null}', '{"success":true,"data":{}}']) {
      expect(project.judge(answer(body)).ok).toBe(true)
      expect(project.read(answer(body))).toBeNull()
    }
    expect(project.read(ok({ projectId: 'PRO_1_2', remark: 'x' }))).toEqual({ projectId: 'PRO_1_2', remark: 'x' })
    expect(project.judge(answer('{"success":false,"code":-1}'))).toMatchObject({ ok: false })
    expect(project.judge(answer('{}', 500))).toMatchObject({ ok: false, code: '500' })
  })
  it('a call detail as a page, or alone', () => {
    const row = { id: 1, customer: '17600106536' }
    for (const inner of [{ pageData: [row], total: 1 }, row]) {
      expect(callHistoryDetail.response.read(ok(inner))).toEqual({
        pageData: [{ id: '1', customer: '17600106536' }],
        total: 1,
      })
    }
  })
  it('skill groups under the right or the printed spelling', () => {
    const group = [{ queueCode: 1 }]
    for (const inner of [
      { outTastList: group, inTastList: [] },
      { outTaskList: group, inTaskList: null },
    ]) {
      expect(skillsLoadQueueInfo.response.read(ok(inner))).toEqual({
        outTastList: [{ queueCode: '1' }],
        inTastList: [],
      })
    }
  })
  it.each(['outboundInstanceId', 'instanceId', 'outboundId', 'campaignId', 'id'])('a new task under %s', (name) => {
    expect(outTaskInsert.response.read(ok({ [name]: 3144, groupDn: '1' }))).toMatchObject({
      outboundInstanceId: '3144',
    })
  })
  it('a list that is null is empty', () => {
    expect(data(rows(wireRecord({ id: wireText }))).read(ok(null))).toEqual([])
  })
})

it('a server with a smaller page limit of its own loses no rows', () => {
  const all = Array.from({ length: 1000 }, (_, n) => String(n))
  const paging = numberedPages<string[]>({
    ...{ page: 'currentPage', size: 'pageSize', defaultSize: 10 },
    ...{ rows: (one) => one, total: () => all.length, key: (row) => String(row) },
  })
  const walk = (pageSize: number, limit: number) => {
    const seen: string[] = []
    let asked = 0
    for (let values: Record<string, unknown> | null = { pageSize }; values; ) {
      const size = Math.min(pageSize, limit)
      const from = (Number(values.currentPage ?? 1) - 1) * size
      const rowsOfPage = all.slice(from, from + size)
      asked += 1
      seen.push(...rowsOfPage)
      values = paging.next(values, rowsOfPage)
    }
    return { seen, asked }
  }
  expect(walk(500, 100)).toEqual({ seen: all, asked: 11 })
  expect(walk(300, 300)).toEqual({ seen: all, asked: 4 })
  expect(walk(1000, 1000)).toEqual({ seen: all, asked: 1 })
})

it('a server that wants to keep us busy does not', () => {
  const { user: before } = process.cpuUsage()
  const half = '<emailPwd '.repeat(100_000)
  expect(anything.conceal!(answer(half))).toBe(half.trim())
  expect(() => anything.judge(xml(`<Result>${'<a/>'.repeat(400_000)}</Result>`))).toThrow('too-large')
  expect(process.cpuUsage().user - before).toBeLessThan(1_000_000)
})
