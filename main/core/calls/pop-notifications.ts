import type { Call, Settings } from '../../../preload/contract/index.ts'
import { CoreError } from '../errors.ts'
import type { Log, Notifier } from '../ports/index.ts'
import { notificationText, summaryText } from './notification-text.ts'

/** One desktop notification per popped call; in a rush, one that says how many more there are. */
export function createPopNotifications(deps: {
  notifier: Notifier
  log: Log
  locale(): Settings['locale']
  isWanted(): boolean
  onClick(call: Call): void
  /** The desktop shows nothing (true; the reason is one sentence for IT), or shows again (false). */
  onFailing(failing: boolean, reason: string): void
}): { popped(call: () => Call): void } {
  /** Calls since the last notification of their own. */
  let unnamed = 0
  /** A desktop without notifications is said once, not once per call. */
  let complained = false

  return {
    popped(call) {
      if (!deps.isWanted()) return
      unnamed = deps.notifier.busy() ? unnamed + 1 : 0
      const text = unnamed === 0 ? notificationText(call(), deps.locale()) : summaryText(unnamed, deps.locale())
      deps.notifier
        .notify(text, () => deps.onClick(call()))
        .then(
          () => {
            if (complained) deps.onFailing(false, '')
            complained = false
          },
          (error: unknown) => {
            if (complained || (error instanceof CoreError && error.code === 'cancelled')) return
            complained = true
            const reason = (error instanceof CoreError ? error.details.reason : null) ?? 'unknown failure'
            deps.log.warn('notification-failed', { reason })
            deps.onFailing(true, reason)
          },
        )
    },
  }
}
