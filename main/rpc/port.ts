import { serveChannel } from './channel.ts'
import type { RpcRouter } from './router.ts'

interface PortBase {
  postMessage(message: string): void
  start(): void
  close(): void
}

/** MessagePort of node:worker_threads and of browsers. */
export interface TargetPort extends PortBase {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
}

/** Electron's MessagePortMain. */
export interface EmitterPort extends PortBase {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/** Serve one page load over its port: one port per load, `client` is its id. Returns the closer, for when the page reloads. */
export function servePort(router: RpcRouter, port: TargetPort | EmitterPort, client: string): () => void {
  let onClosed = () => {}
  const close = () => {
    port.close()
    // Electron tells only the other end that a port was closed.
    onClosed()
  }
  serveChannel(
    router,
    {
      send: async (text) => port.postMessage(text),
      onMessage(listener) {
        if ('addEventListener' in port) port.addEventListener('message', ({ data }) => listener(data))
        else port.on('message', ({ data }) => listener(data))
      },
      onClose(listener) {
        onClosed = listener
        if ('addEventListener' in port) port.addEventListener('close', listener)
        else port.on('close', listener)
      },
      close,
    },
    client,
  )
  port.start()
  return close
}
