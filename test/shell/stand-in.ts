import { EventEmitter } from 'node:events'
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Display,
  Menu,
  MenuItemConstructorOptions,
  MessagePortMain,
  Rectangle,
  Tray,
  WebContents,
} from 'electron'
import type { ElectronApi } from '../../main/shell/electron-api.ts'

/** The parts given, under Electron's own type. Anything else that is touched throws and says what it was. */
export function standIn<T extends object>(name: string, parts: Partial<T>): T {
  return new Proxy(parts, {
    get(target, key) {
      if (key in target || typeof key === 'symbol') return Reflect.get(target, key, target)
      throw new Error(`${name}.${key} is not in the stand-in`)
    },
  }) as T
}

/** Methods that only take note: `calls` has their names and arguments in order. */
export class Noting extends EventEmitter {
  readonly calls: [string, ...unknown[]][] = []
  note(name: string, ...args: unknown[]): void {
    this.calls.push([name, ...args])
  }
  named(name: string): unknown[][] {
    return this.calls.filter(([one]) => one === name).map(([, ...args]) => args)
  }
}

/** An event as Electron gives it to handlers that may refuse. */
export function refusable(): Electron.Event & { refused: boolean } {
  const event = {
    refused: false,
    defaultPrevented: false,
    preventDefault() {
      event.refused = true
    },
  }
  return event as Electron.Event & { refused: boolean }
}

let nextContents = 1

export class FakeContents extends Noting {
  readonly id = nextContents++
  opener: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.opener = handler
  }
}

type WindowParts = Pick<
  BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'blur'
  | 'setFocusable'
  | 'restore'
  | 'isVisible'
  | 'isMinimized'
  | 'isFullScreen'
  | 'isDestroyed'
  | 'destroy'
  | 'setBounds'
  | 'getNormalBounds'
  | 'setAlwaysOnTop'
  | 'setVisibleOnAllWorkspaces'
  | 'removeMenu'
  | 'setTitle'
>

export class FakeWindow extends Noting implements WindowParts {
  readonly webContents = new FakeContents()
  readonly options: BrowserWindowConstructorOptions
  visible = false
  minimized = false
  destroyed = false
  bounds: Rectangle

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    this.options = options
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
  }
  async loadURL(url: string): Promise<void> {
    this.note('loadURL', url)
  }
  show(): void {
    this.visible = true
    this.note('show')
  }
  showInactive(): void {
    this.visible = true
    this.note('showInactive')
  }
  hide(): void {
    this.visible = false
    this.note('hide')
  }
  focus(): void {
    this.note('focus')
  }
  blur(): void {
    this.note('blur')
  }
  setFocusable(focusable: boolean): void {
    this.note('setFocusable', focusable)
  }
  restore(): void {
    this.minimized = false
    this.note('restore')
  }
  isVisible = () => this.visible
  isMinimized = () => this.minimized
  isFullScreen = () => false
  isDestroyed = () => this.destroyed
  destroy(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed')
    this.destroyed = true
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds }
    this.note('setBounds', bounds)
  }
  getNormalBounds = () => this.bounds
  setAlwaysOnTop(...args: Parameters<BrowserWindow['setAlwaysOnTop']>): void {
    this.note('setAlwaysOnTop', ...args)
  }
  setVisibleOnAllWorkspaces(...args: Parameters<BrowserWindow['setVisibleOnAllWorkspaces']>): void {
    this.note('setVisibleOnAllWorkspaces', ...args)
  }
  removeMenu(): void {
    this.note('removeMenu')
  }
  setTitle(title: string): void {
    this.note('setTitle', title)
  }
  /** The user closes the window. True when it really closed. */
  userCloses(): boolean {
    const event = refusable()
    this.emit('close', event)
    return !event.refused
  }
}

type TrayParts = Pick<Tray, 'setImage' | 'setToolTip' | 'setTitle' | 'setContextMenu' | 'popUpContextMenu' | 'destroy'>

export class FakeTray extends Noting implements TrayParts {
  menu: FakeMenu | null = null
  constructor(image: unknown) {
    super()
    this.note('setImage', image)
  }
  setImage(image: unknown): void {
    this.note('setImage', image)
  }
  setToolTip(text: string): void {
    this.note('setToolTip', text)
  }
  setTitle(text: string): void {
    this.note('setTitle', text)
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = menu as unknown as FakeMenu
    this.note('setContextMenu')
  }
  popUpContextMenu(menu?: Menu): void {
    this.menu = menu as unknown as FakeMenu
    this.note('popUpContextMenu')
  }
  destroy(): void {
    this.note('destroy')
  }
}

export interface FakeMenu {
  template: MenuItemConstructorOptions[]
}

export class FakePort extends Noting {
  postMessage(message: unknown): void {
    this.note('postMessage', message)
  }
  start(): void {
    this.note('start')
  }
  close(): void {
    this.note('close')
  }
}

export const displayAt = (id: number, x: number, y: number, width: number, height: number): Display =>
  standIn<Display>('Display', { id, bounds: { x, y, width, height }, workArea: { x, y, width, height: height - 40 } })

/** Electron as far as the shell uses it, and everything it was told. */
export class FakeElectron {
  readonly windows: FakeWindow[] = []
  readonly trays: FakeTray[] = []
  readonly app = new Noting()
  readonly ipc = new EventEmitter()
  readonly screen = new EventEmitter()
  readonly power = new EventEmitter()
  readonly dialog = new Noting()
  readonly session = new Noting()
  readonly protocol = new Noting()
  readonly ports: [FakePort, FakePort][] = []
  displays: Display[] = [displayAt(1, 0, 0, 1920, 1080)]
  cursor = { x: 10, y: 10 }
  clipboardText = ''
  firstInstance = true
  isPackaged = true

  readonly api: ElectronApi

  constructor() {
    const fake = this
    const { app, ipc, screen, power, dialog, session, protocol } = this
    const listen = <T>(emitter: EventEmitter) =>
      ({ on: emitter.on.bind(emitter), off: emitter.off.bind(emitter), once: emitter.once.bind(emitter) }) as T
    const noting =
      (noted: Noting, name: string) =>
      (...args: unknown[]) =>
        noted.note(name, ...args)
    const isIn = ({ x, y }: { x: number; y: number }, { bounds }: Display) =>
      x >= bounds.x && x < bounds.x + bounds.width && y >= bounds.y && y < bounds.y + bounds.height
    this.api = standIn<ElectronApi>('electron', {
      app: standIn<ElectronApi['app']>('app', {
        ...listen<Pick<ElectronApi['app'], 'on' | 'once' | 'off'>>(app),
        enableSandbox: noting(app, 'enableSandbox'),
        setLoginItemSettings: noting(app, 'setLoginItemSettings'),
        exit: noting(app, 'exit'),
        quit: noting(app, 'quit'),
        requestSingleInstanceLock: () => fake.firstInstance,
        getLocale: () => 'zh-CN',
        isPackaged: true,
        dock: standIn<Electron.Dock>('Dock', { setBadge: noting(app, 'setBadge') }),
      }),
      BrowserWindow: class extends FakeWindow {
        constructor(options: BrowserWindowConstructorOptions) {
          super(options)
          fake.windows.push(this)
        }
      } as unknown as ElectronApi['BrowserWindow'],
      Tray: class extends FakeTray {
        constructor(image: unknown) {
          super(image)
          fake.trays.push(this)
        }
      } as unknown as ElectronApi['Tray'],
      Menu: {
        buildFromTemplate: (template: MenuItemConstructorOptions[]) => ({ template }),
      } as unknown as ElectronApi['Menu'],
      MessageChannelMain: class {
        port1 = new FakePort()
        port2 = new FakePort()
        constructor() {
          fake.ports.push([this.port1, this.port2])
        }
      } as unknown as ElectronApi['MessageChannelMain'],
      clipboard: standIn<ElectronApi['clipboard']>('clipboard', { readText: async () => fake.clipboardText }),
      dialog: standIn<ElectronApi['dialog']>('dialog', {
        showErrorBox: noting(dialog, 'showErrorBox'),
        showMessageBox: (async (...args: unknown[]) =>
          dialog.note('showMessageBox', ...args)) as unknown as ElectronApi['dialog']['showMessageBox'],
      }),
      ipcMain: standIn<ElectronApi['ipcMain']>('ipcMain', {
        ...listen<Pick<ElectronApi['ipcMain'], 'on' | 'off'>>(ipc),
        removeAllListeners: ((name: string) =>
          ipc.removeAllListeners(name)) as unknown as ElectronApi['ipcMain']['removeAllListeners'],
      }),
      powerMonitor: standIn<ElectronApi['powerMonitor']>('powerMonitor', listen(power)),
      protocol: standIn<ElectronApi['protocol']>('protocol', {
        registerSchemesAsPrivileged: noting(protocol, 'registerSchemesAsPrivileged'),
        handle: noting(protocol, 'handle'),
      }),
      screen: standIn<ElectronApi['screen']>('screen', {
        ...listen<Pick<ElectronApi['screen'], 'on' | 'off'>>(screen),
        getAllDisplays: () => fake.displays,
        getPrimaryDisplay: () => fake.displays[0]!,
        getCursorScreenPoint: () => fake.cursor,
        getDisplayNearestPoint: (point) => fake.displays.find((display) => isIn(point, display)) ?? fake.displays[0]!,
      }),
      session: { defaultSession: sessionStandIn(session) } as unknown as ElectronApi['session'],
    })
  }
}

export function sessionStandIn(session: Noting): Electron.Session {
  const noting =
    (name: string) =>
    (...args: unknown[]) =>
      session.note(name, ...args)
  return standIn<Electron.Session>('session', {
    setPermissionRequestHandler: noting('setPermissionRequestHandler'),
    setPermissionCheckHandler: noting('setPermissionCheckHandler'),
    setDevicePermissionHandler: noting('setDevicePermissionHandler'),
    setDisplayMediaRequestHandler: noting('setDisplayMediaRequestHandler'),
  })
}

/** A message from a page, as ipcMain hands it over. */
export function pageMessage(sender: FakeContents, url: string | null, options: { inFrame?: boolean } = {}) {
  const posted: { channel: string; ports: MessagePortMain[] }[] = []
  const senderFrame =
    url === null
      ? null
      : {
          url,
          parent: options.inFrame ? {} : null,
          postMessage: (channel: string, _message: unknown, ports: MessagePortMain[]) =>
            void posted.push({ channel, ports }),
        }
  return { event: { sender, senderFrame } as unknown as Electron.IpcMainEvent, posted }
}
