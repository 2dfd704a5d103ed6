import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createRouter } from '../../main/rpc/router.ts'
import { serveSocket } from '../../main/rpc/socket.ts'
import { wholeTexts } from '../../preload/contract/index.ts'
import { recordedLog } from '../systems/recorded-log.ts'
import { createFakeDesk } from './fake-desk.ts'
import type { Client } from './transports.ts'

it('a page that stops reading makes no queue: it gets the newest snapshot when it reads again', async () => {
  // 1 MB per snapshot: loopback buffers hold a few, a queue would hold hundreds.
  const fake = createFakeDesk({ padding: 'x'.repeat(1_000_000), minGapMs: 0 })
  const router = createRouter(fake.desk, recordedLog())
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  server.on('connection', (socket) => serveSocket(router, socket, 'page'))
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await once(socket, 'open')
  const client: Client = createORPCClient(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket, customJsonSerializers: wholeTexts }),
  )
  const stream = await client.events.subscribe({})
  const seen: number[] = []
  const reading = (async () => {
    for await (const event of stream)
      if (event.topic === 'board') seen.push((event.snapshot as unknown as { count: number }).count)
  })().catch((error: unknown) => error)
  await vi.waitFor(() => expect(seen).toEqual([0]), 15_000)

  socket.pause()
  const before = fake.builds()
  for (let n = 1; n <= 300; n++) {
    fake.change('board')
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(fake.builds() - before).toBeLessThan(50)
  socket.resume()
  await vi.waitFor(() => expect(seen.at(-1)).toBe(300), 15_000)
  expect(seen.length).toBeLessThan(50)
  socket.terminate()
  await reading
  server.close()
})
