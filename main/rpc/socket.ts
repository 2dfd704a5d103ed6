import type { WebSocket } from 'ws'
import { serveChannel } from './channel.ts'
import type { RpcRouter } from './router.ts'

/** Serve one page load over its WebSocket. */
export function serveSocket(router: RpcRouter, socket: WebSocket, client: string): void {
  serveChannel(
    router,
    {
      send: (text) =>
        new Promise((resolve) => {
          // Called when the bytes are handed to the system, or when the socket is gone: then `close` follows.
          socket.send(text, () => resolve())
        }),
      onMessage: (listener) => socket.on('message', (data, isBinary) => listener(isBinary ? data : String(data))),
      onClose: (listener) => socket.on('close', listener),
      close: () => socket.close(1008, 'not a message of this program'),
    },
    client,
  )
  socket.on('error', (error) => router.log.warn('rpc-socket-error', { client, error: error.name }))
}
