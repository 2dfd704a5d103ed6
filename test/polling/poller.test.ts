import { describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { retryDelayMs } from '../../main/polling/poller.ts'
import { settle } from './fake-clock.ts'
import { setUp } from './observed-poller.ts'

/** A run that ends when told to, or when its signal is aborted. */
function heldRun() {
  const ends: { resolve(): void; reject(error: unknown): void }[] = []
  return {
    ends,
    run: (signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        ends.push({ resolve, reject })
        signal.addEventListener('abort', () => reject(new CoreError('cancelled')))
      }),
  }
}

describe('rhythm', () => {
  it('polls at once and then every interval', async () => {
    const { clock, poller, startedAt, gaps, outcomes } = setUp()
    poller.start()
    await clock.advance(10_000)
    expect(startedAt).toHaveLength(6)
    expect(gaps()).toEqual([2000, 2000, 2000, 2000, 2000])
    expect(outcomes[0]).toEqual({ ok: true, at: clock.now() - 10_000, latencyMs: 0 })
    await poller.stop()
    expect(clock.pending()).toBe(0)
  })

  it('counts the time a poll takes, and still leaves a pause after a slow one', async () => {
    const held = heldRun()
    const { clock, poller, startedAt, outcomes } = setUp({ run: held.run })
    poller.start()
    await clock.advance(500)
    held.ends[0]?.resolve()
    await clock.advance(1499)
    expect(startedAt).toHaveLength(1)
    await clock.advance(1)
    expect(startedAt).toHaveLength(2)
    expect(outcomes[0]).toMatchObject({ ok: true, latencyMs: 500 })
    await clock.advance(7000)
    held.ends[1]?.resolve()
    await clock.advance(499)
    expect(startedAt).toHaveLength(2)
    await clock.advance(1)
    expect(startedAt).toHaveLength(3)
    await poller.stop()
  })

  it('never has two polls in flight, whatever asks', async () => {
    const held = heldRun()
    const { clock, poller, startedAt, mostInFlight } = setUp({ run: held.run })
    poller.start()
    for (let time = 0; time < 5; time += 1) {
      poller.now()
      poller.setHidden(true)
      poller.setHidden(false)
      await clock.advance(3000)
    }
    expect(startedAt).toHaveLength(1)
    held.ends[0]?.resolve()
    await clock.advance(1)
    expect(startedAt).toHaveLength(2)
    expect(mostInFlight()).toBe(1)
    await poller.stop()
  })

  it('is five times slower when hidden and polls at once when shown again', async () => {
    const { clock, poller, gaps, startedAt } = setUp()
    poller.start()
    poller.setHidden(true)
    await clock.advance(20_000)
    expect(gaps()).toEqual([10_000, 10_000])
    await clock.advance(3000)
    poller.setHidden(false)
    await settle()
    expect(startedAt).toHaveLength(4)
    await clock.advance(4000)
    expect(gaps().slice(-2)).toEqual([2000, 2000])
    await poller.stop()
  })

  it('follows a changed interval', async () => {
    let interval = 2000
    const { clock, poller, gaps } = setUp({ intervalMs: () => interval })
    poller.start()
    await clock.advance(2000)
    interval = 500
    await clock.advance(3000)
    expect(gaps().at(-1)).toBe(500)
    await poller.stop()
  })
})

describe('failure', () => {
  it('backs off 1-2-4-8-16 s and then stays at no more than 30 s', async () => {
    const { clock, poller, gaps, outcomes } = setUp({ run: () => Promise.reject(new CoreError('unreachable')) })
    poller.start()
    await clock.advance(120_000)
    expect(gaps().slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 25_000, 25_000])
    const first = outcomes[0]
    expect(first).toMatchObject({ ok: false, problem: { code: 'unreachable' } })
    expect(first?.ok === false && first.retryAt! - first.at).toBe(1000)
    await poller.stop()
  })

  it('jitters by 20 % and never leaves 0.8 … 30 s', () => {
    expect(retryDelayMs(1, 0)).toBe(800)
    expect(retryDelayMs(1, 1)).toBe(1200)
    for (const failures of [1, 2, 3, 5, 8, 100, 10_000, Number.MAX_SAFE_INTEGER])
      for (const random of [0, 0.3, 1, -5, 7, Number.NaN]) {
        expect(retryDelayMs(failures, random)).toBeGreaterThanOrEqual(800)
        expect(retryDelayMs(failures, random)).toBeLessThanOrEqual(30_000)
      }
  })

  it('survives 10,000 failures in a row in which everything throws, and recovers', async () => {
    let down = true
    let count = 0
    const { clock, poller, gaps, startedAt, log, mostInFlight } = setUp({
      run() {
        count += 1
        if (!down) return Promise.resolve()
        if (count % 3 === 0) throw new TypeError('thrown at once')
        return Promise.reject(count % 3 === 1 ? new CoreError('timeout') : undefined)
      },
      onOutcome() {
        throw new Error('broken listener')
      },
      random() {
        if (count % 5 === 0) throw new Error('broken dice')
        return (count % 11) / 10
      },
      intervalMs() {
        throw new Error('broken settings')
      },
    })
    poller.start()
    while (startedAt.length < 10_000) await clock.advance(30_000)
    expect(Math.max(...gaps())).toBeLessThanOrEqual(30_000)
    expect(mostInFlight()).toBe(1)
    expect(log.lines.filter(({ event }) => event === 'poll-failed')).toHaveLength(1)
    down = false
    const before = startedAt.length
    await clock.advance(90_000)
    expect(startedAt.length).toBeGreaterThanOrEqual(before + 3)
    expect(log.lines.filter(({ event }) => event === 'poll-ok')).toHaveLength(1)
    await poller.stop()
    expect(clock.pending()).toBe(0)
  }, 60_000)

  it('gives up a run that never ends, tells it so, and goes on', async () => {
    const signals: AbortSignal[] = []
    const { clock, poller, startedAt, outcomes } = setUp({
      run: (signal) => {
        signals.push(signal)
        return new Promise<void>(() => undefined)
      },
    })
    poller.start()
    await clock.advance(21_500)
    expect(outcomes[0]).toMatchObject({ ok: false, problem: { code: 'timeout' } })
    expect(signals[0]?.aborted).toBe(true)
    expect(startedAt).toHaveLength(2)
  })

  it('writes one log line per change of state', async () => {
    let down = false
    const { clock, poller, log } = setUp({
      run: () => (down ? Promise.reject(new CoreError('timeout')) : Promise.resolve()),
    })
    poller.start()
    await clock.advance(60_000)
    down = true
    await clock.advance(200_000)
    down = false
    await clock.advance(60_000)
    expect(log.lines.map(({ event }) => event)).toEqual(['poll-ok', 'poll-failed', 'poll-ok'])
    await poller.stop()
  })

  it('resets the back-off after a success', async () => {
    const answers = [false, false, false, true, false]
    const { clock, poller, gaps } = setUp({
      run: () => (answers.shift() ? Promise.resolve() : Promise.reject(new CoreError('timeout'))),
    })
    poller.start()
    await clock.advance(11_000)
    expect(gaps().slice(0, 5)).toEqual([1000, 2000, 4000, 2000, 1000])
    await poller.stop()
  })
})

describe('R6 asked to be left alone', () => {
  it('waits at least that long, whatever asks, and says until when', async () => {
    const failures = [45_000, 500]
    const { clock, poller, gaps, outcomes, startedAt } = setUp({
      run: () => Promise.reject(new CoreError('rate-limited', { retryAfterMs: failures.shift() })),
    })
    poller.start()
    await settle()
    expect(outcomes).toMatchObject([{ ok: false, retryAt: clock.now() + 45_000 }])
    await clock.advance(44_000)
    poller.now()
    poller.setHidden(true)
    poller.setHidden(false)
    await clock.advance(999)
    expect(startedAt).toHaveLength(1)
    // A shorter wish than our own pause changes nothing, and does not last.
    await clock.advance(1 + 2000 + 4000)
    expect(gaps()).toEqual([45_000, 2000, 4000])
    await poller.stop()
  })

  it('also when somebody asked for another poll meanwhile', async () => {
    const held = heldRun()
    const { clock, poller, startedAt } = setUp({ run: held.run })
    poller.start()
    poller.now()
    held.ends[0]?.reject(new CoreError('server-error', { retryAfterMs: 10_000 }))
    await clock.advance(9999)
    expect(startedAt).toHaveLength(1)
    await clock.advance(1)
    expect(startedAt).toHaveLength(2)
    await poller.stop()
  })
})

describe('sleep', () => {
  it('polls within a second of waking, even in a long back-off', async () => {
    const { clock, poller, startedAt } = setUp({ run: () => Promise.reject(new CoreError('unreachable')) })
    poller.start()
    await clock.advance(60_000)
    const before = startedAt.length
    clock.sleep(3_600_000)
    await clock.advance(1000)
    expect(startedAt.length).toBe(before + 1)
    await poller.stop()
  })

  it('drops the poll that was under way and asks again', async () => {
    const held = heldRun()
    const { clock, poller, startedAt, outcomes } = setUp({ run: held.run })
    poller.start()
    await clock.advance(500)
    clock.sleep(65_000)
    await clock.advance(600)
    expect(startedAt).toHaveLength(2)
    expect(outcomes).toEqual([])
    await poller.stop()
  })

  it.each([3_600_000, -3_600_000, 86_400_000])(
    'a wall clock set by %d ms neither stops polling nor starts a storm',
    async (ms) => {
      const { clock, poller, startedAt } = setUp()
      poller.start()
      await clock.advance(10_000)
      clock.jump(ms)
      const before = startedAt.length
      await clock.advance(20_000)
      expect(startedAt.length - before).toBeGreaterThanOrEqual(10)
      expect(startedAt.length - before).toBeLessThanOrEqual(11)
      await poller.stop()
    },
  )
})

describe('stop', () => {
  it('aborts the poll under way, reports nothing more, leaves no timers, and can start again', async () => {
    const held = heldRun()
    const { clock, poller, outcomes, startedAt } = setUp({ run: held.run })
    poller.start()
    await clock.advance(100)
    await poller.stop()
    expect(outcomes).toEqual([])
    expect(clock.pending()).toBe(0)
    poller.now()
    await clock.advance(60_000)
    expect(startedAt).toHaveLength(1)
    poller.start()
    await settle()
    expect(startedAt).toHaveLength(2)
    await poller.stop()
  })

  it('waits at most a second for a run that ignores its signal', async () => {
    const { clock, poller } = setUp({ run: () => new Promise<void>(() => undefined) })
    poller.start()
    await settle()
    let stopped = false
    const stopping = poller.stop().then(() => {
      stopped = true
    })
    await clock.advance(999)
    expect(stopped).toBe(false)
    await clock.advance(1)
    await stopping
    expect(stopped).toBe(true)
  })
})
