import { describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import type { ExtensionState, ExtensionStates } from '../../main/core/ports/index.ts'
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
