import { join } from 'node:path'
import { HistoryFilter, type Settings, topics } from '../preload/contract/index.ts'
import { openCallHistory } from './compose/call-history.ts'
import { createDeskConversation } from './compose/conversation.ts'
import { createDemo } from './compose/demo.ts'
import { createAppDesk } from './compose/desk.ts'
import { followDialledCalls } from './compose/dialled-calls.ts'
import { openDirectory } from './compose/directory.ts'
import { createWrapUp } from './compose/dispositions.ts'
import { every } from './compose/every.ts'
import { openImports } from './compose/imports.ts'
import { createIntake } from './compose/intake.ts'
import type { App, Platform } from './compose/platform.ts'
import { createPopNotices } from './compose/pop-notices.ts'
import { openPrompts } from './compose/prompts.ts'
import { createReceived } from './compose/received.ts'
import { recordedCalls } from './compose/recorded-call.ts'
import { openRecordings } from './compose/recordings.ts'
import { showSettingsProblems } from './compose/settings-problems.ts'
import { createSupervision } from './compose/supervision.ts'
import { createTelephony } from './compose/telephony.ts'
import { createBoardState } from './core/board/board-state.ts'
import { createLiveCalls } from './core/calls/live-calls.ts'
import { createControl } from './core/control/control.ts'
import { createIdentify } from './core/directory/identify.ts'
import { createHistoryDesk } from './core/history/history-desk.ts'
import { createRetentionDesk } from './core/history/retention-desk.ts'
import { canonicalNumber, dialString, displayNumber, type ParsedNumber, parseNumber } from './core/numbers/index.ts'
import { createSettings } from './core/settings/settings.ts'
import { createHub } from './core/snapshots/hub.ts'
import { createStatusBook } from './core/status/status-book.ts'
import { zipStream } from './runtime/zip-stream.ts'
import { openStore } from './store/open.ts'
import { causesOf } from './systems/causes.ts'
import { loadSystems } from './systems/index.ts'

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
  const [store] = await Promise.all([
    openStore({ file: join(platform.dataDir, 'frontbell.sqlite'), clock, log: log.child('store') }),
    // The store waits for its thread meanwhile.
    loadSystems(current().connections),
  ]).catch((error: unknown) => {
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
  const identify = createIdentify({
    directory: store.directory,
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

  const notifications = createPopNotices({
    ...{ platform, status, settings: current, log: log.child('notify') },
    focus: (callId) => live.focus(callId),
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
    popSettings: () => current().pop,
    myGroups: () => groupsOf(myExtension()),
    onChange() {
      hub.changed('calls')
      conversation.callsChanged()
    },
    onLegState: () => board.setRinging(live.ringing()),
    onAnswered(call) {
      if (wrapUp.crm.watchesAnswers()) wrapUp.crm.answered(call())
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
  const { histories, keepReported, retention } = openCallHistory({
    ...{ clock, log, store, status, hub, canonicalOf, myExtension },
    retentionDays: () => current().history.retentionDays,
    isExtension: (number) => board.isExtension(number),
    onStored: (connection, moments) => supervision.statistics.touched(connection, moments),
    onPurged() {
      supervision.statistics.forget()
      wrapUp.dispositions.refresh()
      histories.changed()
      live.refresh()
    },
    onAged: async (before) => {
      await recordings.recordings.purge(before)
    },
    onLearned() {
      live.refresh()
      hub.changed('directory')
    },
  })
  const telephony = createTelephony({
    clock,
    log,
    board,
    status,
    histories,
    polling: () => current().polling,
    onPolled(connection, phones) {
      live.polled(connection, phones)
      dialled.polled(connection, phones)
      supervision.watcher.saw(connection, phones)
      conversation.polled()
    },
  })
  const dialled = followDialledCalls({ clock, log, live, board, telephony: () => telephony })
  const received = createReceived({ clock, inbox: store.inbox, pushes: store.pushes })
  const recordings = openRecordings({
    clock,
    log: log.child('recordings'),
    dataDir: platform.dataDir,
    telephony,
    callOf: recordedCalls({ clock, history: store.history, live: () => live }),
    settings: () => current().recordings,
  })
  const prompts = openPrompts({
    ...{ clock, log: log.child('prompts'), store: store.prompts },
    telephony: () => telephony,
    parse: (number) => parseNumber(number, numbers()),
    author: () => board.extensionName(myExtension() ?? '') ?? myExtension(),
    onChange: () => hub.changed('prompts'),
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
    people: store.people,
    live,
    presence: store.presence,
    onForgotten: () => supervision.statistics.forget(),
    dispositions: store.dispositions,
    prompts: store.prompts,
    onChange() {
      hub.changed('status')
      wrapUp.dispositions.refresh()
    },
  })

  const dialling = {
    system: () => telephony.primary(),
    myExtension,
    parse: (text: string) => parseNumber(text, numbers()),
    dialString: (parsed: ParsedNumber) => dialString(parsed, numbers()),
    isExtension: (number: string) => board.isExtension(number),
  }
  const conversation = createDeskConversation({
    ...dialling,
    clock,
    log: log.child('conversation'),
    live,
    board,
    identify,
    onChange: () => hub.changed('conversation'),
  })
  const control = createControl({
    ...dialling,
    log: log.child('control'),
    line: () => telephony.primaryConnection()?.line ?? 'fixed',
    isConsulting: (callId) => conversation.isConsulting(callId),
    clicks: { ...dialled, keyOf: (callId) => live.clickCallIdOf(callId) },
    liveCallOf: (extension) => live.liveCallOf(extension),
    callById: (callId) => live.byId(callId),
    canSetOthers: () => current().board.setOthersPresence,
    onPresenceSet: (extension, presence) => {
      me.setPending(extension, presence)
      telephony.pollNow()
    },
  })
  const imports = openImports({
    ...{ clock, store, directory: store.directory, settings: current },
    log: log.child('imports'),
    dataDir: platform.dataDir,
    system: (connection) => telephony.system(connection),
    onChange: () => hub.changed('imports'),
  })
  const directory = openDirectory({
    ...{ clock, store, identify, numbers },
    extensions: () => board.snapshot().extensions,
    extensionName: (extension) => board.extensionName(extension),
    system: () => telephony.primary(),
    onChange() {
      live.refresh()
      hub.changed('board')
      hub.changed('directory')
    },
  })
  const history = createHistoryDesk({
    clock,
    store: store.history,
    calls: store.calls,
    canonicalsOf: directory.canonicalsOf,
    numbersOf: (person) => store.people.get(person)?.numbers.map(({ canonical }) => canonical) ?? [],
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
  })
  const { desk, me, followVisibility } = createAppDesk({
    received,
    recordings: recordings.desk,
    prompts,
    platform,
    hub,
    settings,
    live,
    wrapUp,
    board,
    status,
    telephony,
    control,
    conversation,
    supervision: supervision.desk,
    directory,
    demo,
    history,
    retention: createRetentionDesk({
      ...{ clock, store: store.retention, retention },
      totals: async (filter, atMost) => history.totals({ filter: HistoryFilter.parse(filter), atMost }),
      recordings: (before) => recordings.recordings.countBefore(before),
    }),
    histories,
    imports,
    myExtension,
  })

  const applySettings = async () => {
    showSettingsProblems(settings, status)
    await telephony.apply(current())
    await prompts.apply(current().connections)
    for (const topic of topics) hub.changed(topic)
    await intake.apply()
    retention.wake()
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
    conversation.stop()
    dialled.stop()
    retention.stop()
    await demo.end()
    recordings.stop()
    prompts.stop()
    directory.stop()
    await imports.stop()
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
    await prompts.start()
    await imports.restore()
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
    wantsMicrophone: prompts.wantsMicrophone,
    listenerUrl: () => intake.loopbackUrl(),
    begin: () => telephony.begin(),
    resume: () => telephony.pollNow(),
    stop,
  }
}
