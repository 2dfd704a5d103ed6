import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { wholeTexts } from '../../preload/contract/whole-text.ts'
import { bytesAsBase64 } from './bytes-as-base64.ts'
import { reloadDelayMs, wayToCore } from './way-to-core.ts'

const askedForMs = 5000

/** The program is there, but this page's key is not (any more) one of its keys. */
export class LinkRefusedError extends Error {
  override readonly name = 'LinkRefusedError'
}

/** One live way to the core. `closed` resolves when it is gone for good. */
export interface OpenedLink {
  link: PortLink<Record<never, never>> | SocketLink<Record<never, never>>
  closed: Promise<void>
}

/**
 * The only place that knows how the page reaches the core: a message port from the preload script in Electron
 * (`window.postMessage('frontbell-port', '*', [port])` after the page has loaded), else a WebSocket to our own origin.
 * Rejects when the socket cannot be opened, with LinkRefusedError when that is for want of a valid key. One port comes per page load, so a second link in Electron loads the page
 * again and never comes back here.
 */
export function openLink(): Promise<OpenedLink> {
  const way = wayToCore({ electron: isElectron(), portWaits: waitingPorts.length > 0, hadPort })
  if (way === 'socket') return openSocket()
  if (way === 'port') return openPort()
  setTimeout(() => location.reload(), reloadDelayMs(performance.now()))
  return new Promise(() => {})
}

function isElectron(): boolean {
  return navigator.userAgent.includes('Electron/')
}

let waitingPorts: MessagePort[] = []
let hadPort = false
let takePort: ((port: MessagePort) => void) | null = null

/** Listen from the first moment on: the port may come before anybody asks for it. */
window.addEventListener('message', (event) => {
  const port = event.ports[0]
  if (event.source !== window || event.data !== 'frontbell-port' || !port) return
  if (takePort) takePort(port)
  else waitingPorts.push(port)
})

async function openPort(): Promise<OpenedLink> {
  const port =
    waitingPorts.at(-1) ??
    (await new Promise<MessagePort>((resolve) => {
      takePort = resolve
    }))
  hadPort = true
  waitingPorts = []
  takePort = null
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()))
  const link = new PortLink({ port, customJsonSerializers: [bytesAsBase64, ...wholeTexts] })
  port.start()
  return { link, closed }
}

async function openSocket(): Promise<OpenedLink> {
  const url = new URL('/rpc', location.href)
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  const websocket = new WebSocket(url)
  const closed = new Promise<void>((resolve) => websocket.addEventListener('close', () => resolve()))
  const link = new SocketLink({ websocket, customJsonSerializers: [bytesAsBase64, ...wholeTexts] })
  const isOpen = await Promise.race([
    new Promise<true>((resolve) => websocket.addEventListener('open', () => resolve(true))),
    closed.then(() => false),
  ])
  if (isOpen) return { link, closed }
  if (await isRefused()) throw new LinkRefusedError()
  throw new Error('the socket could not be opened')
}

/** A browser does not tell why a socket failed; a plain request does. */
async function isRefused(): Promise<boolean> {
  const signal = AbortSignal.timeout(askedForMs)
  const status = await fetch('/', { method: 'HEAD', cache: 'no-store', signal }).then(
    (answer) => answer.status,
    () => null,
  )
  return status === 401 || status === 403
}
