import type { IpcMainEvent, MessagePortMain } from 'electron'
import type { Log } from '../core/ports/index.ts'
import { isAppUrl } from './app-protocol.ts'
import type { ElectronApi } from './electron-api.ts'

/** The preload script asks with this, once per page load. */
export const helloChannel = 'frontbell-hello'
/** The answer: one message port, and nothing else. */
export const portChannel = 'frontbell-port'

export interface ServePagesDeps {
  electron: Pick<ElectronApi, 'ipcMain' | 'MessageChannelMain'>
  log: Log
  /** Serve one page load over its port; returns the closer. */
  serve(port: MessagePortMain, client: string): () => void
}

/**
 * Give each page load of our own pages one message port to the core. Anything else that asks (a frame, a foreign
 * address) is refused and logged. A reload closes the port of the load before.
 */
export function servePages({ electron, log, serve }: ServePagesDeps): void {
  const closers = new Map<number, () => void>()
  const watched = new Set<number>()
  let loads = 0

  const drop = (id: number) => {
    closers.get(id)?.()
    closers.delete(id)
  }
  electron.ipcMain.on(helloChannel, (event: IpcMainEvent) => {
    const { sender, senderFrame } = event
    if (!senderFrame || senderFrame.parent !== null || !isAppUrl(senderFrame.url)) {
      log.warn('port-refused', { url: senderFrame?.url ?? 'frame is gone' })
      return
    }
    // A destroyed sender no longer tells its id.
    const { id } = sender
    drop(id)
    const { port1, port2 } = new electron.MessageChannelMain()
    loads += 1
    closers.set(id, serve(port1, `page-${id}-${loads}`))
    if (!watched.has(id)) {
      watched.add(id)
      sender.once('destroyed', () => drop(id))
    }
    senderFrame.postMessage(portChannel, null, [port2])
  })
}
