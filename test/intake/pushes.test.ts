import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import type { StoredPush } from '../../main/core/ports/index.ts'
import { limits } from '../../main/intake/limits.ts'
import type { PushSender } from '../../main/intake/push-seal.ts'
import { open as openStore } from '../store/temp-store.ts'
import { host, openListener, side } from './open-listener.ts'
import { ask, openClient } from './raw-client.ts'

const password = 'E416D0F85DC0CB67C85E070A32D9F0123AFF4762'
const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const sender = (changes: Partial<PushSender> = {}): PushSender => ({
  connection: 'voice',
  customer: 'C2',
  acceptsUnsigned: false,
  digest: (timestamp, seq) => md5(`C2@${timestamp}@${seq}@${password}`),
  ...changes,
})

let number = 1000
function seal(changes: Record<string, unknown> = {}) {
  number += 1
  const { customer = 'C2', timestamp = String(Date.now()), seq = String(number), ...rest } = changes
  return { customer, timestamp, seq, digest: md5(`${customer}@${timestamp}@${seq}@${password}`), ...rest }
}
const review = { id: '62', content: '测试TTS', remark: '测试备注', status: '1' }
const bill = {
  ...{ type: 'TTSVoiceNotifyBilling', startTime: '2021-10-09 15:35:51', ringTime: '', answerTime: '', byeTime: '' },
  ...{
    callee: '13801138001',
    caller: '',
    keyPress: '1',
    recordFile: '',
    service: '21',
    session: '1633764891-0044-567388',
  },
  ...{ seq: '123456', userData: 'order-7', resultCode: '', timeLength: '9', releaseCause: '1' },
}
const raw = (body: string, method = 'POST') =>
  Buffer.from(
    `${method} /openapi/push HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
const push = (notify: unknown, authentication: unknown = seal()) => raw(JSON.stringify({ authentication, notify }))

async function openWith(senders: PushSender[] = [sender()], changes: { fail?: boolean } = {}) {
  const stored: Omit<StoredPush, 'id'>[] = []
  const how = { ...changes }
  const opened = await openListener({
    side: side({
      pushSenders: () => senders,
      async storePush(one) {
        if (how.fail) throw new CoreError('storage-failed', { reason: 'disk full' })
        stored.push(one)
        return true
      },
    }),
  })
  const tell = async (request: Buffer) => {
    const { status, body, headers } = await ask(opened.port, request)
    return { status, headers, result: (JSON.parse(body) as { result: { error: number; msg: string } }).result }
  }
  return { ...opened, stored, how, tell }
}

describe('pushes of the voice platform', () => {
  it('a signed one is stored, then acknowledged', async () => {
    const { tell, stored } = await openWith()
    const answer = await tell(push(review))
    expect(answer).toMatchObject({ status: 200, result: { error: 0, msg: '' } })
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    await tell(push(bill))
    await tell(push({ ...bill, type: 'SomethingNew' }))
    expect(stored.map(({ kind, connection, subject }) => [kind, connection, subject])).toEqual([
      ['tts-audit', 'voice', '62'],
      ['tts-billing', 'voice', bill.session],
      ['other', 'voice', bill.session],
    ])
    expect(stored.map(({ body }) => JSON.parse(body))).toEqual([review, bill, { ...bill, type: 'SomethingNew' }])
    expect(Math.abs(stored[0]!.receivedAt - Date.now())).toBeLessThan(5000)
  })

  it('the digest of the manual fits at its own time', async () => {
    const { digest } = sender()
    expect(digest('1471918933001', '5271')).toBe('ae62e11cab746436b64a26f4ed8e41a3')
  })

  it.each([
    ['a wrong digest', seal({ digest: md5('x') }), 'authentication failed'],
    ['a short digest', seal({ digest: 'ae62' }), 'authentication failed'],
    ['no digest', seal({ digest: undefined }), 'authentication failed'],
    ['another customer', seal({ customer: 'C3' }), 'authentication failed'],
    ['a number that is too long', seal({ seq: '1'.repeat(21) }), 'authentication failed'],
    ['no number', seal({ seq: '' }), 'authentication failed'],
    ['no block at all', null, 'authentication failed'],
    ['an old timestamp', seal({ timestamp: String(Date.now() - 601_000) }), 'timestamp is more than ten minutes off'],
    ['a future one', seal({ timestamp: String(Date.now() + 900_000) }), 'timestamp is more than ten minutes off'],
    ['one that is none', seal({ timestamp: 'now' }), 'timestamp is more than ten minutes off'],
  ])('%s is refused', async (_name, block, msg) => {
    const { tell, stored } = await openWith()
    expect(await tell(push(review, block))).toMatchObject({ status: 200, result: { error: 1, msg } })
    expect(stored).toEqual([])
  })

  it('a platform without a password can sign nothing', async () => {
    const { tell } = await openWith([sender({ digest: () => null })])
    expect((await tell(push(review))).result.error).toBe(1)
  })

  it('capitals in the digest and a time in seconds are understood', async () => {
    const { tell } = await openWith()
    const block = seal({ timestamp: String(Math.trunc(Date.now() / 1000)) })
    expect((await tell(push(review, { ...block, digest: block.digest.toUpperCase() }))).result.error).toBe(0)
  })

  it('the same number again is refused, whatever comes with it', async () => {
    const { tell, stored } = await openWith()
    const block = seal({ seq: '5271' })
    await tell(push(review, block))
    for (const again of [push(review, block), push(bill, block), push(review, seal({ seq: '5271' }))]) {
      expect((await tell(again)).result).toEqual({ error: 1, msg: 'seq was used before' })
    }
    expect(stored).toHaveLength(1)
  })

  it('another customer may use the same number', async () => {
    const other = sender({ connection: 'b', customer: 'C9', digest: (t, s) => md5(`C9@${t}@${s}@${password}`) })
    const { tell, stored } = await openWith([sender(), other])
    for (const customer of ['C2', 'C9']) await tell(push(review, seal({ customer, seq: '77' })))
    expect(stored.map(({ connection }) => connection)).toEqual(['voice', 'b'])
  })

  it('what could not be stored is a 503, and may come again with the same number', async () => {
    const { tell, how, stored } = await openWith([sender()], { fail: true })
    const block = seal()
    expect(await tell(push(review, block))).toMatchObject({ status: 503, result: { error: 4 } })
    how.fail = false
    expect((await tell(push(review, block))).result.error).toBe(0)
    expect(stored).toHaveLength(1)
  })

  it('unsigned ones are taken only where the connection says so', async () => {
    const { tell, stored } = await openWith([
      sender(),
      sender({ connection: 'lax', customer: 'C7', acceptsUnsigned: true }),
    ])
    expect((await tell(push(review, undefined))).result.error).toBe(0)
    expect((await tell(push(review, seal({ digest: 'x', customer: 'C7' })))).result.error).toBe(0)
    expect((await tell(push(review, null))).result.error).toBe(0)
    expect(stored.map(({ connection }) => connection)).toEqual(['voice', 'lax', 'lax'])
  })

  it.each([
    ['no JSON', 'authentication=1', 8],
    ['a list', '[]', 8],
    ['nothing', '', 8],
    ['no report', JSON.stringify({ authentication: seal() }), 5],
  ])('%s is refused as the platform itself would', async (_name, body, error) => {
    const { tell } = await openWith()
    expect((await tell(raw(body))).result.error).toBe(error)
  })

  it('reads a byte order mark and GBK', async () => {
    const { tell, stored } = await openWith()
    await tell(raw(`\ufeff${JSON.stringify({ authentication: seal(), notify: review })}`))
    const gbk = Buffer.from(
      JSON.stringify({ authentication: seal(), notify: { ...review, remark: '?' } }).replace('测试TTS', 'x'),
    )
    const at = gbk.indexOf('"?"') + 1
    const bytes = Buffer.concat([gbk.subarray(0, at), Buffer.from([0xb2, 0xe2]), gbk.subarray(at + 1)])
    const head = `POST /openapi/push HTTP/1.1\r\n${host}Content-Length: ${bytes.length}\r\n\r\n`
    await tell(Buffer.concat([Buffer.from(head), bytes]))
    expect(stored.map(({ body }) => (JSON.parse(body) as { remark: string }).remark)).toEqual(['测试备注', '测'])
  })

  it('is no route without such a connection, and none for GET', async () => {
    const { port } = await openListener()
    expect((await ask(port, push(review))).status).toBe(404)
    const { port: other } = await openWith()
    expect((await ask(other, raw('', 'GET'))).status).toBe(405)
  })

  it('takes 64 kB and no more, only from allowed sources, never from a browser', async () => {
    const { tell, port } = await openWith()
    const empty = Buffer.byteLength(JSON.stringify({ authentication: seal(), notify: { ...review, content: '' } }))
    expect((await tell(push({ ...review, content: 'x'.repeat(limits.bodyBytes - empty) }))).result.error).toBe(0)
    expect((await ask(port, push({ ...review, content: 'x'.repeat(limits.bodyBytes) }))).status).toBe(413)
    const browser = Buffer.from(String(push(review)).replace('\r\n\r\n', '\r\nOrigin: null\r\n\r\n'))
    expect((await ask(port, browser)).status).toBe(403)
    const stranger = await openClient(port, '127.0.0.3')
    stranger.send(push(review))
    await stranger.closed()
    expect(stranger.received()).toBe('')
  })

  it('the log has neither number nor text nor digest', async () => {
    const { tell, lines } = await openWith()
    const block = seal()
    await tell(push(bill, block))
    await tell(push(review, { ...block, seq: 'other' }))
    expect(lines.join()).toContain('138****8001')
    expect(lines.join()).not.toMatch(new RegExp(`13801138001|测试|${block.digest}|${password}`))
  })

  it('stopping waits for what is being stored', async () => {
    let commit = () => {}
    const stored = new Promise<boolean>((resolve) => {
      commit = () => resolve(true)
    })
    const { port, listener } = await openListener({
      side: side({ pushSenders: () => [sender()], storePush: () => stored }),
    })
    const client = await openClient(port)
    client.send(push(review))
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(client.received()).toBe('')
    const stopped = listener.stop()
    setTimeout(commit, 50)
    expect((await client.answer()).status).toBe(200)
    await stopped
  })

  it('the same report with a new number is acknowledged and kept once', async () => {
    const store = await openStore()
    const { port } = await openListener({
      side: side({ pushSenders: () => [sender()], storePush: (one) => store.pushes.add(one) }),
    })
    for (let sent = 0; sent < 3; sent += 1)
      expect((await ask(port, push(bill))).body).toBe('{"result":{"error":0,"msg":""}}')
    await ask(port, push({ ...bill, timeLength: '10' }))
    const rows = store.pushes.list({ limit: 10 })
    expect(rows.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['tts-billing', bill.session],
      ['tts-billing', bill.session],
    ])
    expect(JSON.parse(rows[1]!.body)).toEqual(bill)
  })
})
