import type { Session, WebContents, WebPreferences } from 'electron'
import { isAppUrl } from './app-protocol.ts'
import type { ElectronApi } from './electron-api.ts'

/** What every page of ours may do: nothing but be a page. One constant for all windows. */
export const pagePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  enableWebSQL: false,
  safeDialogs: true,
  spellcheck: false,
} as const satisfies WebPreferences

/** Call before the app is ready: sandbox for every process, and every page that is ever made is closed off. */
export function hardenApp(app: Pick<ElectronApi['app'], 'enableSandbox' | 'on'>): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => hardenContents(contents))
}

/** No navigation, no second window, no embedded browser. The page changes its hash only, which is no navigation. */
export function hardenContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

type PermissionHandlers = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>

/**
 * No camera, clipboard, location, device, notification or screen for any page; the microphone for a page of ours while
 * `wantsMicrophone` says that somebody has just pressed "record".
 */
export function hardenSession(session: PermissionHandlers, wantsMicrophone: () => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const media = permission === 'media' && 'mediaTypes' in details ? details : null
    const isSoundOnly = media?.mediaTypes?.length === 1 && media.mediaTypes[0] === 'audio'
    callback(isSoundOnly && details.isMainFrame && isAppUrl(details.requestingUrl) && wantsMicrophone())
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) =>
      permission === 'media' &&
      details.mediaType === 'audio' &&
      details.isMainFrame &&
      isAppUrl(origin) &&
      wantsMicrophone(),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
}
