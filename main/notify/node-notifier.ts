import type NodeNotifier from 'node-notifier'
import { CoreError } from '../core/errors.ts'
import type { Notifier } from '../core/ports/index.ts'
import { findHelper } from './helper-program.ts'
import { safeBody, safeTitle } from './safe-text.ts'

/** Helper programs at the same time. On Windows and macOS each one lives as long as its notification is shown. */
const mostHelpers = 4
/** A helper that stays as long as its notification: when it has not failed by then, it is running. */
const startedAfterMs = 100
/** notify-send is done in 10 to 30 ms; where nothing can show a notification, or the PC is busy, its failure takes longer to come. */
const sentAfterMs = 2000
const shownForSec = 10

export interface NodeNotifierDeps {
  /** PNG, outside any archive. */
  iconFile: string
  appName: string
  /** Windows: the id of the installed Start menu entry; null when not installed, then the helper makes its own. */
  appId?: string | null
  platform?: NodeJS.Platform
}

export interface DesktopNotifier extends Notifier {
  /** All helpers are in use: the next message waits, and a newer one takes its place. The time for a summary. */
  busy(): boolean
}

type Message = Parameters<Notifier['notify']>[0]
interface Job {
  message: Message
  onClick: (() => void) | undefined
  done(): void
  failed(error: unknown): void
}

/**
 * Desktop notifications through node-notifier: toasts on Windows, Notification Center on macOS, notify-send elsewhere.
 * `notify` resolves when the helper has shown it, or still runs after a while. Errors: unavailable (helper missing or
 * failing, with the reason), cancelled (a newer message took its place while all helpers were in use). Clicks are told on
 * Windows and macOS; notify-send cannot tell.
 */
export function createNotifier(deps: NodeNotifierDeps): DesktopNotifier {
  const { platform = process.platform } = deps
  let running = 0
  let waiting: Job | null = null

  const next = () => {
    running -= 1
    const job = waiting
    waiting = null
    if (job) launch(job)
  }
  const launch = (job: Job) => {
    running += 1
    // Whoever asked was told of a failure and says it where it matters; here it only frees the place.
    show(deps, platform, job).then(next, next)
  }

  return {
    busy: () => running >= mostHelpers,
    notify: (message, onClick) =>
      new Promise<void>((done, failed) => {
        const job = { message, onClick, done, failed }
        if (running < mostHelpers) {
          launch(job)
          return
        }
        waiting?.failed(new CoreError('cancelled', { reason: 'a newer notification took its place' }))
        waiting = job
      }),
  }
}

/** Settles when the helper has ended; tells the job as soon as it is known to run or to have failed. */
async function show(deps: NodeNotifierDeps, platform: NodeJS.Platform, job: Job): Promise<void> {
  try {
    const helper = findHelper(platform)
    const { default: library } = await import('node-notifier')
    await new Promise<void>((resolve, reject) => {
      const staysOpen = platform === 'win32' || platform === 'darwin'
      const timer = setTimeout(job.done, staysOpen ? startedAfterMs : sentAfterMs)
      post(library, deps, platform, helper, job.message, (error, response) => {
        clearTimeout(timer)
        // A string is what a helper that did its work grumbled on the side.
        if (error instanceof Error) {
          reject(new CoreError('unavailable', { reason: `the notification helper failed: ${failureLine(error)}` }))
          return
        }
        resolve()
        if (response === 'activate') job.onClick?.()
      })
    })
    job.done()
  } catch (error) {
    job.failed(error)
    throw error
  }
}

type Answer = (error: unknown, response: string) => void

function post(
  library: typeof NodeNotifier,
  deps: NodeNotifierDeps,
  platform: NodeJS.Platform,
  helper: string,
  message: Message,
  answer: Answer,
): void {
  const title = safeTitle(message.title, deps.appName)
  if (platform === 'win32') {
    const toast = {
      title,
      message: safeBody(message.body, false),
      icon: deps.iconFile,
      sound: message.sound ?? false,
      ...(deps.appId ? { appID: deps.appId } : {}),
    }
    new library.WindowsToaster({ customPath: helper }).notify(toast, answer)
  } else if (platform === 'darwin') {
    const note = {
      title,
      message: safeBody(message.body, false),
      icon: deps.iconFile,
      sound: message.sound ?? false,
      wait: true,
      timeout: shownForSec,
    }
    new library.NotificationCenter({ customPath: helper }).notify(note, answer)
  } else {
    const note = {
      title,
      message: safeBody(message.body, true),
      icon: deps.iconFile,
      'app-name': deps.appName,
      'expire-time': shownForSec,
    }
    new library.NotifySend().notify(note, answer)
  }
}

/** node-notifier runs notify-send through a command line and repeats it in the error: the words of a call have no place there. */
function failureLine(error: Error): string {
  const lines = error.message.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Command failed:'))
  return lines[0]?.slice(0, 200) ?? 'no reason given'
}
