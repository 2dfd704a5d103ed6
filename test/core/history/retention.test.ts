import { expect, it, vi } from 'vitest'
import { CoreError } from '../../../main/core/errors.ts'
import { startRetention } from '../../../main/core/history/retention.ts'
import { createListLog, createManualClock } from '../calls/manual-clock.ts'

const dayMs = 86_400_000

/** A store that holds ages in days; a piece takes one. */
function opened(ages: number[]) {
  const clock = createManualClock()
  const log = createListLog()
  const did: string[] = []
  const state = { days: 30, ages: [...ages] }
  const scrubs = [true, true, false]
  const retention = startRetention({
    clock,
    log,
    store: {
      async purge(before) {
        const at = state.ages.findIndex((age) => clock.now() - age * dayMs < before)
        if (at < 0) return 0
        did.push(`call ${state.ages.splice(at, 1)[0]}`)
        return 1
      },
      compact: async () => did.push('compact') < 0,
    },
    rest: {
      async purge() {
        if (did.includes('rest')) return 0
        did.push('rest')
        return 1
      },
      scrub: async (begin) => {
        did.push(begin ? 'scrub from the start' : 'scrub')
        return scrubs.shift() ?? false
      },
      finish: () => void did.push('finish'),
    },
    days: () => state.days,
    onAged: async () => void did.push('recordings'),
  })
  const settled = async () => {
    await vi.waitFor(() => {
      clock.advance(20)
      expect(retention.state().isRunning).toBe(false)
    })
  }
  return { clock, log, did, state, retention, settled }
}

it('calls go before what belongs to them; words are written out, room given back, the log emptied last', async () => {
  const { clock, did, retention, settled } = opened([31, 29, 400])
  clock.advance(5000)
  await settled()
  expect(did).toEqual([
    ...['call 31', 'call 400', 'rest', 'recordings', 'scrub from the start', 'scrub', 'scrub', 'compact', 'finish'],
  ])
  expect(retention.state()).toEqual({ isRunning: false, deleted: 3, failed: null })
})

it('other days are looked at once; nothing more is deleted once all are to be kept', async () => {
  const { clock, did, state, retention, settled } = opened([31, 25, 24, 23, 22])
  clock.advance(5000)
  await settled()
  expect(did.filter((one) => one.startsWith('call'))).toEqual(['call 31'])
  state.days = 20
  retention.wake()
  expect(retention.state().isRunning).toBe(true)
  await settled()
  expect(state.ages).toEqual([])

  state.ages.push(50, 51, 52)
  state.days = 40
  retention.wake()
  await vi.waitFor(() => expect(state.ages).toHaveLength(2), 15_000)
  state.days = 0
  retention.wake()
  await settled()
  expect(state.ages).toHaveLength(2)
  clock.advance(2 * dayMs)
  await settled()
  expect(state.ages).toHaveLength(2)
  expect(retention.floor()).toBe(0)
})

it('a disk that refuses is told, and tried again in ten minutes; once it is done, in a day', async () => {
  const clock = createManualClock()
  const log = createListLog()
  let fails = true
  let runs = 0
  const retention = startRetention({
    ...{ clock, log, days: () => 30 },
    store: {
      async purge() {
        runs += 1
        if (fails) throw new CoreError('storage-failed', { reason: 'disk-full' })
        return 0
      },
      compact: async () => false,
    },
    rest: { purge: async () => 0, scrub: async () => false, finish: () => undefined },
  })
  clock.advance(5000)
  await vi.waitFor(() => expect(log.lines.join()).toContain('history-purge-failed'), 15_000)
  await vi.waitFor(() => expect(retention.state().isRunning).toBe(false), 15_000)
  const problem = { code: 'storage-failed', details: { reason: 'disk-full' } }
  expect(retention.state().failed).toEqual({ problem, retryAt: clock.now() + 600_000 })
  clock.advance(600_000)
  await vi.waitFor(() => expect(runs).toBe(2), 15_000)
  await vi.waitFor(() => expect(retention.state().isRunning).toBe(false), 15_000)
  fails = false
  clock.advance(600_000)
  await vi.waitFor(() => expect(retention.state()).toMatchObject({ isRunning: false, failed: null }), 15_000)
  expect(runs).toBe(3)
  clock.advance(600_000)
  expect(retention.state().isRunning).toBe(false)
  clock.advance(dayMs)
  await vi.waitFor(() => expect(runs).toBe(4), 15_000)
  retention.stop()
})
