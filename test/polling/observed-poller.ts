import { createPoller, type PollOutcome } from '../../main/polling/poller.ts'
import { createFakeClock, createTestLog } from './fake-clock.ts'

/** A poller on a clock of its own, and what it did when. */
export function setUp(
  options: {
    run?: (signal: AbortSignal) => Promise<void>
    onOutcome?: (outcome: PollOutcome) => void
    intervalMs?: () => number
    random?: () => number
    mostRefusals?: number
  } = {},
) {
  const clock = createFakeClock()
  const log = createTestLog()
  const outcomes: PollOutcome[] = []
  const startedAt: number[] = []
  let inFlight = 0
  let mostInFlight = 0
  const poller = createPoller({
    clock,
    log,
    name: 'test',
    intervalMs: options.intervalMs ?? (() => 2000),
    random: options.random ?? (() => 0.5),
    mostRefusals: options.mostRefusals,
    async run(signal) {
      startedAt.push(clock.mono())
      inFlight += 1
      mostInFlight = Math.max(mostInFlight, inFlight)
      try {
        await options.run?.(signal)
      } finally {
        inFlight -= 1
      }
    },
    onOutcome(outcome) {
      outcomes.push(outcome)
      options.onOutcome?.(outcome)
    },
  })
  const gaps = () => startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0))
  return { clock, log, outcomes, poller, startedAt, gaps, mostInFlight: () => mostInFlight }
}
