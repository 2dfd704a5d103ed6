import { contextBridge, ipcRenderer } from 'electron'

/**
 * Asks the main process for this page load's message port and hands it to the page. The pop page gets two functions
 * more, to say how tall its cards are and whether the user types into one. Nothing else of Electron reaches a page.
 */
const whenLoaded = new Promise<void>((resolve) => {
  if (document.readyState === 'complete') resolve()
  else window.addEventListener('load', () => resolve(), { once: true })
})

ipcRenderer.once('frontbell-port', (event) => {
  void whenLoaded.then(() => window.postMessage('frontbell-port', '*', [...event.ports]))
})
ipcRenderer.send('frontbell-hello')

if (process.argv.includes('--frontbell-surface=pop')) {
  contextBridge.exposeInMainWorld('frontbellPop', {
    resize: (height: unknown) => ipcRenderer.send('frontbell-pop-height', Number(height)),
    typing: (typing: unknown) => ipcRenderer.send('frontbell-pop-typing', typing === true),
  })
}
