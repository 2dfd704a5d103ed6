import type { FollowUp, Settings } from '../../../preload/contract/index.ts'
import { CoreError } from '../errors.ts'
import type { Clock, Log, Notifier, StoredFollowUp } from '../ports/index.ts'
import { announcements, dueNow } from './due.ts'
import { remindersText, reminderText } from './reminder-text.ts'

/** A desktop that could not show it is asked again after this, ms. */
const retryMs = 60_000

/** Tells the desktop when a follow-up is due: also at the first look after a time in which the program did not run. */
export interface Reminders {
  /** Look whether something is due; call it about every second. */
  sweep(): void
}

export function createReminders(deps: {
  clock: Clock
  log: Log
  notifier: Notifier
  locale(): Settings['locale']
  /** Open follow-ups; cheap. */
  open(): readonly StoredFollowUp[]
  view(followUp: StoredFollowUp): FollowUp
  /** Remember that it was announced for this due time. */
  noticed(followUp: StoredFollowUp): Promise<void>
  onClick(followUp: StoredFollowUp): void
  onFailing(failing: boolean, reason: string): void
}): Reminders {
  const { clock, log } = deps
  /** Being announced, or not to be tried again before, monotonic ms. */
  const waiting = new Map<string, number>()
  const keyOf = ({ connection, callId, dueAt }: StoredFollowUp) => `${connection} ${callId} ${dueAt}`

  function announce(list: StoredFollowUp[], text: { title: string; body: string }): void {
    for (const one of list) waiting.set(keyOf(one), Number.POSITIVE_INFINITY)
    const [first] = list
    const told = deps.notifier.notify(text, () => {
      if (first) deps.onClick(first)
    })
    told
      .then(async () => {
        deps.onFailing(false, '')
        for (const one of list) await deps.noticed(one)
        for (const one of list) waiting.delete(keyOf(one))
      })
      .catch((error: unknown) => {
        for (const one of list) waiting.set(keyOf(one), clock.mono() + retryMs)
        const { code, details } = error instanceof CoreError ? error : new CoreError('server-error')
        log.warn('reminder-not-shown', { code, reason: details.reason })
        if (code === 'unavailable') deps.onFailing(true, details.reason ?? code)
      })
  }

  return {
    sweep() {
      const mono = clock.mono()
      const due = dueNow(deps.open(), clock.now()).filter((one) => (waiting.get(keyOf(one)) ?? 0) <= mono)
      if (due.length === 0) return
      const told = announcements(due)
      if ('together' in told) announce(told.together, remindersText(told.together.map(deps.view), deps.locale()))
      else for (const one of told.apart) announce([one], reminderText(deps.view(one), clock.now(), deps.locale()))
    },
  }
}
