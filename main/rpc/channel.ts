import { maxFileBytes } from '../../preload/contract/index.ts'
import type { RpcRouter } from './router.ts'

/** Larger messages from a page are not ours: the largest honest one is a settings patch, or a file for an operation. */
const maxPlainBytes = 1024 * 1024
/** A file of the largest size as base64, and what was typed beside it. */
export const maxMessageBytes = Math.ceil((maxFileBytes * 4) / 3) + 2 * 1024 * 1024
const mayHoldFiles = new Set(['/operations/preview', '/operations/run'])

/** A transport, reduced to what serving needs. */
export interface Channel {
  /** Resolves when the message is on its way; a slow reader makes it wait, and snapshots are skipped instead of queued. */
  send(text: string): Promise<void>
  onMessage(listener: (data: unknown) => void): void
  /** Called once, whoever closes. */
  onClose(listener: () => void): void
  close(): void
}

type Listener = (event: never) => void

/** Serve one page load. Ends its subscriptions and tells the desk when the channel closes. */
export function serveChannel(router: RpcRouter, channel: Channel, client: string): void {
  let open = true
  const messageListeners: ((event: { data: string }) => void)[] = []
  const closeListeners: (() => void)[] = []

  void router.handler.upgrade(
    {
      send: (text: string) => (open ? channel.send(text) : undefined),
      addEventListener(type: string, listener: Listener | { handleEvent: Listener }) {
        const run = typeof listener === 'function' ? listener : listener.handleEvent
        // The handler reads nothing of an event but the data of a message.
        if (type === 'message') messageListeners.push(run as (event: { data: string }) => void)
        if (type === 'close') closeListeners.push(run as () => void)
      },
    },
    { context: { client, log: router.log } },
  )

  channel.onMessage((data) => {
    if (!open) return
    if (isRequest(data)) for (const listener of messageListeners) listener({ data })
    else {
      router.log.warn('rpc-foreign-message', { client })
      channel.close()
    }
  })
  channel.onClose(() => {
    if (!open) return
    open = false
    for (const listener of closeListeners) listener()
    router.closed(client)
  })
}

/**
 * The messages our links write: JSON text with a request id, then a path or a cancellation. Whatever else comes is
 * refused here, where it can do nothing, instead of deep inside the handler.
 */
function isRequest(data: unknown): data is string {
  if (typeof data !== 'string' || data.length > maxMessageBytes) return false
  try {
    const message: unknown = JSON.parse(data)
    if (typeof message !== 'object' || message === null || !('i' in message) || typeof message.i !== 'string')
      return false
    if ('t' in message && message.t !== 1) return message.t === 4 && data.length <= maxPlainBytes
    const request = 'p' in message ? message.p : null
    if (typeof request !== 'object' || request === null || !('u' in request) || typeof request.u !== 'string')
      return false
    if (data.length > maxPlainBytes && !mayHoldFiles.has(request.u)) return false
    return /^\/[\w/-]+$/.test(request.u) && !('h' in request) && !('m' in request)
  } catch {
    return false
  }
}
