import type { Desk } from '../../main/core/desk.ts'
import type { CoreError } from '../../main/core/errors.ts'
import type { Me, SnapshotEvent, Snapshots, Topic } from '../../preload/contract/index.ts'
import { Settings, topics } from '../../preload/contract/index.ts'
import { noRecordings } from '../core/recordings/no-recordings.ts'
import { officeSnapshots, people, recentCalls } from './office.ts'
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
      visibility: (client, visible) => void asked.push({ procedure: 'events.visibility', input: { client, visible } }),
      closed: nothing,
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
      save: ask('directory.save', nothing),
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
    recordings: noRecordings,
    operations: createFixtureOperations(ask),
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
