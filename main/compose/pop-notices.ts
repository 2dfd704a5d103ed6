import type { Settings } from '../../preload/contract/index.ts'
import { createPopNotifications } from '../core/calls/pop-notifications.ts'
import type { Log } from '../core/ports/index.ts'
import type { StatusBook } from '../core/status/status-book.ts'
import type { Platform } from './platform.ts'

/** Desktop notifications of calls that pop. One that fails is said on the page, until one is shown again. */
export function createPopNotices(deps: {
  platform: Platform
  log: Log
  status: StatusBook
  settings(): Settings
  focus(callId: string): void
}): ReturnType<typeof createPopNotifications> {
  const { platform, status, settings } = deps
  return createPopNotifications({
    notifier: platform.notifier,
    log: deps.log,
    locale: () => settings().locale,
    isWanted: () => settings().pop.notify,
    onClick(call) {
      deps.focus(call.callId)
      platform.bringToFront?.()
    },
    onFailing(failing, reason) {
      if (failing) status.addNotice({ kind: 'notifications-failing', params: { reason } })
      else status.clearNotices('notifications-failing')
    },
  })
}
