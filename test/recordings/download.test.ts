import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { openRecordings, tempFolder } from './opened-recordings.ts'
import { id, refused, send, serve, sound, telcrm } from './served-sounds.ts'
import { wave } from './wave-samples.ts'

describe('a recording comes whole or not at all', () => {
  it('is downloaded once, checked, and here from then on', async () => {
    const server = await serve((_request, response) => send(response, sound))
    const opened = await openRecordings(telcrm(server))
    const recording = await opened.open(id)
    expect(recording).toMatchObject({ type: 'audio/wav', durationMs: 2000, isCut: false, bytes: sound.length })
    expect(recording.peaks).toHaveLength(400)
    expect(readFileSync(join(opened.dir, `${recording.key}.sound`)).equals(sound)).toBe(true)
    expect((await opened.open(id)).sha256).toBe(recording.sha256)
    expect(server.asked).toEqual([`/Oms/FileDownServlet?callid=${encodeURIComponent(id)}`])
    // Another start of the program finds it.
    const again = await openRecordings(telcrm(server), { dir: opened.dir })
    expect(await again.cached(id)).toMatchObject({ key: recording.key, peaks: recording.peaks })
  })

  it('what the PBX calls it does not matter: sound by any name is sound', async () => {
    const server = await serve((_request, response) => send(response, sound, 'text/html; charset=utf-8'))
    expect(await (await openRecordings(telcrm(server))).open(id)).toMatchObject({ type: 'audio/wav' })
  })

  it.each([
    ['a web page with status 200', '<html><body>请登录</body></html>', 'audio/x-wav'],
    ['a long web page', `<!doctype html>${'<p>登录</p>'.repeat(3000)}`, 'text/html'],
    ['nothing at all', '', 'audio/x-wav'],
  ])('%s means that there is none', async (_name, body, type) => {
    const server = await serve((_request, response) => send(response, body, type))
    const opened = await openRecordings(telcrm(server))
    expect((await refused(opened.open(id)))[0]).toBe('not-found')
    expect(readdirSync(opened.dir)).toEqual([])
  })

  it('something else than sound is refused, in one piece or in many', async () => {
    for (const body of ['just words', 'x'.repeat(100_000)]) {
      const server = await serve((_request, response) => send(response, body, 'audio/mpeg'))
      const opened = await openRecordings(telcrm(server))
      expect(await refused(opened.open(id))).toEqual(['unexpected-response', 'not-a-file'])
      expect(readdirSync(opened.dir)).toEqual([])
    }
  })

  it('cut off in the middle: tried again, and whole in the end', async () => {
    const server = await serve((_request, response, count) => {
      if (count > 2) return send(response, sound)
      response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': sound.length })
      response.write(sound.subarray(0, 9000), () => response.destroy())
    })
    const opened = await openRecordings(telcrm(server))
    expect(await opened.open(id)).toMatchObject({ bytes: sound.length, isCut: false })
    expect(server.asked).toHaveLength(3)
    expect(readdirSync(opened.dir).sort()).toHaveLength(2)
  })

  it('always cut off: an error, and nothing is left to be played', async () => {
    for (const length of [{ 'content-length': String(sound.length) }, {}]) {
      const server = await serve((_request, response) => {
        response.writeHead(200, { 'content-type': 'audio/x-wav', ...length, connection: 'close' })
        response.write(sound.subarray(0, 9000))
        // Without a length, the end of the connection looks like the end of the file: only its header knows better.
        setTimeout(() => response.socket?.end(), 20)
      })
      const opened = await openRecordings(telcrm(server))
      expect((await refused(opened.open(id)))[0]).not.toBe('stored')
      expect(readdirSync(opened.dir)).toEqual([])
      expect(await opened.cached(id)).toBeNull()
    }
  }, 20_000)

  it('a file that the PBX itself keeps short is played, and says so', async () => {
    const short = wave(Buffer.alloc(4000, 0xff), { promised: 9000 })
    const server = await serve((_request, response) => send(response, short))
    expect(await (await openRecordings(telcrm(server))).open(id)).toMatchObject({ isCut: true, durationMs: 500 })
  })

  it('killed in the middle: the next start sweeps it away and downloads anew', async () => {
    const dir = tempFolder()
    let stuck = false
    const server = await serve((_request, response, count) => {
      if (count > 1) return send(response, sound)
      response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': sound.length })
      response.write(sound.subarray(0, 9000))
      stuck = true
    })
    const script = fileURLToPath(new URL('./download-script.ts', import.meta.url))
    const child = spawn(process.execPath, [script, dir, server.baseUrl, id], { stdio: 'ignore' })
    await vi.waitFor(
      () => {
        expect(stuck).toBe(true)
        expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toHaveLength(1)
      },
      { timeout: 20_000 },
    )
    child.kill('SIGKILL')
    await new Promise((done) => child.once('exit', done))
    const opened = await openRecordings(telcrm(server), { dir })
    expect(await opened.cached(id)).toBeNull()
    expect(readdirSync(dir)).toEqual([])
    expect(await opened.open(id)).toMatchObject({ bytes: sound.length })
  }, 30_000)
})

describe('ways', () => {
  it("the log's path first, then the call's id", async () => {
    const server = await serve((request, response) =>
      request.url?.includes('filename=') ? send(response, '<html>没有</html>', 'text/html') : send(response, sound),
    )
    const opened = await openRecordings(telcrm(server))
    await opened.open(id, { file: { kind: 'telcrm-file', reference: 'D:/records/a b.wav' } })
    expect(server.asked.map((target) => target.replace(/=.*/, ''))).toEqual([
      '/Oms/FileDownServlet?filename',
      '/Oms/FileDownServlet?callid',
    ])
  })

  it('found nothing: the web service is not bothered; switched off: it is, and the player at last', async () => {
    const none = await serve((_request, response) => send(response, ''))
    expect((await refused((await openRecordings(telcrm(none))).open(id)))[0]).toBe('not-found')
    expect(none.asked).toHaveLength(1)
    const off = await serve((request, response) =>
      request.url?.startsWith('/Oms/RecordPlayerSvlt')
        ? send(response, sound)
        : send(response, 'off', 'text/plain', 404),
    )
    expect(await (await openRecordings(telcrm(off))).open(id)).toMatchObject({ bytes: sound.length })
    expect(off.asked.map((target) => target.replace(/\?.*/, ''))).toEqual([
      '/Oms/FileDownServlet',
      expect.stringContaining('/bridge/services/CallRecordHome'),
      '/Oms/RecordPlayerSvlt',
    ])
  })

  it('a platform keeps its own: by the file of its log', async () => {
    const server = await serve((_request, response) => send(response, Buffer.from('ID3\x04\0\0sound')))
    const file = { kind: 'voice-openapi-file', reference: '/data/voicerecord/3/20211009/a.mp3' }
    const voice = await openRecordings({ system: 'voice-openapi', baseUrl: `${server.baseUrl}/openapi/V2.0.6` })
    expect(await voice.open('s-1', { file })).toMatchObject({ type: 'audio/mpeg', peaks: null })
    expect(server.asked).toEqual(['/data/voicerecord/3/20211009/a.mp3'])
    expect(await refused(voice.open('s-2'))).toEqual(['not-found', 'no-recording'])
  })

  it('gone after the seven days that dialback keeps it: expired', async () => {
    const server = await serve((_request, response) => send(response, 'no', 'text/plain', 404))
    const now = Date.UTC(2026, 0, 20)
    const opened = await openRecordings({ system: 'dialback', baseUrl: server.baseUrl }, { now: () => now })
    const file = { kind: 'dialback-url', reference: `${server.baseUrl}/x.mp3` }
    const day = 24 * 3600_000
    expect(await refused(opened.open('1', { file, at: now - 8 * day }))).toEqual(['not-found', 'expired'])
    expect(await refused(opened.open('2', { file, at: now - 6 * day }))).not.toContain('expired')
    expect(await refused(opened.open('3', { file, at: null }))).not.toContain('expired')
  })

  it('a system without recordings says so', async () => {
    const opened = await openRecordings({ system: 'cti-realtime', baseUrl: 'http://127.0.0.1:9' })
    expect(await refused(opened.open('1'))).toEqual(['unavailable', 'no-recordings'])
  })
})

describe('many at once', () => {
  it('two downloads at a time; two who want the same share one', async () => {
    const server = await serve((_request, response) => setTimeout(() => send(response, sound), 60))
    const opened = await openRecordings(telcrm(server))
    const ids = ['1@x', '2@x', '3@x', '4@x', '1@x', '1@x']
    const all = await Promise.all(ids.map((one) => opened.open(one)))
    expect(new Set(all.map(({ key }) => key)).size).toBe(4)
    expect(server.asked).toHaveLength(4)
    expect(server.busiest()).toBe(2)
  })

  it('given up by one, the other gets it; given up by all, it ends and leaves nothing', async () => {
    let left = 0
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': sound.length })
      response.write(sound.subarray(0, 9000))
      const rest = setTimeout(() => response.end(sound.subarray(9000)), 300)
      response.once('close', () => {
        clearTimeout(rest)
        if (!response.writableFinished) left += 1
      })
    })
    const opened = await openRecordings(telcrm(server))
    const [first, second] = [new AbortController(), new AbortController()]
    const both = [refused(opened.open(id, {}, first.signal)), refused(opened.open(id, {}, second.signal))]
    first.abort()
    expect(await both[0]).toEqual(['cancelled', undefined])
    expect(await both[1]).toEqual(['stored'])
    const third = new AbortController()
    const other = refused(opened.open('other@x', {}, third.signal))
    await vi.waitFor(() => expect(server.asked).toHaveLength(2), 15_000)
    third.abort()
    expect((await other)[0]).toBe('cancelled')
    await vi.waitFor(() => expect(left).toBe(1), 15_000)
    await vi.waitFor(() => expect(readdirSync(opened.dir).filter((name) => name.endsWith('.part'))).toEqual([]), 15_000)
    expect(await opened.open('other@x')).toMatchObject({ bytes: sound.length })
  })
})

describe('room', () => {
  it('the least recently played goes first', async () => {
    let now = 1_000_000
    const mega = wave(Buffer.alloc(1_100_000, 0xff))
    const server = await serve((_request, response) => send(response, mega))
    const opened = await openRecordings(telcrm(server), { cacheMb: 100, now: () => (now += 1000) })
    opened.settings.cacheMb = 3
    await opened.open('1@x')
    await opened.open('2@x')
    await opened.open('1@x')
    await opened.open('3@x')
    expect(await opened.cached('2@x')).toBeNull()
    expect(await opened.cached('1@x')).not.toBeNull()
    expect(await opened.recordings.usage()).toEqual({ files: 2, bytes: 2 * mega.length })
    expect(readdirSync(opened.dir)).toHaveLength(4)
  })

  it('too old goes; deleting all leaves no file', async () => {
    let now = Date.UTC(2026, 0, 1)
    const server = await serve((_request, response) => send(response, sound))
    const opened = await openRecordings(telcrm(server), { keepDays: 30, now: () => now })
    await opened.open('old@x', { at: now - 5000 })
    now += 31 * 24 * 3600_000
    await opened.open('new@x', { at: now })
    expect(await opened.cached('old@x')).toBeNull()
    await opened.open('third@x', { at: now - 9000 })
    expect(await opened.recordings.purge(now - 5000)).toBe(1)
    expect(await opened.cached('new@x')).not.toBeNull()
    expect(await opened.recordings.purge()).toBe(1)
    expect(readdirSync(opened.dir)).toEqual([])
  })
})
