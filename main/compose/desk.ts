import type { BoardState } from '../core/board/board-state.ts'
import { createMe, type MeState } from '../core/board/me.ts'
import type { LiveCalls } from '../core/calls/live-calls.ts'
import type { ConversationDesk } from '../core/conversation/conversation.ts'
import type { Desk } from '../core/desk.ts'
import type { Imports } from '../core/imports/imports.ts'
import { createOperationDesk } from '../core/operations/operations.ts'
import { createConnectionRemoval } from '../core/settings/connection-removal.ts'
import type { SettingsStore } from '../core/settings/settings.ts'
import type { SnapshotHub } from '../core/snapshots/hub.ts'
import type { StatusBook } from '../core/status/status-book.ts'
import { probePbx } from './connection-probe.ts'
import type { Demo } from './demo.ts'
import type { DirectoryParts } from './directory.ts'
import type { createWrapUp } from './dispositions.ts'
import type { Histories } from './histories.ts'
import type { Platform } from './platform.ts'
import type { PromptParts } from './prompts.ts'
import type { createReceived } from './received.ts'
import type { Telephony } from './telephony.ts'

export interface DeskParts {
  platform: Platform
  hub: SnapshotHub
  settings: SettingsStore
  live: LiveCalls
  wrapUp: ReturnType<typeof createWrapUp>
  board: BoardState
  status: StatusBook
  telephony: Telephony
  recordings: Desk['recordings']
  prompts: Pick<PromptParts, 'desk' | 'snapshot'>
  retention: Desk['retention']
  received: ReturnType<typeof createReceived>
  control: Desk['control']
  conversation: ConversationDesk
  supervision: Desk['supervision']
  directory: DirectoryParts
  demo: Demo
  history: Desk['history']
  imports: Imports
  histories: Histories
  myExtension(): string | null
}

/** Every contract procedure, put together from the parts; and the snapshots. */
export function createAppDesk(parts: DeskParts): { desk: Desk; me: MeState; followVisibility(): void } {
  const { platform, hub, settings, live, board, status, telephony, demo, wrapUp } = parts
  const me = createMe({
    clock: platform.clock,
    board,
    system: () => telephony.primary(),
    myExtension: parts.myExtension,
    setOthers: () => settings.current().board.setOthersPresence,
    supervisor: () => telephony.primaryConnection()?.supervisorExtension ?? null,
    onChange: () => hub.changed('me'),
  })
  hub.provide('settings', () => settings.snapshot())
  hub.provide('me', () => me.snapshot())
  hub.provide('calls', () => live.snapshot())
  hub.provide('conversation', () => parts.conversation.snapshot())
  hub.provide('board', () => board.snapshot())
  hub.provide('dispositions', () => wrapUp.dispositions.snapshot())
  hub.provide('history', () => parts.histories.snapshot())
  hub.provide('prompts', () => parts.prompts.snapshot())
  hub.provide('directory', () => parts.directory.snapshot())
  hub.provide('imports', () => parts.imports.snapshot())
  hub.provide('status', () => ({
    connections: status.connections(),
    listener: status.listener(),
    // The demo is its own PBX: the real one, which it knows nothing of, is no newcomer to be trusted.
    unknownSources: demo.running() ? [] : status.unknownSources(),
    notices: status.notices(),
    popLatency: live.popLatency(),
    demo: { running: demo.running(), callers: demo.callers() },
  }))

  const visible = new Map<string, boolean>()
  /** Hidden windows may lag; not while I have a call, which may be passed on from the pop window. */
  const followVisibility = () => {
    const isHidden = visible.size > 0 && [...visible.values()].every((one) => !one)
    const extension = parts.myExtension()
    telephony.setHidden(isHidden && (extension === null || live.liveCallOf(extension) === null))
  }

  const removal = createConnectionRemoval(settings)
  const desk: Desk = {
    operations: createOperationDesk({
      clock: platform.clock,
      catalogue: async () => (await import('../systems/catalogue.ts')).catalogue(),
      received: (info, limit) => parts.received.list(info, limit),
      runnerOf: async (connection) => (await telephony.system(connection)).operations,
      systemOf: (connection) => settings.current().connections.find(({ id }) => id === connection)?.system ?? null,
    }),
    recordings: parts.recordings,
    prompts: parts.prompts.desk,
    retention: parts.retention,
    events: {
      subscribe: ({ confirms }, signal) => hub.subscribe(signal, confirms),
      taken: (seqs) => hub.taken(seqs),
      visibility(client, isVisible) {
        visible.set(client, isVisible)
        followVisibility()
      },
      closed(client) {
        visible.delete(client)
        followVisibility()
      },
    },
    calls: {
      list: (input) => live.list(input),
      dismiss: ({ callId }) => live.dismiss(callId),
      handle: ({ callId }) => live.handle(callId),
      unhandle: ({ callId }) => live.unhandle(callId),
      popShown({ callId }) {
        live.popShown(callId)
        hub.changed('status')
      },
    },
    control: parts.control,
    conversation: parts.conversation.desk,
    dispositions: wrapUp.dispositions.desk,
    crm: wrapUp.crm.desk,
    missed: wrapUp.missed,
    supervision: parts.supervision,
    history: parts.history,
    imports: parts.imports.desk,
    directory: parts.directory.desk,
    settings: {
      update: ({ patch }) => settings.update(patch),
      testConnection: ({ address }) => probePbx(address, { clock: platform.clock, log: platform.log }),
      checkConnection: ({ id }, signal) => telephony.check(id, signal),
      removeConnection: ({ id }) => removal.remove(id),
      restoreConnection: ({ id }) => removal.restore(id),
      async testNotification() {
        const chinese = settings.current().locale === 'zh-CN'
        await platform.notifier.notify(
          chinese
            ? { title: '前铃：测试通知', body: '看到这条就说明来电提醒能弹出来。' }
            : { title: 'Frontbell: test', body: 'If you see this, call alerts can reach you.' },
          () => platform.bringToFront?.(),
        )
      },
      async trustSource({ address }) {
        const { allow } = settings.current().listener
        if (!allow.includes(address)) await settings.update({ listener: { allow: [...allow, address] } })
        status.forgetSource(address)
      },
      dismissSource: ({ address }) => status.forgetSource(address),
      dismissNotice: ({ id }) => status.dismissNotice(id),
    },
    demo: {
      start: () => demo.start(),
      stop: () => demo.stop(),
      ring: ({ caller }) => demo.ring(caller),
    },
    app: {
      info: () => ({
        version: platform.version,
        host: platform.host,
        platform: process.platform,
        dataDir: platform.dataDir,
      }),
    },
  }
  return { desk, me, followVisibility }
}
