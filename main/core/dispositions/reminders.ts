import type { FollowUp, Settings } from '../../../preload/contract/index.ts'
import { CoreError } from '../errors.ts'
import type { Clock, Log, Notifier, StoredFollowUp } from '../ports/index.ts'
import { announcements } from './due.ts'
import { remindersText, reminderText } from './reminder-text.ts'

/** What did not work, showing it or writing down that it was shown, is tried again after this, ms. */
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
  /** Those whose time has come and that were not announced for it; cheap. */
  due(): readonly StoredFollowUp[]
  view(followUp: StoredFollowUp): FollowUp
  /** Remember that they were announced for these due times. */
  noticed(followUps: readonly StoredFollowUp[]): Promise<void>
  onClick(followUp: StoredFollowUp): void
  onFailing(failing: boolean, reason: string): void
}): Reminders {
  const { clock, log } = deps
  /** Announced or being announced (endless), or not to be tried again before, monotonic ms. */
  const waiting = new Map<string, number>()
  /** Announced, and the disk did not take it: written again at the time given, monotonic ms. Nobody is told twice for that. */
  let unwritten: { list: readonly StoredFollowUp[]; notBefore: number } | null = null
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
        await keep(list)
      })
      .catch((error: unknown) => {
        for (const one of list) waiting.set(keyOf(one), clock.mono() + retryMs)
        const { code, details } = error instanceof CoreError ? error : new CoreError('server-error')
        log.warn('reminder-not-shown', { code, reason: details.reason })
        if (code === 'unavailable') deps.onFailing(true, details.reason ?? code)
      })
  }

  async function keep(list: readonly StoredFollowUp[]): Promise<void> {
    try {
      await deps.noticed(list)
      for (const one of list) waiting.delete(keyOf(one))
    } catch (error) {
      const { code, details } = error instanceof CoreError ? error : new CoreError('server-error')
      log.warn('reminder-not-kept', { code, reason: details.reason, count: list.length })
      unwritten = { list: [...(unwritten?.list ?? []), ...list], notBefore: clock.mono() + retryMs }
    }
  }

  return {
    sweep() {
      const mono = clock.mono()
      if (unwritten && unwritten.notBefore <= mono) {
        const { list } = unwritten
        unwritten = null
        void keep(list)
      }
      const due = deps.due().filter((one) => (waiting.get(keyOf(one)) ?? 0) <= mono)
      if (due.length === 0) return
      const told = announcements(due)
      if ('together' in told) announce(told.together, remindersText(told.together.map(deps.view), deps.locale()))
      else for (const one of told.apart) announce([one], reminderText(deps.view(one), clock.now(), deps.locale()))
    },
  }
}
