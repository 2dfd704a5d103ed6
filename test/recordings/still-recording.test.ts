import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { RecordedCall } from '../../main/core/recordings/still-recording.ts'
import { openRecordings } from './opened-recordings.ts'
import { id, refused, send, serve, sound, telcrm } from './served-sounds.ts'
import { halfLoud, wave } from './wave-samples.ts'

describe('while the PBX still writes it', () => {
  const calls = (call: RecordedCall) => ({ call: () => call, now: () => t })
  const t = Date.UTC(2026, 0, 20)

  it('is not asked for while the call goes on; afterwards it is', async () => {
    const server = await serve((_request, response) => send(response, sound))
    const call: RecordedCall = { isRunning: true, endedAt: null, talkMs: null }
    const opened = await openRecordings(telcrm(server), calls(call))
    expect(await refused(opened.open(id))).toEqual(['unavailable', 'still-recording'])
    expect(server.asked).toEqual([])
    Object.assign(call, { isRunning: false, endedAt: t - 9000, talkMs: 2000 })
    expect(await refused(opened.open(id))).toEqual(['stored'])
  })

  it('what came while the call turned out to go on is not kept', async () => {
    const call: RecordedCall = { isRunning: false, endedAt: null, talkMs: null }
    const server = await serve((_request, response) => {
      call.isRunning = true
      send(response, sound)
    })
    const opened = await openRecordings(telcrm(server), calls(call))
    expect(await refused(opened.open(id))).toEqual(['unavailable', 'still-recording'])
    expect(readdirSync(opened.dir)).toEqual([])
  })

  it('waits a moment after the end, without keeping others from theirs', async () => {
    const server = await serve((_request, response) => send(response, sound))
    const opened = await openRecordings(telcrm(server), calls({ isRunning: false, endedAt: t - 2800, talkMs: 0 }))
    const startedAt = performance.now()
    await opened.open(id)
    expect(performance.now() - startedAt).toBeGreaterThan(180)
    const gone = new AbortController()
    const other = refused(opened.open('other@x', {}, gone.signal))
    gone.abort()
    expect((await other)[0]).toBe('cancelled')
    expect(server.asked).toHaveLength(1)
  })

  it.each([
    ['much shorter than the talk', sound],
    ['cut by its own header', wave(Buffer.alloc(4000, 0xff), { promised: 90_000 })],
  ])('%s: not kept soon after the call, whole a minute later', async (_why, bytes) => {
    const server = await serve((_request, response) => send(response, bytes))
    const call: RecordedCall = { isRunning: false, endedAt: t - 10_000, talkMs: 40_000 }
    const opened = await openRecordings(telcrm(server), calls(call))
    expect(await refused(opened.open(id))).toEqual(['unavailable', 'still-recording'])
    expect(readdirSync(opened.dir)).toEqual([])
    call.endedAt = t - 61_000
    expect(await refused(opened.open(id))).toEqual(['stored'])
  })

  it('one that was kept too early goes, and is fetched anew', async () => {
    const server = await serve((_request, response, count) => send(response, count > 1 ? sound : halfLoud(1)))
    const call: { now: RecordedCall | null } = { now: null }
    const opened = await openRecordings(telcrm(server), { call: () => call.now, now: () => t })
    await opened.open(id)
    call.now = { isRunning: true, endedAt: null, talkMs: null }
    expect(await opened.cached(id)).toBeNull()
    expect(readdirSync(opened.dir)).toEqual([])
    call.now = null
    await opened.open(id)
    call.now = { isRunning: false, endedAt: t + 1, talkMs: null }
    expect(await opened.cached(id)).toBeNull()
  })
})
