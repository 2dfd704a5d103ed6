import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket, WebSocketServer } from 'ws'
import { bytesAsBase64 } from '../../main/rpc/bytes-as-base64.ts'
import { servePort } from '../../main/rpc/port.ts'
import type { RpcRouter } from '../../main/rpc/router.ts'
import { serveSocket } from '../../main/rpc/socket.ts'
import { type Contract, wholeTexts } from '../../preload/contract/index.ts'

const serializers = { customJsonSerializers: [bytesAsBase64, ...wholeTexts] }

export type Client = ContractRouterClient<Contract>

/** One page load: its typed client, raw access, and ways to end it from either side. */
export interface Page {
  client: Client
  /** A message past the link, as a hostile page could send it. */
  send(data: unknown): void
  /** The page goes away. */
  leave(): void
  /** Resolves when the page sees that the other side closed. */
  closed: Promise<unknown>
}

export interface Transport {
  load(id: string): Promise<Page>
  stop(): Promise<void>
}

/** A real MessageChannel of node:worker_threads. */
export function portTransport(router: RpcRouter): Transport {
  return {
    async load(id) {
      const { port1, port2 } = new MessageChannel()
      servePort(router, port1, id)
      const closed = once(port2, 'close')
      const client: Client = createORPCClient(new PortLink({ port: port2 as unknown as MessagePort, ...serializers }))
      port2.start()
      return { client, send: (data) => port2.postMessage(data), leave: () => port2.close(), closed }
    },
    async stop() {},
  }
}

/** A port as Electron's main process has it: `on` instead of `addEventListener`, a close that the own side does not hear. */
export function emitterTransport(router: RpcRouter): Transport {
  return {
    async load(id) {
      const { port1, port2 } = new MessageChannel()
      const emitter = new EventEmitter()
      let closing = false
      port1.on('close', () => closing || emitter.emit('close'))
      const port = {
        on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => emitter.on(event, listener),
        postMessage: (message: string) => port1.postMessage(message),
        start: () => port1.on('message', (data: unknown) => emitter.emit('message', { data })),
        close() {
          closing = true
          port1.close()
        },
      }
      servePort(router, port, id)
      const closed = once(port2, 'close')
      const client: Client = createORPCClient(new PortLink({ port: port2 as unknown as MessagePort, ...serializers }))
      port2.start()
      return { client, send: (data) => port2.postMessage(data), leave: () => port2.close(), closed }
    },
    async stop() {},
  }
}

/** A real WebSocket over loopback. */
export async function socketTransport(router: RpcRouter): Promise<Transport> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  let nextId = ''
  server.on('connection', (socket) => serveSocket(router, socket, nextId))
  return {
    async load(id) {
      nextId = id
      const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
      const closed = once(socket, 'close')
      await once(socket, 'open')
      const client: Client = createORPCClient(
        new SocketLink({ websocket: socket as unknown as globalThis.WebSocket, ...serializers }),
      )
      const send = (data: unknown) =>
        socket.send(data instanceof Uint8Array || typeof data === 'string' ? data : JSON.stringify(data))
      return { client, send, leave: () => socket.terminate(), closed }
    },
    async stop() {
      for (const socket of server.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
