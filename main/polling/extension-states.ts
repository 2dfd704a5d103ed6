import type { Clock, ExtensionState, ExtensionStates, Log } from '../core/ports/index.ts'
import { createPoller, type Poller, type PollOutcome } from './poller.ts'

/** Asks for every extension's state; `onRows` gets each good answer whole, before `onOutcome`. */
export function createExtensionStatePoller(deps: {
  clock: Clock
  log: Log
  random(): number
  states: ExtensionStates
  intervalMs(): number
  onRows(rows: ExtensionState[]): void
  onOutcome(outcome: PollOutcome): void
}): Poller {
  const { clock, log, random, states, intervalMs, onRows, onOutcome } = deps
  return createPoller({
    clock,
    log,
    random,
    name: 'extension-states',
    intervalMs,
    onOutcome,
    async run(signal) {
      const rows = await states.list({ signal })
      // An answer that comes after its poll was given up would overwrite a newer one.
      if (!signal.aborted) onRows(rows)
    },
  })
}
