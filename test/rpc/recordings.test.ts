import { ORPCError, safe } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRouter } from '../../main/rpc/router.ts'
import { recordedLog } from '../systems/recorded-log.ts'
import { createFakeDesk } from './fake-desk.ts'
import { type Page, portTransport, socketTransport, type Transport } from './transports.ts'

const transports = [
  ['MessagePort', portTransport],
  ['WebSocket', socketTransport],
] as const

describe.each(transports)('recordings over %s', (_name, start) => {
  let fake: ReturnType<typeof createFakeDesk>
  let transport: Transport
  let page: Page
  beforeEach(async () => {
    fake = createFakeDesk()
    transport = await start(createRouter(fake.desk, recordedLog()))
    page = await transport.load('page-1')
  })
  afterEach(async () => {
    page.leave()
    await transport.stop()
  })
  const caught = async (promise: Promise<unknown>): Promise<ORPCError<string, unknown>> => {
    const { error } = await safe(promise)
    if (!(error instanceof ORPCError)) throw new Error('no typed error arrived')
    return error
  }

  it('recordings.open: progress, then where it plays; cancelling and failures arrive', async () => {
    const events: string[] = []
    for await (const event of await page.client.recordings.open({ connection: 'pbx', callId: 'c1' }))
      events.push(event.kind)
    expect(events).toEqual(['progress', 'progress', 'ready'])
    const file = { kind: 'telcrm-file', reference: '/x.wav' }
    expect(fake.asked.at(-1)?.input).toEqual({ connection: 'pbx', callId: 'c1', file: null, at: null, onlyHere: false })
    await page.client.recordings.open({ connection: 'pbx', callId: 'c2', file, at: 5, onlyHere: true })
    const abort = new AbortController()
    const endless = await page.client.recordings.open(
      { connection: 'pbx', callId: 'endless' },
      { signal: abort.signal },
    )
    const read = (async () => {
      for await (const _event of endless) abort.abort()
    })().catch(() => undefined)
    await read
    await vi.waitFor(() => expect(fake.runs).toContain('aborted'), 15_000)
    const gone = await page.client.recordings.open({ connection: 'pbx', callId: 'gone' })
    const failed = await caught(
      (async () => {
        for await (const _event of gone);
      })(),
    )
    expect([failed.code, failed.data]).toMatchObject(['not-found', { reason: 'expired' }])
  })
})
