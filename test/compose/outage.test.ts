import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../../main/compose/platform.ts'
import { compose } from '../../main/compose.ts'
import type { Clock } from '../../main/core/ports/index.ts'
import { createMemorySecrets } from '../../main/settings-files/memory-secrets.ts'
import { HistoryFilter, type Snapshots } from '../../preload/contract/index.ts'
import { createFakeFile, fakePolicy } from '../core/settings/fake-ports.ts'
import { type FakeTelcrm, logRow, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { recordedLog } from '../systems/recorded-log.ts'

/** Timers and monotonic time run so much faster than the clock on the wall. */
const speed = 12
const callLogMs = 15_000
const longEnoughMs = 90_000
const hastyClock: Clock = {
  now: () => Date.now(),
  mono: () => performance.now() * speed,
  after(ms, run) {
    const timer = setTimeout(run, ms / speed)
    return () => clearTimeout(timer)
  },
}
const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / speed))

let fake: FakeTelcrm
let dataDir: string
let app: App | null
beforeEach(async () => {
  fake = await startFakeTelcrm()
  dataDir = mkdtempSync(join(tmpdir(), 'frontbell-outage-'))
  app = null
  for (let n = 0; n < 60; n += 1) {
    const beginTime = Date.now() - 3_600_000 - n * 600_000
    const row = { id: 500 - n, caller: `1350000${1000 + n}`, callee: '802', beginTime, duration: 20 }
    fake.state.oldLog.push(logRow({ ...row, state: 'STATE_RECEIVED' }))
  }
})
afterEach(async () => {
  await app?.stop()
  await fake.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

interface RunningDesk {
  app: App
  newest: Partial<Snapshots>
}

/** The program itself, without a window, on the same data folder every time. */
async function start(callLog: 'http' | 'soap'): Promise<RunningDesk> {
  const connection = { id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl, extension: '802', callLog }
  const settings = {
    connections: [connection],
    listener: { host: '127.0.0.1', port: 0, allow: ['127.0.0.1'] },
    polling: { extensionStateMs: 2000, callLogMs },
  }
  const running = await compose({
    ...{ host: 'browser', version: '0', dataDir, settingsFile: createFakeFile(settings).file, clock: hastyClock },
    ...{ policy: fakePolicy() },
    ...{ secrets: createMemorySecrets(), log: recordedLog(), demo: false, listenerPort: 0 },
    notifier: { notify: async () => undefined, busy: () => false },
  })
  app = running
  running.begin()
  const newest: Partial<Snapshots> = {}
  void (async () => {
    for await (const { topic, snapshot } of running.hub.subscribe(new AbortController().signal))
      Object.assign(newest, { [topic]: snapshot })
  })()
  await expect.poll(() => progressOf(newest), { timeout: 20_000, interval: 20 }).toMatchObject({ state: 'waiting' })
  return { app: running, newest }
}

const progressOf = (newest: Partial<Snapshots>) => {
  const one = newest.history?.connections[0]
  return one?.lastSyncAt == null ? null : one
}

/** Numbers of both ends of every call in the history. */
async function history({ app }: RunningDesk): Promise<string[]> {
  const { rows } = await app.desk.history.search({ filter: HistoryFilter.parse({}), limit: 500 })
  return rows.map(({ caller, callee }) => `${caller.number}>${callee.number}`).sort()
}
const logged = () =>
  fake.state
    .log()
    .map(({ caller, callee }) => `${caller}>${callee}`)
    .sort()
const notices = ({ newest }: RunningDesk) =>
  (newest.status?.notices ?? []).filter(({ kind }) => kind === 'history-recovered').map(({ params }) => params.count)

let serial = 0
function nextSerial(): number {
  serial += 1
  return serial
}
/** `missed` calls that nobody took, one that was talked on and one that went out: nothing of them is reported. */
async function callsComeIn(missed: number): Promise<void> {
  fake.setPopUrl(null)
  for (let n = 0; n < missed; n += 1) {
    const call = await fake.ring({ from: `139${String(nextSerial()).padStart(8, '0')}`, to: '802' })
    await fake.cancel(call.id)
  }
  // A telephone rings for longer than a millisecond.
  await new Promise((resolve) => setTimeout(resolve, 5))
  const talk = await fake.ring({ from: `138${String(nextSerial()).padStart(8, '0')}`, to: '803' })
  await fake.answer(talk.id)
  await fake.hangup(talk.id)
  const out = fake.state.open('dialled', '802', `137${String(nextSerial()).padStart(8, '0')}`, '802', '')
  fake.state.answer(out)
  fake.state.end(out)
}

/** The PBX is there again: waits for the first poll that succeeds, and what it takes to fill the gap. */
async function firstGoodPoll(desk: RunningDesk, before: number): Promise<void> {
  await expect
    .poll(() => (progressOf(desk.newest)?.lastSyncAt ?? 0) > before && progressOf(desk.newest)?.state === 'waiting', {
      timeout: 20_000,
      interval: 5,
    })
    .toBe(true)
}

describe.each(['http', 'soap'] as const)('an outage, the log read over %s', (callLog) => {
  it('port closed, then 500s, then silence: one poll after it everything is here, once, and one notice sums up', async () => {
    const desk = await start(callLog)
    await callsComeIn(1)
    await expect.poll(() => history(desk), { timeout: 20_000 }).toEqual(logged())
    expect(notices(desk)).toEqual([])

    await fake.goAway()
    await callsComeIn(4)
    await pass(longEnoughMs)
    expect(desk.newest.status?.connections[0]?.state).toBe('down')
    fake.fault('server-error')
    await fake.comeBack()
    await callsComeIn(3)
    await pass(30_000)
    fake.fault(null)
    fake.fault('silence')
    await callsComeIn(5)
    await pass(30_000)
    expect((await history(desk)).length).toBe(logged().length - 18)

    const before = progressOf(desk.newest)?.lastSyncAt ?? 0
    fake.fault(null)
    const asked = fake.requests.length
    await firstGoodPoll(desk, before)
    expect(await history(desk)).toEqual(logged())
    await expect.poll(() => notices(desk), { timeout: 5000 }).toEqual(['12'])
    const isLog = ({ target }: { target: string }) => /CALL_LOG_QUERY|CallRecordHome/.test(target)
    expect(fake.requests.slice(asked).filter(isLog).length).toBeLessThanOrEqual(6)

    await pass(3 * callLogMs)
    expect(await history(desk)).toEqual(logged())
    expect(notices(desk)).toEqual(['12'])
  }, 120_000)

  it('the program closed meanwhile: the same at its next start', async () => {
    const first = await start(callLog)
    await callsComeIn(1)
    await expect.poll(() => history(first), { timeout: 20_000 }).toEqual(logged())
    await first.app.stop()
    app = null
    await callsComeIn(7)
    const second = await start(callLog)
    await firstGoodPoll(second, 0)
    expect(await history(second)).toEqual(logged())
    await expect.poll(() => notices(second), { timeout: 5000 }).toEqual(['7'])
    await pass(2 * callLogMs)
    expect(await history(second)).toEqual(logged())
    expect(notices(second)).toEqual(['7'])
  }, 120_000)
})

it('calls that were reported before and after an outage stand in the history once, and no notice counts them', async () => {
  const desk = await start('http')
  const report = async (from: string) => {
    fake.setPopUrl(`${desk.app.listenerUrl()}/srvlt`)
    const call = await fake.ring({ from, to: '802' })
    await fake.cancel(call.id)
  }
  await report('13000000001')
  await fake.goAway()
  await callsComeIn(2)
  await pass(longEnoughMs)
  // The PBX still reports, and with that it is asked at once.
  await report('13000000002')
  const before = progressOf(desk.newest)?.lastSyncAt ?? 0
  await fake.comeBack()
  await report('13000000003')
  await firstGoodPoll(desk, before)
  await expect.poll(() => history(desk), { timeout: 5000 }).toEqual(logged())
  await expect.poll(() => notices(desk), { timeout: 5000 }).toEqual(['2'])
}, 120_000)
