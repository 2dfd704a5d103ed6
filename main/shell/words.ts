import type { ErrorCode, Presence, Settings } from '../../preload/contract/index.ts'
import errorsEn from '../../resources/locales/en/errors.json' with { type: 'json' }
import errorsZh from '../../resources/locales/zh-CN/errors.json' with { type: 'json' }

export type Locale = Settings['locale']

/** What the shell says outside the page: tray, window titles, and the box that tells why the program cannot start. */
export interface Words {
  app: string
  presence: Record<Presence, string>
  myself(extension: string | null, name: string | null): string
  connected: string
  connecting: string
  notSetUp: string
  coreGone: string
  connectionDown(address: string): string
  portTaken(port: number): string
  notListening: string
  ringing(who: string): string
  /** Whose caller waits, and whom I ask. */
  consulting(caller: string, target: string | null): string
  unknownNumber: string
  missed(count: number): string
  lastCallers: string
  noCallers: string
  dialClipboard(number: string): string
  clipboardEmpty: string
  open: string
  training: string
  quit: string
  cannotStart: string
  alreadyRunning: string
  databaseFailed: string
  portOrFile: string
}

const chinese: Words = {
  app: '前铃',
  presence: { online: '在线', reducing: '减少来电', busy: '置忙' },
  myself: (extension, name) => (extension === null ? '还没有选择分机' : `${name ?? '我'} · 分机 ${extension}`),
  connected: '已连接话机系统',
  connecting: '正在连接话机系统',
  notSetUp: '还没有设置话机系统',
  coreGone: '程序后台没有运行',
  connectionDown: (address) => `与话机系统断开：${address}`,
  portTaken: (port) => `收不到来电通知：端口 ${port} 被其他程序占用`,
  notListening: '收不到来电通知',
  ringing: (who) => `振铃：${who}`,
  consulting: (caller, target) => `${caller} 在等待${target === null ? '' : `，正在咨询 ${target}`}`,
  unknownNumber: '未知号码',
  missed: (count) => `${count} 个未接`,
  lastCallers: '最近来电',
  noCallers: '没有来电',
  dialClipboard: (number) => `拨打剪贴板里的 ${number}`,
  clipboardEmpty: '剪贴板里没有号码',
  open: '打开前铃',
  training: '练习来电',
  quit: '退出',
  cannotStart: '前铃无法启动',
  alreadyRunning: '前铃已在运行。请从任务栏的图标打开它。',
  databaseFailed: '本机数据库打不开。请更新程序或联系网管；旧文件没有改动。',
  portOrFile: '请把下面一行交给网管。',
}

const english: Words = {
  app: 'Frontbell',
  presence: { online: 'Online', reducing: 'Fewer calls', busy: 'Busy' },
  myself: (extension, name) =>
    extension === null ? 'No extension chosen yet' : `${name ?? 'Me'} · extension ${extension}`,
  connected: 'Connected to the PBX',
  connecting: 'Connecting to the PBX',
  notSetUp: 'No PBX set up yet',
  coreGone: 'The program behind is not running',
  connectionDown: (address) => `PBX not reachable: ${address}`,
  portTaken: (port) => `No call notices: port ${port} is taken by another program`,
  notListening: 'No call notices arrive',
  ringing: (who) => `Ringing: ${who}`,
  consulting: (caller, target) => `${caller} waits${target === null ? '' : ` while you ask ${target}`}`,
  unknownNumber: 'Unknown number',
  missed: (count) => (count === 1 ? '1 missed call' : `${count} missed calls`),
  lastCallers: 'Last callers',
  noCallers: 'No callers yet',
  dialClipboard: (number) => `Dial ${number} from the clipboard`,
  clipboardEmpty: 'No number on the clipboard',
  open: 'Open Frontbell',
  training: 'Training call',
  quit: 'Quit',
  cannotStart: 'Frontbell cannot start',
  alreadyRunning: 'Frontbell is already running. Open it from its icon in the task bar.',
  databaseFailed: 'The local database cannot be opened. Update the program or call IT; the old file was not changed.',
  portOrFile: 'Please give the line below to IT.',
}

export function wordsFor(locale: Locale): Words {
  return locale === 'en' ? english : chinese
}

/** The same sentences as in the page: for what was tried, else in general. */
export function failureSentence(locale: Locale, code: ErrorCode, tried: 'dial' | 'presence'): string {
  const sentences = locale === 'en' ? errorsEn : errorsZh
  const special: Partial<Record<ErrorCode, string>> = sentences[tried]
  return special[code] ?? sentences[code]
}
