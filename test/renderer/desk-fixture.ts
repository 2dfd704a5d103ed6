import type { Desk } from '../../main/core/desk.ts'
import { CoreError } from '../../main/core/errors.ts'
import type { CallKey, CallNote, FollowUp, Me, SnapshotEvent, Snapshots, Topic } from '../../preload/contract/index.ts'
import { Settings, topics } from '../../preload/contract/index.ts'
import { noImports } from '../core/imports/no-imports.ts'
import { noRecordings } from '../core/recordings/no-recordings.ts'
import { fakePeopleArea } from '../rpc/fake-directory.ts'
import { followUpOf, noteOf, officeSnapshots, people, recentCalls } from './office.ts'
import { createFixtureOperations } from './operations-fixture.ts'

export { call, party } from './office.ts'

/** A desk with made-up people behind the real rpc: what the page shows is set by the test. */
export interface FixtureDesk {
  desk: Desk
  /** The snapshots as they are; change one and call `changed`. */
  now: Snapshots
  changed(topic: Topic): void
  /** What the page asked for, oldest first. */
  asked: { procedure: string; input: unknown }[]
  /** Make a procedure fail from now on; null heals it. */
  fail(procedure: string, error: CoreError | null): void
}

/** Serve this with `createRouter(fixture.desk, log)`. Times count back from the moment of the call. */
export function createFixtureDesk(): FixtureDesk {
  const at = Date.now()
  const now = officeSnapshots(at)
  const asked: FixtureDesk['asked'] = []
  const failures = new Map<string, CoreError>()
  const subscribers = new Set<(event: SnapshotEvent) => void>()
  let seq = 0
  const eventOf = (topic: Topic) =>
    ({ seq: ++seq, sentAt: Date.now(), topic, snapshot: structuredClone(now[topic]) }) as SnapshotEvent
  const ask =
    <I, O>(procedure: string, answer: (input: I) => O) =>
    async (input: I) => {
      asked.push({ procedure, input })
      const failure = failures.get(procedure)
      if (failure) throw failure
      return answer(input)
    }
  const changed = (topic: Topic) => {
    for (const send of subscribers) send(eventOf(topic))
  }
  const nothing = () => undefined
  const recent = recentCalls(at)

  const notes = new Map<string, CallNote>()
  const keepNote = (input: CallKey, change: Partial<CallNote>) => {
    const key = `${input.connection} ${input.callId}`
    const note = { ...noteOf(input, at), ...notes.get(key), ...change }
    notes.set(key, note)
    now.dispositions.revision += 1
    changed('dispositions')
    return note
  }
  const keepFollowUp = (followUp: FollowUp) => {
    const others = now.dispositions.followUps.filter((one) => one.callId !== followUp.callId)
    now.dispositions.followUps = followUp.doneAt === null ? [...others, followUp] : others
    now.dispositions.openCount = now.dispositions.followUps.length
    now.dispositions.revision += 1
    changed('dispositions')
    return followUp
  }

  const desk: Desk = {
    events: {
      async *subscribe(_input, signal) {
        const queue: SnapshotEvent[] = topics.map(eventOf)
        let wake = nothing as () => void
        const send = (event: SnapshotEvent) => {
          queue.push(event)
          wake()
        }
        subscribers.add(send)
        signal.addEventListener('abort', () => wake())
        try {
          while (!signal.aborted) {
            const event = queue.shift()
            if (event) yield event
            else
              await new Promise<void>((resolve) => {
                wake = resolve
              })
          }
        } finally {
          subscribers.delete(send)
        }
      },
      taken: nothing,
      visibility: (client, visible) => void asked.push({ procedure: 'events.visibility', input: { client, visible } }),
      closed: nothing,
    },
    history: {
      search: ask('history.search', () => ({ rows: [], next: null })),
      hours: ask('history.hours', () => ({
        hours: Array.from({ length: 24 }, () => ({ answered: 0, missed: 0, failed: 0 })),
        calls: 0,
        isComplete: true,
      })),
      totals: ask('history.totals', () => ({ calls: 0, answered: 0, missed: 0, talkSec: 0, isComplete: true })),
      get: ask('history.get', () => {
        throw new CoreError('not-found')
      }),
      async *export(input) {
        asked.push({ procedure: 'history.export', input })
        yield { kind: 'done', rows: 0, fileName: 'calls.csv', type: 'text/csv' }
      },
      saveFilter: ask('history.saveFilter', nothing),
      removeFilter: ask('history.removeFilter', nothing),
      sync: ask('history.sync', nothing),
      cancelSync: ask('history.cancelSync', nothing),
    },
    prompts: {
      list: ask('prompts.list', () => ({ connection: 'pbx', prompts: [], checkedAt: 5, backups: [] })),
      sound: ask('prompts.sound', () => ({ bytes: new Uint8Array([1]) })),
      backupSound: ask('prompts.backupSound', () => ({ bytes: new Uint8Array([1]) })),
      add: ask('prompts.add', () => ({ upload: 1 })),
      replace: ask('prompts.replace', () => ({ upload: 1 })),
      rename: ask('prompts.rename', () => ({ upload: 1 })),
      remove: ask('prompts.remove', () => ({ backup: true })),
      restore: ask('prompts.restore', () => ({ upload: 1, isNew: false })),
      dropBackup: ask('prompts.dropBackup', nothing),
      cancelUpload: ask('prompts.cancelUpload', nothing),
      retryUpload: ask('prompts.retryUpload', nothing),
      dismissUpload: ask('prompts.dismissUpload', nothing),
      microphone: ask('prompts.microphone', nothing),
      ringRecorder: ask('prompts.ringRecorder', nothing),
      keepRecorded: ask('prompts.keepRecorded', nothing),
    },
    calls: {
      list: ask('calls.list', () => ({ rows: recent, counts: { all: 2, missed: 0, mine: 2, today: 2 }, next: null })),
      dismiss: ask('calls.dismiss', ({ callId }: { callId: string }) => {
        now.calls.cards = now.calls.cards.filter((one) => one.callId !== callId)
        changed('calls')
      }),
      handle: ask('calls.handle', nothing),
      unhandle: ask('calls.unhandle', nothing),
      popShown: ask('calls.popShown', nothing),
    },
    control: {
      dial: ask('control.dial', ({ number }: { number: string }) => ({
        extension: '802',
        dialled: number.replace(/\D/g, ''),
        display: number,
        suffix: null,
        clickCallId: null,
      })),
      hangup: ask('control.hangup', nothing),
      transfer: ask('control.transfer', nothing),
      setPresence: ask('control.setPresence', ({ presence }: { presence: Me['presence'] }) => {
        now.me.presence = presence
        changed('me')
      }),
    },
    conversation: {
      consult: ask('conversation.consult', nothing),
      finish: ask('conversation.finish', nothing),
      dismiss: ask('conversation.dismiss', nothing),
      invite: ask('conversation.invite', ({ target }: { target: string }) => ({ display: target, name: null })),
      toMenu: ask('conversation.toMenu', nothing),
    },
    directory: {
      search: ask('directory.search', ({ text }: { text: string }) =>
        people
          .filter(
            ([number, name]) =>
              text !== '' && (number.includes(text) || name.includes(text) || (text === 'zl' && name === '周磊')),
          )
          .map(([number, name]) => ({
            kind: 'extension' as const,
            id: number,
            name,
            company: null,
            number,
            display: number,
            at: null,
            match: [],
          })),
      ),
      save: ask('directory.save', () => ({ id: 7 })),
      ...fakePeopleArea((name, output) => ask(name, () => output)),
    },
    dispositions: {
      get: ask('dispositions.get', ({ connection, callId }: CallKey) => ({
        note: notes.get(`${connection} ${callId}`) ?? null,
        followUp: now.dispositions.followUps.find((one) => one.callId === callId) ?? null,
        earlier: [],
        returned: null,
      })),
      saveText: ask('dispositions.saveText', (input: CallKey & { text: string }) =>
        keepNote(input, { text: input.text }),
      ),
      setTags: ask('dispositions.setTags', (input: CallKey & { tags: string[] }) =>
        keepNote(input, { tags: input.tags }),
      ),
      setFollowUp: ask('dispositions.setFollowUp', (input: CallKey & { dueAt: number; promise?: string | undefined }) =>
        keepFollowUp({ ...followUpOf(input, at), dueAt: input.dueAt, promise: input.promise ?? '' }),
      ),
      finishFollowUp: ask('dispositions.finishFollowUp', (input: CallKey) =>
        keepFollowUp({ ...followUpOf(input, at), doneAt: at }),
      ),
      reopenFollowUp: ask('dispositions.reopenFollowUp', (input: CallKey) => keepFollowUp(followUpOf(input, at))),
      openFollowUps: ask('dispositions.openFollowUps', () => []),
      doneFollowUps: ask('dispositions.doneFollowUps', () => []),
    },
    retention: {
      preview: ask('retention.preview', ({ days }: { days: number }) => ({
        ...{ before: at - days * 86_400_000, calls: 0, isComplete: true, recordings: 0, notes: 0, followUps: 0 },
        ...{ openFollowUps: 0, names: 0, presence: 0 },
      })),
      status: ask('retention.status', () => ({ isRunning: false, deleted: 0, failed: null })),
    },
    missed: {
      list: ask('missed.list', () => ({ parties: [], more: 0 })),
      handle: ask('missed.handle', nothing),
      unhandle: ask('missed.unhandle', nothing),
    },
    crm: {
      open: ask('crm.open', () => ({ url: 'https://crm.example.com/', opened: true })),
      preview: ask('crm.preview', ({ template }: { template: string }) => ({ url: template })),
      mail: ask('crm.mail', ({ link }: { link: string }) => ({ url: link, opened: true })),
    },
    settings: {
      update: ask('settings.update', ({ patch }: { patch: Record<string, unknown> }) => {
        const values: Record<string, unknown> = { ...now.settings.values }
        for (const [key, value] of Object.entries(patch))
          values[key] =
            typeof value === 'object' && value !== null && !Array.isArray(value)
              ? { ...(values[key] as object), ...value }
              : value
        now.settings.values = Settings.parse(values)
        changed('settings')
      }),
      testConnection: ask('settings.testConnection', ({ address }: { address: string }) => ({
        ok: true as const,
        latencyMs: 9,
        baseUrl: `http://${address}`,
        extensions: [],
      })),
      checkConnection: ask('settings.checkConnection', () => ({ ok: true as const, latencyMs: 9 })),
      removeConnection: ask('settings.removeConnection', nothing),
      restoreConnection: ask('settings.restoreConnection', nothing),
      testNotification: ask('settings.testNotification', nothing),
      trustSource: ask('settings.trustSource', nothing),
      dismissSource: ask('settings.dismissSource', nothing),
      dismissNotice: ask('settings.dismissNotice', nothing),
    },
    imports: noImports,
    recordings: noRecordings,
    operations: createFixtureOperations(ask),
    supervision: {
      listen: ask('supervision.listen', nothing),
      takeOver: ask('supervision.takeOver', nothing),
      hangUp: ask('supervision.hangUp', nothing),
      presence: ask('supervision.presence', () => []),
      statistics: ask('supervision.statistics', () => ({
        from: 0,
        until: 86_400_000,
        totals: { answered: 0, missed: 0, outgoing: 0, internal: 0, talkSec: 0 },
        hours: Array.from({ length: 24 }, () => ({ answered: 0, missed: 0, outgoing: 0, internal: 0 })),
        days: [{ at: 0, answered: 0, missed: 0, outgoing: 0, internal: 0 }],
        agents: [],
        completeFrom: null,
      })),
    },
    demo: { start: ask('demo.start', nothing), stop: ask('demo.stop', nothing), ring: ask('demo.ring', nothing) },
    app: {
      info: ask('app.info', () => ({ version: '0.1.0', host: 'browser' as const, platform: 'linux', dataDir: '/tmp' })),
    },
  }
  return {
    desk,
    now,
    asked,
    changed,
    fail(procedure, error) {
      if (error) failures.set(procedure, error)
      else failures.delete(procedure)
    },
  }
}
