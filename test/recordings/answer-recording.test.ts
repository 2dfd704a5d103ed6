import { describe, expect, it } from 'vitest'
import { atEnd, openRecordings } from './opened-recordings.ts'
import { startSoundServer } from './sound-server.ts'
import { halfLoud } from './wave-samples.ts'

const sound = halfLoud(1)

async function openOne() {
  const server = await startSoundServer((_request, response) => response.end(sound))
  atEnd(() => server.stop())
  const opened = await openRecordings({ system: 'telcrm', baseUrl: server.baseUrl })
  const { key } = await opened.open('1@x')
  const ask = async (range: string | null, target = `/recordings/${key}`, method = 'GET') => {
    const { status, headers, body } = await opened.answer({ method, target, range })
    const chunks: Uint8Array[] = []
    if (body) for await (const chunk of body) chunks.push(chunk)
    return { status, headers, body: Buffer.concat(chunks) }
  }
  return { ...opened, key, ask }
}

describe('a recording for the page', () => {
  it('whole, with the type that its bytes have', async () => {
    const { ask } = await openOne()
    const { status, headers, body } = await ask(null)
    expect(status).toBe(200)
    expect(body.equals(sound)).toBe(true)
    expect(headers).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(sound.length),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    })
    const head = await ask(null, undefined, 'HEAD')
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(sound.length)])
  })

  const size = sound.length
  it.each([
    ['bytes=0-', 0, size - 1],
    ['bytes=10-19', 10, 19],
    ['bytes=10-99999999', 10, size - 1],
    ['bytes=-5', size - 5, size - 1],
    ['bytes=-99999999', 0, size - 1],
    [`bytes=${size - 1}-`, size - 1, size - 1],
  ])('%s', async (range, from, to) => {
    const { ask } = await openOne()
    const { status, headers, body } = await ask(range)
    expect([status, headers['content-range']]).toEqual([206, `bytes ${from}-${to}/${size}`])
    expect(body.equals(sound.subarray(from, to + 1))).toBe(true)
    expect(headers['content-length']).toBe(String(to - from + 1))
  })

  it('a range that lies outside is refused with the length; what is no range is the whole', async () => {
    const { ask } = await openOne()
    for (const range of [`bytes=${size}-`, 'bytes=-0'])
      expect(await ask(range)).toMatchObject({ status: 416, headers: { 'content-range': `bytes */${size}` } })
    for (const range of ['bytes=5-2', 'bytes=-', 'items=0-1', 'bytes=0-1,4-5', 'bytes=a-b', ''])
      expect((await ask(range)).status).toBe(200)
  })

  it('nothing but recordings, by nothing but GET and HEAD', async () => {
    const { ask, key, recordings } = await openOne()
    const targets = [
      '/recordings/',
      `/recordings/${key}.json`,
      `/recordings/${key}.sound`,
      `/recordings/../${key}`,
      `/recordings/${'0'.repeat(64)}`,
      `/recordings/${key}/`,
      `/recordings/%2e%2e%2fsettings.json`,
    ]
    for (const target of targets) expect((await ask(null, target)).status).toBe(404)
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await ask(null, undefined, method)).status).toBe(405)
    await recordings.purge()
    expect((await ask(null)).status).toBe(404)
  })

  it('saved under the name that was wished for, made harmless', async () => {
    const { ask, key } = await openOne()
    const wished = encodeURIComponent('张三\r\nX: 1/../"a".wav')
    const { headers } = await ask(null, `/recordings/${key}?save=${wished}`)
    expect(headers['content-disposition']).toMatch(/^attachment; filename="__.*"; filename\*=UTF-8''%E5%BC%A0/)
    expect(headers['content-disposition']).not.toMatch(/[\r\n]|%2F|%0D|\/\.\./)
  })
})
