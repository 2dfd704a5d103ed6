import { describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import type { CallLog, CallLogRow, ExtensionState, ExtensionStates } from '../../main/core/ports/index.ts'
import { createCallLogPoller } from '../../main/polling/call-log.ts'
import { createExtensionStatePoller } from '../../main/polling/extension-states.ts'
import type { PollOutcome } from '../../main/polling/poller.ts'
import { createFakeClock, createTestLog } from './fake-clock.ts'

const state: ExtensionState = {
  extension: '802',
  name: '张霞',
  registered: true,
  phone: 'idle',
  direction: null,
  presence: 'online',
  remoteNumber: null,
  missedCount: 0,
}
const logRow = (callId: string, patch: Partial<CallLogRow> = {}): CallLogRow => ({
  callId,
  caller: '13500000002',
  callee: '802',
  name: '李建国',
  startedAt: 1,
  durationSec: 0,
  answered: false,
  internal: false,
  note: null,
  recording: null,
  ...patch,
})
const random = () => 0.5

describe('extension states', () => {
  it('hands rows over before the outcome, and failures only as outcome', async () => {
    const clock = createFakeClock()
    const events: string[] = []
    let down = false
    const states: ExtensionStates = {
      list: () => (down ? Promise.reject(new CoreError('unreachable')) : Promise.resolve([state])),
    }
    const poller = createExtensionStatePoller({
      clock,
      log: createTestLog(),
      random,
      states,
      intervalMs: () => 2000,
      onRows: (rows) => events.push(`rows ${rows.length}`),
      onOutcome: (outcome: PollOutcome) => events.push(outcome.ok ? 'ok' : outcome.problem.code),
    })
    poller.start()
    await clock.advance(0)
    down = true
    await clock.advance(2000)
    expect(events).toEqual(['rows 1', 'ok', 'unreachable'])
    await poller.stop()
  })

  it('an answer that comes after its poll was given up is not applied', async () => {
    const clock = createFakeClock()
    const answers: ((rows: ExtensionState[]) => void)[] = []
    const rows: number[] = []
    const poller = createExtensionStatePoller({
      clock,
      log: createTestLog(),
      random,
      intervalMs: () => 2000,
      states: { list: () => new Promise((resolve) => answers.push(resolve)) },
      onRows: (list) => rows.push(list.length),
      onOutcome: () => undefined,
    })
    poller.start()
    await clock.advance(21_100)
    expect(answers).toHaveLength(2)
    answers[1]?.([state])
    await clock.advance(0)
    answers[0]?.([state, state, state])
    await clock.advance(0)
    expect(rows).toEqual([1])
    await poller.stop()
  })
})

describe('call log', () => {
  function setUp(startAt: number, pages: CallLogRow[][]) {
    const clock = createFakeClock(startAt)
    const asked: Parameters<CallLog['page']>[0][] = []
    const got: string[][] = []
    let failNext = false
    const poller = createCallLogPoller({
      clock,
      log: createTestLog(),
      random,
      intervalMs: () => 15_000,
      callLog: {
        page(request) {
          asked.push(request)
          return Promise.resolve((pages.length > 1 ? pages.shift() : pages[0]) ?? [])
        },
      },
      onRows(rows) {
        got.push(rows.map(({ callId }) => callId))
        if (!failNext) return
        failNext = false
        throw new CoreError('storage-failed')
      },
    })
    return {
      clock,
      asked,
      got,
      poller,
      failOnce: () => {
        failNext = true
      },
    }
  }

  it('asks for the newest 100 rows of yesterday and today in the time zone of the PBX', async () => {
    const { clock, asked, poller } = setUp(Date.UTC(2026, 2, 1, 16, 30), [[]])
    poller.start()
    await clock.advance(15_000)
    expect(asked).toEqual([
      { offset: 0, limit: 100, fromDay: '2026-03-01', toDay: '2026-03-02' },
      { offset: 0, limit: 100, fromDay: '2026-03-01', toDay: '2026-03-02' },
    ])
    await poller.stop()
  })

  it('passes on only what is new or changed', async () => {
    const { clock, got, poller } = setUp(0, [
      [logRow('a'), logRow('b')],
      [logRow('a'), logRow('b')],
      [logRow('c'), logRow('a'), logRow('b', { durationSec: 9 })],
    ])
    poller.start()
    await clock.advance(45_000)
    expect(got).toEqual([
      ['a', 'b'],
      ['c', 'b'],
    ])
    await poller.stop()
  })

  it('rows that could not be stored come again', async () => {
    const { clock, got, poller, failOnce } = setUp(0, [[logRow('a')]])
    failOnce()
    poller.start()
    await clock.advance(20_000)
    expect(got).toEqual([['a'], ['a']])
    await poller.stop()
  })
})
