import type { Call, CallsSnapshot } from '../../../preload/contract/index.ts'
import { createCallBook } from './call-book.ts'
import { createCallCards } from './call-cards.ts'
import { type CallEntry, createEntry, expiredEvent, overdueLegs, phonesRung } from './call-entry.ts'
import { listCalls } from './call-list.ts'
import { isMainLeg } from './call-parties.ts'
import { createCallSaver } from './call-saver.ts'
import { deriveCall, isLive } from './call-state.ts'
import { type CallHistory, readHistory, viewCall } from './call-view.ts'
import { clickCallOf, clickEvents } from './click-call.ts'
import { createFoldProgress } from './fold-progress.ts'
import { createHeldEvents } from './held-events.ts'
import type { InboxEvent } from './inbox-event.ts'
import type { LiveCalls, LiveCallsDeps } from './live-calls-types.ts'
import { createMissedCalls } from './missed-calls.ts'
import { createPacedEvents } from './paced-events.ts'
import { callOnPhone } from './phone-call.ts'
import { createPopLatency } from './pop-latency.ts'
import { missedEvents } from './recovered-calls.ts'
import { createRestoredCalls } from './restored-calls.ts'
import { createRingingPhones } from './ringing-phones.ts'
import { isFresh, isMissed, type PopScope, popDecision } from './screen-pop.ts'

export type { LiveCalls, LiveCallsDeps } from './live-calls-types.ts'

/** A call that stops ringing here may start ringing at the next phone; only after this it counts as missed, ms. */
const missedSettlesMs = 1000
const mostDealtWith = 200
/** A card that appears later than this was not waiting for us but for somebody to open the page, ms. */
const longestLatencyMs = 30_000

export function createLiveCalls(deps: LiveCallsDeps): LiveCalls {
  const { clock, log, store } = deps
  const scope = (): PopScope => ({
    scope: deps.popSettings().scope,
    groups: deps.myGroups(),
    extension: deps.myExtension(),
  })
  const book = createCallBook({ clock, log, store, canonicalOf: deps.canonicalOf })
  const progress = createFoldProgress()
  const phones = createRingingPhones()
  const latency = createPopLatency()
  const held = createHeldEvents({ clock, log, inbox: store.inbox, onStored: (rowId) => progress.add(rowId) })
  const saver = createCallSaver({
    clock,
    log,
    recordOf(callId) {
      const entry = book.get(callId)
      if (entry) complete(entry)
      if (entry && isSettingUp(entry)) return null
      return entry?.storedPartUnread ? 'unread' : (entry?.record ?? null)
    },
    foldedThrough: progress.through,
    async save(records, through) {
      await store.calls.save(records, through)
      deps.onSaved?.(records)
    },
    onSaved() {
      missed.invalidate()
      deps.onChange()
    },
  })
  const missed = createMissedCalls({
    log,
    store,
    scope,
    inMemory: (callId) => book.get(callId)?.record ?? null,
    unstored: () => (saver.failing() ? [...saver.unsaved()].flatMap((callId) => book.get(callId)?.record ?? []) : []),
  })
  const cards = createCallCards({
    clock,
    scope,
    hideAfterSec: () => deps.popSettings().hideAfterSec,
    onChange: deps.onChange,
  })
  const restored = createRestoredCalls({
    find: (callId) => (book.get(callId) ? find(callId) : null),
    scope,
    canonicalOf: deps.canonicalOf,
  })
  const missedTimers = new Set<() => void>()
  let focused: CallsSnapshot['focus'] = null

  function historyOf(entry: CallEntry): CallHistory {
    if (entry.history) return entry.history
    try {
      entry.history = readHistory(entry.record, entry.call, store.calls, deps)
      return entry.history
    } catch (error) {
      log.warn('history-unreadable', { reason: error instanceof Error ? error.message : 'unknown' })
      return { lastContact: null, recentMissed: 0 }
    }
  }

  /** As the PBX reports it, where a call that was dialled here is known twice. */
  function reported(entry: CallEntry): CallEntry {
    const callId = book.clicks.reportedAs(entry.record.callId)
    return (callId === null ? undefined : book.get(callId)) ?? entry
  }

  /** Dialled here: until it talks or is over the PBX may still report it under an id of its own, and then that one is kept. */
  const isSettingUp = (entry: CallEntry) =>
    clickCallOf(entry.record) !== null &&
    (reported(entry) !== entry || entry.call.state === 'calling' || entry.call.state === 'ringing')

  function view(one: CallEntry): Call {
    const entry = reported(one)
    return viewCall(entry.record, entry.call, historyOf(entry), book.links.linkOf(entry.record.callId), deps)
  }

  /** In memory, else read from the store without keeping it. */
  function find(callId: string): CallEntry | null {
    const entry = book.get(callId)
    if (entry) {
      complete(entry)
      return entry
    }
    const record = store.calls.get(callId)
    return record && createEntry(record)
  }

  function absorb(event: InboxEvent, aliveAt: number): { entry: CallEntry; changed: boolean } {
    const result = book.fold(event, aliveAt)
    progress.add(event.id)
    if (result.changed) noteChange(result.entry)
    return result
  }

  function complete(entry: CallEntry): void {
    if (book.complete(entry)) showChange(entry)
  }

  function noteChange(entry: CallEntry): void {
    saver.mark(entry.record.callId)
    showChange(entry)
  }

  function showChange(one: CallEntry): void {
    if (reported(one) !== one) cards.changed(one)
    const entry = reported(one)
    cards.changed(entry)
    for (const extension of phones.set(entry.record.callId, phonesRung(entry))) deps.onLegState(extension)
  }

  function raise(entry: CallEntry, receivedMono: number): void {
    if (entry.raisedAt !== null || !isFresh(receivedMono, clock.mono())) return
    if (popDecision(entry.record, entry.call, scope()) === 'nothing') return
    // It may be an old call that the store knows the end of.
    complete(entry)
    const decision = popDecision(entry.record, entry.call, scope())
    if (decision === 'nothing') return
    entry.raisedAt = receivedMono
    cards.add(entry)
    if (decision === 'pop') deps.onPop(() => view(entry))
  }

  /** Missed for good once it stays so: a call that is offered to the next phone comes back to life at once. */
  function watchMissed(entry: CallEntry): void {
    if (entry.missedTold || !isMissed(entry.record, entry.call, scope())) return
    entry.missedTold = true
    const cancel = clock.after(missedSettlesMs, () => {
      missedTimers.delete(cancel)
      complete(entry)
      entry.missedTold = isMissed(entry.record, entry.call, scope())
      if (entry.missedTold) deps.onMissed(view(entry))
    })
    missedTimers.add(cancel)
  }

  /** I am on this call now, and was not before. */
  function watchAnswer(entry: CallEntry): void {
    const mine = deps.myExtension()
    if (entry.answerTold || mine === null || entry.call.state !== 'talking') return
    const takenHere = entry.call.legs.some(
      (leg) => leg.extension === mine && leg.state === 'talking' && !isMainLeg(leg),
    )
    if (!takenHere && entry.record.caller !== mine) return
    entry.answerTold = true
    deps.onAnswered?.(() => view(entry))
  }

  /** Close legs whose end never came. Returns the calls that this changed. */
  function closeOverdue(): CallEntry[] {
    const mono = clock.mono()
    return [...book.open()].filter((entry) => {
      const overdue = overdueLegs(entry, mono)
      for (const one of overdue) absorb(expiredEvent(entry.record, one), mono)
      return overdue.length > 0
    })
  }

  function sweep(): void {
    const closed = closeOverdue()
    for (const entry of closed) watchMissed(entry)
    cards.prune()
    book.prune((callId) => cards.has(callId) || saver.isUnsaved(callId))
    if (closed.length > 0) deps.onChange()
  }

  async function setHandled(callId: string, handledAt: number | null): Promise<void> {
    // Null: only the system's own log knows it.
    const known = find(callId)
    const before = known?.record.handledAt ?? null
    const mark = (at: number | null) => {
      if (known) known.record = { ...known.record, handledAt: at }
    }
    mark(handledAt)
    try {
      if (saver.isUnsaved(callId)) await saver.flush()
      await store.calls.setHandled(callId, handledAt)
    } catch (error) {
      mark(before)
      throw error
    } finally {
      missed.invalidate()
      deps.onChange()
    }
  }

  function take(event: InboxEvent, receivedMono: number): void {
    try {
      const { entry, changed } = absorb(event, receivedMono)
      raise(entry, receivedMono)
      if (!changed) return
      watchMissed(entry)
      watchAnswer(entry)
      deps.onChange()
    } catch (error) {
      // The event is in the inbox or held; whatever went wrong here must not reach the PBX as a refusal.
      log.error('event-not-shown', { reason: error instanceof Error ? error.message : 'unknown' })
    }
  }
  const paced = createPacedEvents(clock, take, (slice) => store.calls.together(slice))

  return {
    receive(event, receivedMono) {
      if (event.id === 0) held.hold(event)
      const mine = deps.myExtension()
      const urgent = event.callee === mine || event.caller === mine || cards.has(event.callId)
      paced.add(event, receivedMono, urgent)
    },
    clicked(click, news, at) {
      const mono = clock.mono()
      const folded = clickEvents(click, news, at).map((event) => absorb(event, mono))
      for (const { entry } of folded) {
        // Nobody waited for this card since an event: it says nothing about the pop latency.
        entry.latencyTaken = true
        raise(entry, mono)
      }
      if (!folded.some(({ changed }) => changed)) return
      for (const { entry } of folded) watchAnswer(reported(entry))
      deps.onChange()
    },
    openClicks() {
      return [...book.open()].flatMap((entry) => {
        const click = clickCallOf(entry.record)
        const { state } = reported(entry).call
        return click && isLive(state) ? [{ click, talking: state === 'talking' }] : []
      })
    },
    clickCallIdOf: (callId) => book.clicks.keyOf(callId),
    async restore() {
      for (const record of store.calls.open()) if (!book.get(record.callId)) book.adopt(record)
      const age = (event: InboxEvent) => clock.mono() - Math.max(0, clock.now() - event.receivedAt)
      for (const event of store.inbox.unfolded()) absorb(event, age(event)).entry.missedTold = true
      for (const entry of book.all()) {
        for (const extension of phones.set(entry.record.callId, phonesRung(entry))) deps.onLegState(extension)
      }
      // What ended while nobody was looking is history: it is counted, not announced.
      for (const entry of closeOverdue()) entry.missedTold = true
      for (const { record } of book.open()) restored.keep(record.callId)
      await saver.flush()
      deps.onChange()
    },
    polled(connection, phones) {
      const proven = restored.prove(connection, phones).filter((entry) => entry.raisedAt === null)
      for (const entry of proven) {
        entry.raisedAt = clock.mono()
        // Nobody waited for this card since an event: it says nothing about the pop latency.
        entry.latencyTaken = true
        cards.add(entry)
        cards.changed(entry)
      }
      if (proven.length > 0) deps.onChange()
    },
    snapshot: () =>
      store.calls.together(() => {
        const { count, records } = missed.read()
        return {
          cards: cards
            .shown()
            .filter((entry) => reported(entry) === entry)
            .map(view),
          missedCount: count,
          missed: records.map((record) => view(book.get(record.callId) ?? createEntry(record))),
          focus: focused,
        }
      }),
    list: (input) => listCalls(input, { clock, store, scope, view, inMemory: book.get }),
    byId(callId) {
      const entry = find(callId)
      return entry && view(entry)
    },
    missedOpen() {
      const { count, records } = missed.all()
      return { count, calls: records.map((record) => view(book.get(record.callId) ?? createEntry(record))) }
    },
    missedDealtWith() {
      const { scope: whose, extension } = scope()
      const extensions = whose === 'extension' && extension !== null ? [extension] : null
      return store.missed
        .dealtWith({ extensions, limit: mostDealtWith })
        .filter(({ record }) => isMissed(record, deriveCall(record), scope()))
        .map(({ record, returned }) => ({ call: view(book.get(record.callId) ?? createEntry(record)), returned }))
    },
    recover(calls) {
      const unknown = calls.filter(({ callId }) => !book.get(callId) && !store.calls.get(callId))
      for (const call of unknown) for (const event of missedEvents(call)) absorb(event, 0).entry.missedTold = true
      if (unknown.length > 0) deps.onChange()
    },
    dismiss(callId) {
      // A call that was dialled here is known twice where the PBX reports it as well.
      for (const one of new Set([callId, book.clicks.keyOf(callId)])) {
        const entry = one === null ? undefined : book.get(one)
        if (entry) entry.dismissed = true
        if (entry) cards.remove(entry.record.callId)
      }
      deps.onChange()
    },
    handle: (callId) => setHandled(callId, clock.now()),
    unhandle: (callId) => setHandled(callId, null),
    focus(callId) {
      const record = book.get(callId) ? null : store.calls.get(callId)
      const entry = book.get(callId) ?? (record && book.adopt(record))
      if (!entry) return
      entry.dismissed = false
      if (!cards.has(callId)) cards.add(entry)
      cards.changed(entry)
      if (!cards.shows(entry)) entry.pinned = true
      focused = { callId, at: Math.max(clock.now(), (focused?.at ?? 0) + 1) }
      deps.onChange()
    },
    popShown(callId) {
      const entry = book.get(callId)
      if (!entry || entry.raisedAt === null || entry.latencyTaken) return
      entry.latencyTaken = true
      const ms = clock.mono() - entry.raisedAt
      if (ms <= longestLatencyMs) latency.add(ms)
    },
    popLatency: latency.read,
    liveCallOf(extension) {
      const entry = callOnPhone(extension, book.open())
      return entry && view(entry)
    },
    ringing: phones.map,
    sweep,
    refresh() {
      missed.invalidate()
      deps.onChange()
    },
    async purge(connection) {
      paced.drain()
      held.forget(connection)
      for (const { record } of [...book.all()]) {
        if (record.connection !== connection) continue
        book.remove(record.callId)
        cards.remove(record.callId)
        saver.forget(record.callId)
        for (const extension of phones.set(record.callId, new Map())) deps.onLegState(extension)
      }
      await saver.settled()
      await store.calls.purge(connection)
      missed.invalidate()
      deps.onChange()
    },
    stop() {
      paced.stop()
      paced.drain()
      for (const cancel of missedTimers) cancel()
      cards.stop()
      held.stop()
      saver.stop()
    },
  }
}
