import type { Desk } from '../../main/core/desk.ts'
import { CoreError } from '../../main/core/errors.ts'
import type { Clock } from '../../main/core/ports/index.ts'
import { createHub } from '../../main/core/snapshots/hub.ts'
import {
  type ChosenFile,
  type FollowUp,
  type HistoryCall,
  type OperationResult,
  type RecordingEvent,
  type RunEvent,
  type Snapshots,
  type Topic,
  topics,
} from '../../preload/contract/index.ts'
import { fakePeopleArea } from './fake-directory.ts'
import { checkLike, exportLike, inspected } from './fake-imports.ts'

const realClock: Clock = {
  now: () => Date.now(),
  mono: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

const done = (operation: string): OperationResult => ({
  operation,
  status: 200,
  code: null,
  ms: 3,
  data: { at: new Date(5), names: ['李阳'] },
  problem: null,
  explained: [],
  raw: null,
})

/** Three steps of a file, then the end; `endless` goes on until it is cancelled. Files come back as they were sent. */
async function* runLike(
  input: { values: Readonly<Record<string, string | ChosenFile>> },
  result: OperationResult,
  signal: AbortSignal | undefined,
  ended: (how: string) => void,
): AsyncGenerator<RunEvent, void> {
  const file = Object.values(input.values).find((value) => typeof value !== 'string')
  const steps = 'endless' in input.values ? Number.POSITIVE_INFINITY : 3
  try {
    for (let step = 1; step <= steps; step++) {
      yield { kind: 'progress', direction: 'upload', bytes: step, total: 3 }
      if (steps > 3) await new Promise((resolve) => setTimeout(resolve, 5))
      if (signal?.aborted) return
    }
    if ('breaks' in input.values) throw new CoreError('storage-failed', { reason: 'disk' })
    yield { kind: 'done', result, file: file?.bytes ?? null }
    ended('done')
  } finally {
    if (signal?.aborted) ended('aborted')
  }
}

/** Progress, then the recording; `endless` goes on until it is cancelled, `gone` has none. */
async function* openLike(
  callId: string,
  signal: AbortSignal | undefined,
  ended: (how: string) => void,
): AsyncGenerator<RecordingEvent, void> {
  const steps = callId === 'endless' ? Number.POSITIVE_INFINITY : 2
  try {
    for (let step = 1; step <= steps; step++) {
      yield { kind: 'progress', bytes: step, total: 2 }
      if (steps > 2) await new Promise((resolve) => setTimeout(resolve, 5))
      if (signal?.aborted) return
    }
    if (callId === 'gone') throw new CoreError('not-found', { reason: 'expired' })
    const recording = { url: '/recordings/ab', type: 'audio/wav', bytes: 9, durationMs: 1, peaks: [1], isCut: false }
    yield { kind: 'ready', recording }
    ended('done')
  } finally {
    if (signal?.aborted) ended('aborted')
  }
}

const promised = (call: { connection: string; callId: string }): FollowUp => ({
  connection: call.connection,
  callId: call.callId,
  party: {
    number: '13500000002',
    canonical: '13500000002',
    display: '135 0000 0002',
    home: null,
    name: '李先生',
    company: null,
    source: 'directory',
  },
  callStartedAt: 5,
  promise: '回电',
  dueAt: 9,
  createdAt: 6,
  doneAt: null,
})
const counted = {
  ...{ before: 5, calls: 4, isComplete: true, recordings: 1, notes: 2, followUps: 1, openFollowUps: 1, names: 1 },
  presence: 9,
}
const someone = { canonical: '', display: '', home: null, name: null, company: null, source: null }
const historyCall: HistoryCall = {
  row: 5120,
  callId: 'c1',
  connection: 'pbx',
  system: 'telcrm',
  direction: 'incoming',
  result: 'answered',
  caller: { ...someone, number: '13500000002', name: '李先生', source: 'learned' },
  callee: { ...someone, number: '802' },
  extension: '802',
  group: null,
  groupName: null,
  startedAt: 5,
  durationSec: 41,
  note: '回电',
  ownNote: '周五前报价',
  tags: ['报价'],
  followUpAt: 9,
  cause: { code: '16', text: null, explained: null },
  recording: { kind: 'telcrm-file', reference: 'D:/1.wav' },
  handledAt: null,
  calledBack: null,
  seenAt: 6,
}

/** A desk that writes down what it is asked; events come from a real hub with counters for snapshots. */
export function createFakeDesk(options: { padding?: string; minGapMs?: number } = {}) {
  const asked: { procedure: string; input: unknown }[] = []
  const visibility: [string, boolean][] = []
  const closed: string[] = []
  const runs: string[] = []
  let subscriptions = 0
  let fails: unknown = null
  let badAnswer = false
  const hub = createHub({ clock: realClock, minGapMs: options.minGapMs })
  const truth = Object.fromEntries(topics.map((topic) => [topic, 0])) as Record<Topic, number>
  let builds = 0
  for (const topic of topics) {
    hub.provide(topic, () => {
      builds += 1
      return {
        count: truth[topic],
        padding: options.padding ?? '',
        extensions: [],
      } as unknown as Snapshots[typeof topic]
    })
  }
  const answer = async <T>(procedure: string, input: unknown, value: T): Promise<T> => {
    asked.push({ procedure, input })
    if (fails) throw fails
    return value
  }
  const nothing = (procedure: string) => (input: unknown) => answer(procedure, input, undefined)

  const desk: Desk = {
    events: {
      async *subscribe({ confirms }, signal) {
        subscriptions += 1
        try {
          yield* hub.subscribe(signal, confirms)
        } finally {
          subscriptions -= 1
        }
      },
      taken: (seq) => hub.taken(seq),
      visibility: (client, visible) => void visibility.push([client, visible]),
      closed: (client) => void closed.push(client),
    },
    prompts: {
      list: (input) => answer('prompts.list', input, { connection: 'pbx', prompts: [], checkedAt: 5, backups: [] }),
      sound: (input) => answer('prompts.sound', input, { bytes: new Uint8Array([1]) }),
      backupSound: (input) => answer('prompts.backupSound', input, { bytes: new Uint8Array([1]) }),
      add: (input) => answer('prompts.add', input, { upload: 1 }),
      replace: (input) => answer('prompts.replace', input, { upload: 1 }),
      rename: (input) => answer('prompts.rename', input, { upload: 1 }),
      remove: (input) => answer('prompts.remove', input, { backup: true }),
      restore: (input) => answer('prompts.restore', input, { upload: 1, isNew: false }),
      dropBackup: nothing('prompts.dropBackup'),
      cancelUpload: nothing('prompts.cancelUpload'),
      retryUpload: nothing('prompts.retryUpload'),
      dismissUpload: nothing('prompts.dismissUpload'),
      microphone: nothing('prompts.microphone'),
      ringRecorder: nothing('prompts.ringRecorder'),
      keepRecorded: nothing('prompts.keepRecorded'),
    },
    calls: {
      list: (input) =>
        answer('calls.list', input, { rows: [], counts: { all: 0, missed: 0, mine: 0, today: 0 }, next: null }),
      dismiss: nothing('calls.dismiss'),
      handle: nothing('calls.handle'),
      unhandle: nothing('calls.unhandle'),
      popShown: nothing('calls.popShown'),
    },
    control: {
      dial: (input) =>
        answer('control.dial', input, {
          extension: '802',
          dialled: input.number,
          display: input.number,
          suffix: null,
          clickCallId: null,
        }),
      hangup: nothing('control.hangup'),
      transfer: nothing('control.transfer'),
      setPresence: nothing('control.setPresence'),
    },
    conversation: {
      consult: nothing('conversation.consult'),
      finish: nothing('conversation.finish'),
      dismiss: nothing('conversation.dismiss'),
      invite: (input) => answer('conversation.invite', input, { display: input.target, name: null }),
      toMenu: nothing('conversation.toMenu'),
    },
    directory: {
      search: (input) =>
        answer('directory.search', input, [
          {
            kind: 'person' as const,
            id: '1',
            name: '李先生',
            company: null,
            number: '13500000002',
            display: '135 0000 0002',
            at: badAnswer ? ('yesterday' as unknown as number) : 5,
            match: [[0, 1]],
          },
        ]),
      save: (input) => answer('directory.save', input, { id: 7 }),
      ...fakePeopleArea((name, output) => (input) => answer(name, input, output)),
    },
    dispositions: {
      get: (input) => answer('dispositions.get', input, { note: null, followUp: null, earlier: [], returned: null }),
      saveText: (input) => answer('dispositions.saveText', input, null),
      setTags: (input) => answer('dispositions.setTags', input, null),
      setFollowUp: (input) => answer('dispositions.setFollowUp', input, promised(input)),
      finishFollowUp: (input) => answer('dispositions.finishFollowUp', input, promised(input)),
      reopenFollowUp: (input) => answer('dispositions.reopenFollowUp', input, promised(input)),
      openFollowUps: (input) => answer('dispositions.openFollowUps', input, []),
      doneFollowUps: (input) => answer('dispositions.doneFollowUps', input, []),
    },
    missed: {
      list: (input) => answer('missed.list', input, { parties: [], more: 0 }),
      handle: nothing('missed.handle'),
      unhandle: nothing('missed.unhandle'),
    },
    crm: {
      open: (input) => answer('crm.open', input, { url: 'https://crm.example.com/', opened: true }),
      preview: (input) => answer('crm.preview', input, { url: input.template }),
      mail: (input) => answer('crm.mail', input, { url: input.link, opened: false }),
    },
    history: {
      search: (input) => answer('history.search', input, { rows: [historyCall], next: { startedAt: 5, row: 5120 } }),
      hours: (input) =>
        answer('history.hours', input, {
          hours: Array.from({ length: 24 }, () => ({ answered: 1, missed: 0, failed: 0 })),
          calls: 24,
          isComplete: true,
        }),
      totals: (input) =>
        answer('history.totals', input, { calls: 1, answered: 1, missed: 0, talkSec: 41, isComplete: true }),
      get: (input) => answer('history.get', input, { call: historyCall, steps: [], others: [] }),
      async export(input, signal) {
        await answer('history.export', input, undefined)
        return exportLike(signal, (how) => void runs.push(how))
      },
      saveFilter: nothing('history.saveFilter'),
      removeFilter: nothing('history.removeFilter'),
      sync: nothing('history.sync'),
      cancelSync: nothing('history.cancelSync'),
    },
    settings: {
      update: nothing('settings.update'),
      testConnection: (input) =>
        answer('settings.testConnection', input, {
          ok: false as const,
          baseUrl: input.address,
          problem: new CoreError('unreachable', { status: 502 }),
        }),
      checkConnection: (input) => answer('settings.checkConnection', input, { ok: true as const, latencyMs: 9 }),
      removeConnection: nothing('settings.removeConnection'),
      restoreConnection: nothing('settings.restoreConnection'),
      testNotification: nothing('settings.testNotification'),
      trustSource: nothing('settings.trustSource'),
      dismissSource: nothing('settings.dismissSource'),
      dismissNotice: nothing('settings.dismissNotice'),
    },
    imports: {
      begin: (input) => answer('imports.begin', input, { id: 'abcdefgh' }),
      append: nothing('imports.append'),
      inspect: (input) => answer('imports.inspect', input, inspected),
      async check(input, signal) {
        await answer('imports.check', input, undefined)
        return checkLike(signal, (what) => void runs.push(what)) as never
      },
      findings: (input) => answer('imports.findings', input, { findings: [], kept: 0 }),
      targets: (input) => answer('imports.targets', input, [{ connection: 'pbx' }]),
      start: nothing('imports.start'),
      pause: nothing('imports.pause'),
      resume: nothing('imports.resume'),
      cancel: nothing('imports.cancel'),
      undo: nothing('imports.undo'),
      async report(input, signal) {
        await answer('imports.report', input, undefined)
        return exportLike(signal, (what) => void runs.push(what)) as never
      },
      discard: nothing('imports.discard'),
    },
    retention: {
      preview: (input) => answer('retention.preview', input, counted),
      status: (input) => answer('retention.status', input, { isRunning: false, deleted: 3, failed: null }),
    },
    recordings: {
      async open(input, signal) {
        await answer('recordings.open', input, undefined)
        return openLike(input.callId, signal, (what) => void runs.push(what))
      },
      usage: (input) => answer('recordings.usage', input, { files: 2, bytes: 9, limitBytes: 100 }),
      clear: (input) => answer('recordings.clear', input, { files: 2 }),
    },
    operations: {
      list: (input) => answer('operations.list', input, []),
      preview: (input) =>
        answer('operations.preview', input, {
          method: 'GET',
          url: 'http://pbx/',
          headers: {},
          body: null,
          curl: 'curl',
        }),
      async run(input, signal) {
        const result = await answer('operations.run', input, done(input.operation))
        return runLike(input, result, signal, (what) => void runs.push(what))
      },
      history: (input) => answer('operations.history', input, []),
      received: (input) => answer('operations.received', input, []),
      clearHistory: nothing('operations.clearHistory'),
    },
    supervision: {
      listen: nothing('supervision.listen'),
      takeOver: nothing('supervision.takeOver'),
      hangUp: nothing('supervision.hangUp'),
      presence: (input) =>
        answer('supervision.presence', input, [{ from: input.from, until: input.until, presence: 'busy' as const }]),
      statistics: (input) =>
        answer('supervision.statistics', input, {
          from: 0,
          until: 86_400_000,
          totals: { answered: 0, missed: 0, outgoing: 0, internal: 0, talkSec: 0 },
          hours: Array.from({ length: 24 }, () => ({ answered: 0, missed: 0, outgoing: 0, internal: 0 })),
          days: [{ at: 0, answered: 0, missed: 0, outgoing: 0, internal: 0 }],
          agents: [],
          completeFrom: null,
        }),
    },
    demo: { start: nothing('demo.start'), stop: nothing('demo.stop'), ring: nothing('demo.ring') },
    app: {
      info: (input) =>
        answer('app.info', input, { version: '1.0.0', host: 'browser' as const, platform: 'linux', dataDir: '/tmp' }),
    },
  }

  return {
    desk,
    asked,
    /** How the runs ended, as the desk saw it. */
    runs,
    visibility,
    closed,
    hub,
    subscriptions: () => subscriptions,
    builds: () => builds,
    failWith(error: unknown) {
      fails = error
    },
    answerBadly() {
      badAnswer = true
    },
    change(topic: Topic) {
      truth[topic] += 1
      hub.changed(topic)
    },
  }
}
