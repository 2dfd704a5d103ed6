import { join } from 'node:path'
import { type Settings, topics } from '../preload/contract/index.ts'
import { createDemo } from './compose/demo.ts'
import { createDemoPeople } from './compose/demo-people.ts'
import { createAppDesk } from './compose/desk.ts'
import { createWrapUp } from './compose/dispositions.ts'
import { createHistories } from './compose/histories.ts'
import { createIntake } from './compose/intake.ts'
import { createReceived } from './compose/received.ts'
import { openRecordings } from './compose/recordings.ts'
import { createReportedCalls } from './compose/reported-calls.ts'
import { createSupervision } from './compose/supervision.ts'
import { createTelephony } from './compose/telephony.ts'
import { createBoardState } from './core/board/board-state.ts'
import { createLiveCalls } from './core/calls/live-calls.ts'
import { createPopNotifications } from './core/calls/pop-notifications.ts'
import { createControl } from './core/control/control.ts'
import type { Desk } from './core/desk.ts'
import { createIdentify } from './core/directory/identify.ts'
import { createSearch } from './core/directory/search.ts'
import { createHistoryDesk } from './core/history/history-desk.ts'
import { startRetention } from './core/history/retention.ts'
import { canonicalNumber, dialString, displayNumber, parseNumber } from './core/numbers/index.ts'
import type { AnswerRecording, Clock, LinkOpener, Log, Notifier } from './core/ports/index.ts'
import type { PolicySource, Secrets, SettingsFile } from './core/settings/ports.ts'
import { createSettings, type SettingsStore } from './core/settings/settings.ts'
import { createHub, type SnapshotHub } from './core/snapshots/hub.ts'
import { createStatusBook } from './core/status/status-book.ts'
import { zipStream } from './runtime/zip-stream.ts'
import { openStore } from './store/open.ts'
import { causesOf } from './systems/causes.ts'

/** What a host (Electron or plain Node) brings along. */
export interface Platform {
  host: 'electron' | 'browser'
  version: string
  dataDir: string
  settingsFile: SettingsFile
  policy: PolicySource
  secrets: Secrets
  clock: Clock
  log: Log
  notifier: Notifier
  /** Opens web and mail addresses where this host can. */
  links?: LinkOpener
  /** Start with the built-in PBX whatever the settings say. */
  demo: boolean
  /** Overrides `listener.port`; 0 = any free one. */
  listenerPort?: number
  /** A notification was clicked: show the window. The page is told which card by itself. */
  bringToFront?(): void
}

/** The running program. Hosts put windows, tray or a web server around it. */
export interface App {
  desk: Desk
  hub: SnapshotHub
  settings: SettingsStore
  /** Bytes of recordings, for the page. */
  answerRecording: AnswerRecording
  /** Where the PBX can reach us, on this PC's loopback; null while the port is not ours. */
  listenerUrl(): string | null
  /** The machine woke up: drop what is half open and ask now. */
  resume(): void
  /** Ends pollers, listener and store, in that order. At most 2 s. */
  stop(): Promise<void>
}

/**
 * The only place where parts are wired. Throws CoreError('storage-failed') when the database is from a newer version.
 * What cannot start leaves nothing running.
 */
export async function compose(platform: Platform): Promise<App> {
  const { clock, log } = platform
  const hub = createHub({ clock })
  const status = createStatusBook({ clock, onChange: () => hub.changed('status') })
  const settings = createSettings({
    file: platform.settingsFile,
    policy: platform.policy,
    secrets: platform.secrets,
    log: log.child('settings'),
  })
  await settings.ready
  const current = (): Settings => settings.current()
  const numbers = () => current().dialing
  const store = await openStore({
    file: join(platform.dataDir, 'frontbell.sqlite'),
    clock,
    log: log.child('store'),
  }).catch((error: unknown) => {
    settings.close()
    throw error
  })
  for (const notice of store.notices) status.addNotice(notice)

  const board = createBoardState({
    clock,
    groups: () => current().groups,
    display: (number) => displayNumber(number, numbers()),
    nameOf: (number) => identify(number).name,
    onChange: () => {
      hub.changed('board')
      hub.changed('me')
    },
  })
  const demoPeople = createDemoPeople(store.directory)
  const identify = createIdentify({
    directory: demoPeople.directory,
    extensionName: (extension) => board.extensionName(extension),
    numbers,
  })
  const canonicalOf = (number: string) => canonicalNumber(number, numbers())
  const myExtension = () => telephony.primaryConnection()?.extension ?? null
  const groupName = (id: string) => current().groups.find((group) => group.id === id)?.name ?? null
  const groupsOf = (extension: string | null) =>
    extension === null
      ? []
      : [
          ...new Set([
            ...current()
              .groups.filter((group) => group.extensions.includes(extension))
              .map((group) => group.id),
            ...[board.groupOf(extension) ?? []].flat(),
          ]),
        ]

  const notifications = createPopNotifications({
    notifier: platform.notifier,
    log: log.child('notify'),
    locale: () => current().locale,
    isWanted: () => current().pop.notify,
    onClick: (call) => {
      live.focus(call.callId)
      platform.bringToFront?.()
    },
    onFailing: (failing, reason) => {
      if (failing) status.addNotice({ kind: 'notifications-failing', params: { reason } })
      else status.clearNotices('notifications-failing')
    },
  })
  const live = createLiveCalls({
    clock,
    log: log.child('calls'),
    store,
    canonicalOf,
    identify,
    extensionName: (extension) => board.extensionName(extension),
    groupName,
    myExtension,
    isExtension: (number) => board.isExtension(number) || number === myExtension(),
    popSettings: () => ({ ...current().pop, groups: groupsOf(myExtension()) }),
    onChange: () => hub.changed('calls'),
    onLegState() {
      board.setRinging(live.ringing())
      wrapUp.legsChanged()
    },
    onPop(call) {
      notifications.popped(call)
      if (current().crm.rules.some(({ on }) => on === 'ring')) wrapUp.crm.rang(call())
    },
    onMissed: () => hub.changed('calls'),
    onSaved: (records) => keepReported(records),
  })

  const wrapUp = createWrapUp({
    clock,
    log,
    store,
    live,
    status,
    notifier: platform.notifier,
    links: platform.links ?? {},
    settings: current,
    locked: () => settings.snapshot().locked,
    identify,
    extensionName: (extension) => board.extensionName(extension),
    myExtension,
    bringToFront: () => platform.bringToFront?.(),
    onChange: () => hub.changed('dispositions'),
  })
  const supervision = createSupervision({ clock, log, store, board, telephony: () => telephony })
  const retention = startRetention({
    clock,
    log: log.child('history'),
    store: store.history,
    days: () => current().history.retentionDays,
    onPurged: async (before) => {
      await recordings.recordings.purge(before)
    },
  })
  const histories = createHistories({
    clock,
    log: log.child('history'),
    store,
    canonicalOf,
    isExtension: (number) => board.isExtension(number),
    floor: () => retention.floor(),
    onLearned: () => live.refresh(),
    onRecovered: ({ count, from, to }) =>
      status.addNotice({
        kind: 'history-recovered',
        params: { count: String(count), from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      }),
    onChange: () => hub.changed('history'),
  })
  const keepReported = createReportedCalls({
    clock,
    log: log.child('history'),
    store: store.history,
    canonicalOf,
    isExtension: (number) => board.isExtension(number) || number === myExtension(),
    systemOf: (id) => status.connections().find((one) => one.id === id)?.system ?? null,
    hasLog: (id) => histories.snapshot().connections.some(({ connection }) => connection === id),
    onChange: () => histories.changed(),
  })
  const telephony = createTelephony({
    clock,
    log,
    board,
    status,
    histories,
    polling: () => current().polling,
    onPolled: (connection, phones) => {
      live.polled(connection, phones)
      supervision.watcher.saw(connection, phones)
    },
  })
  const received = createReceived({ clock, inbox: store.inbox, pushes: store.pushes })
  const recordings = openRecordings({
    clock,
    log: log.child('recordings'),
    dataDir: platform.dataDir,
    telephony,
    settings: () => current().recordings,
  })
  const intake = createIntake({
    clock,
    log: log.child('intake'),
    settings: current,
    port: platform.listenerPort,
    store,
    live,
    status,
    connectionOf: () => telephony.primaryConnection()?.id ?? 'pbx',
    learnGroup: (extension, group) => board.learnGroup(extension, group),
    onExchange: (exchange) => received.add(exchange),
    onHeard: () => telephony.heard(),
  })
  const demo = createDemo({
    clock,
    log: log.child('demo'),
    popUrl: () => intake.popUrl(),
    settings,
    people: demoPeople,
    live,
    presence: store.presence,
    onChange() {
      hub.changed('status')
      wrapUp.dispositions.refresh()
    },
  })

  const control = createControl({
    log: log.child('control'),
    system: () => telephony.primary(),
    myExtension,
    line: () => telephony.primaryConnection()?.line ?? 'fixed',
    parse: (text) => parseNumber(text, numbers()),
    dialString: (parsed) => dialString(parsed, numbers()),
    isExtension: (number) => board.isExtension(number),
    liveCallOf: (extension) => live.liveCallOf(extension),
    callById: (callId) => live.byId(callId),
    canSetOthers: () => current().board.setOthersPresence,
    onPresenceSet: (extension, presence) => {
      me.setPending(extension, presence)
      telephony.pollNow()
    },
  })
  const search = createSearch({
    directory: demoPeople.directory,
    extensions: () => board.snapshot().extensions,
    recent: () => store.calls.recentNumbers(20),
    identify,
    numbers,
  })
  const { desk, me, followVisibility } = createAppDesk({
    received,
    recordings: recordings.desk,
    platform,
    hub,
    settings,
    store,
    live,
    wrapUp,
    board,
    status,
    telephony,
    control,
    supervision: supervision.desk,
    search,
    demo,
    history: createHistoryDesk({
      clock,
      store: store.history,
      calls: store.calls,
      directory: demoPeople.directory,
      identify,
      groupName,
      extensionName: (extension) => board.extensionName(extension),
      explain: causesOf,
      archive: zipStream,
      settings: current,
      update: (patch) => settings.update(patch),
      sync() {
        histories.resume()
        telephony.pollNow()
      },
      cancelSync: () => histories.cancel(),
    }),
    histories,
    myExtension,
  })

  const showSettingsProblems = () => {
    const { problems } = settings.snapshot()
    status.clearNotices('settings-invalid')
    status.clearNotices('policy-invalid')
    for (const { field, reason } of problems) {
      status.addNotice({
        kind: field.startsWith('policy') ? 'policy-invalid' : 'settings-invalid',
        params: { field, reason },
      })
    }
  }
  const applySettings = async () => {
    showSettingsProblems()
    await telephony.apply(current())
    for (const topic of topics) hub.changed(topic)
    await intake.apply()
  }
  const stopWatching = settings.onChange(() => {
    applySettings().catch((error: unknown) =>
      log.error('settings-not-applied', { error: error instanceof Error ? error.message : 'unknown' }),
    )
  })

  let stopSweeping = (): void => undefined
  const stop = async () => {
    stopSweeping()
    stopWatching()
    retention.stop()
    await demo.end()
    recordings.stop()
    await Promise.all([telephony.stop(), intake.stop()])
    await supervision.watcher.stop()
    live.stop()
    hub.close()
    settings.close()
    await store.close()
  }

  try {
    await live.restore()
    await intake.start()
    if (platform.demo) await demo.start()
    else await demo.forget()
    await applySettings()
  } catch (error) {
    await stop()
    throw error
  }
  stopSweeping = every(clock, 1000, () => {
    live.sweep()
    wrapUp.sweep()
    followVisibility()
    board.checkStale(telephony.staleAfterMs())
  })

  return {
    desk,
    hub,
    settings,
    answerRecording: recordings.answer,
    listenerUrl: () => intake.loopbackUrl(),
    resume: () => telephony.pollNow(),
    stop,
  }
}

/** Repeat through the clock; returns the canceller. */
function every(clock: Clock, ms: number, run: () => void): () => void {
  let cancel = clock.after(ms, function again() {
    cancel = clock.after(ms, again)
    run()
  })
  return () => cancel()
}
