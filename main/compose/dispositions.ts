import type { Call, Party, Settings } from '../../preload/contract/index.ts'
import type { LiveCalls } from '../core/calls/live-calls.ts'
import { createMissedList } from '../core/calls/missed-list.ts'
import { type CrmCall, createCrm } from '../core/crm/crm.ts'
import { createDispositions } from '../core/dispositions/dispositions.ts'
import { createReminders } from '../core/dispositions/reminders.ts'
import type { CallFacts, CallKey, Clock, LinkOpener, Log, Notifier, Store } from '../core/ports/index.ts'
import type { StatusBook } from '../core/status/status-book.ts'

/** How often the logs are looked through for missed calls that nobody reported, and how far back, ms. */
const recoverEveryMs = 5000
const recoverBackMs = 7 * 24 * 3_600_000
/** A call that began later may still be ringing, or its reports on their way, ms. */
const settledMs = 90_000
const mostRecovered = 500

/** Notes, reminders and the customer system, around the live calls. */
export function createWrapUp(deps: {
  clock: Clock
  log: Log
  store: Store
  live: LiveCalls
  status: StatusBook
  notifier: Notifier
  links: LinkOpener
  settings(): Settings
  locked(): readonly string[]
  identify(number: string): Party
  extensionName(extension: string): string | null
  myExtension(): string | null
  bringToFront(): void
  onChange(): void
}) {
  const { clock, log, store, live, settings } = deps
  const otherParty = (call: Call) => {
    const isMine = call.direction === 'internal' && call.caller.number === deps.myExtension()
    return call.direction === 'outgoing' || isMine ? call.callee : call.caller
  }
  function callOf({ connection, callId }: CallKey): Call | null {
    const call = live.byId(callId)
    return call?.connection === connection ? call : null
  }
  function factsOf(key: CallKey): CallFacts | null {
    const call = callOf(key)
    if (call) {
      const { number, canonical } = otherParty(call)
      return { ...key, number, canonical, callStartedAt: call.startedAt }
    }
    const entry = store.history.get(key.connection, key.callId)
    return entry && { ...key, number: entry.number, canonical: entry.canonical, callStartedAt: entry.startedAt }
  }
  function crmCallOf(key: CallKey): CrmCall | null {
    const call = callOf(key)
    if (call) return call
    const entry = store.history.get(key.connection, key.callId)
    if (!entry) return null
    const [outside, ours] = [deps.identify(entry.number), deps.identify(entry.extension)]
    const [caller, callee] = entry.direction === 'incoming' ? [outside, ours] : [ours, outside]
    const { direction, group } = entry
    return { ...key, direction, group, caller, callee }
  }

  const dispositions = createDispositions({
    clock,
    store: store.dispositions,
    callOf: factsOf,
    returnOf: store.missed.returnOf,
    identify: deps.identify,
    extensionName: deps.extensionName,
    myExtension: deps.myExtension,
    tags() {
      const { tags, freeTags } = settings().dispositions
      const isLocked = deps.locked().some((path) => path === 'dispositions' || path === 'dispositions.tags')
      return { list: tags, free: freeTags && !isLocked }
    },
    onChange: deps.onChange,
  })
  const reminders = createReminders({
    clock,
    log: log.child('reminders'),
    notifier: deps.notifier,
    locale: () => settings().locale,
    due: dispositions.due,
    view: dispositions.view,
    noticed: dispositions.noticed,
    onClick(followUp) {
      dispositions.focus(followUp)
      deps.bringToFront()
    },
    onFailing(failing, reason) {
      if (failing) deps.status.addNotice({ kind: 'notifications-failing', params: { reason } })
      else deps.status.clearNotices('notifications-failing')
    },
  })
  const crm = createCrm({
    clock,
    log: log.child('crm'),
    store: store.dispositions,
    links: deps.links,
    settings: () => settings().crm,
    callOf: crmCallOf,
  })
  let recoverMono = Number.NEGATIVE_INFINITY

  /** Calls that were missed while nothing of them reached us: the program was closed, or the PBX did not report. */
  function recoverMissed(): void {
    if (clock.mono() - recoverMono < recoverEveryMs) return
    recoverMono = clock.mono()
    const now = clock.now()
    try {
      live.recover(store.missed.unheard({ since: now - recoverBackMs, to: now - settledMs, limit: mostRecovered }))
    } catch (error) {
      log.warn('missed-not-recovered', { reason: error instanceof Error ? error.message : 'unknown' })
    }
  }

  return {
    dispositions,
    crm,
    missed: createMissedList({ live, store: store.missed, extensionName: deps.extensionName }),
    sweep() {
      reminders.sweep()
      recoverMissed()
    },
  }
}
