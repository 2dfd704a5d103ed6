import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExtensionState, Store } from '../../main/core/ports/index.ts'
import { createPresenceWatcher } from '../../main/core/supervision/presence-watch.ts'
import type { PresenceSpan, SeenPresence } from '../../preload/contract/index.ts'
import { createManualClock } from '../core/calls/manual-clock.ts'
import { createTestLog, open } from './temp-store.ts'

const row = (extension: string, presence: SeenPresence): ExtensionState => ({
  extension,
  name: '',
  registered: true,
  phone: 'idle',
  direction: null,
  presence,
  remoteNumber: null,
  missedCount: 0,
})

const everything = { from: 0, until: Number.MAX_SAFE_INTEGER }

async function opened(store?: Store) {
  const kept = store ?? (await open())
  const clock = createManualClock()
  const { log } = createTestLog()
  const watcher = createPresenceWatcher({ clock, log, store: kept.presence, gapMs: () => 10_000 })
  const spans = (extension: string, range = everything): PresenceSpan[] =>
    kept.presence.spans({ connection: 'pbx', extension, ...range, running: watcher.running('pbx') })
  return { store: kept, clock, watcher, spans }
}

describe('presence history', () => {
  it('a change begins a span, a silence leaves a hole', async () => {
    const { store, clock, watcher, spans } = await opened()
    const start = clock.now()
    watcher.saw('pbx', [row('801', 'online'), row('802', 'busy')])
    clock.advance(4000)
    watcher.saw('pbx', [row('801', 'busy'), row('802', 'busy')])
    clock.advance(2000)
    watcher.saw('pbx', [row('801', 'busy'), row('802', 'busy')])
    clock.advance(60_000)
    watcher.saw('pbx', [row('801', 'busy'), row('802', 'online')])
    clock.advance(3000)
    watcher.saw('pbx', [row('801', 'busy'), row('802', 'online')])
    await store.flush()
    const later = start + 66_000
    expect(spans('801')).toEqual([
      { from: start, until: start + 4000, presence: 'online' },
      { from: start + 4000, until: start + 6000, presence: 'busy' },
      { from: later, until: later + 3000, presence: 'busy' },
    ])
    expect(spans('802')).toEqual([
      { from: start, until: start + 6000, presence: 'busy' },
      { from: later, until: later + 3000, presence: 'online' },
    ])
    expect(spans('801', { from: start + 5000, until: later + 1000 })).toEqual([
      { from: start + 5000, until: start + 6000, presence: 'busy' },
      { from: later, until: later + 1000, presence: 'busy' },
    ])
    expect(spans('899')).toEqual([])
  })

  it('goes on after a restart, writes nothing that is known, and forgets a connection', async () => {
    const first = await opened()
    first.watcher.saw('pbx', [row('801', 'reducing')])
    first.clock.advance(5000)
    first.watcher.saw('pbx', [row('801', 'reducing')])
    await first.watcher.stop()
    const second = await opened(first.store)
    second.clock.advance(100_000)
    const from = second.clock.now()
    second.watcher.saw('pbx', [row('801', 'reducing')])
    second.clock.advance(1000)
    second.watcher.saw('pbx', [])
    second.clock.advance(1000)
    second.watcher.saw('pbx', [])
    await second.store.flush()
    expect(second.spans('801').map(({ from: at, until, presence }) => [until - at, presence])).toEqual([
      [5000, 'reducing'],
      [1000, 'reducing'],
      [1000, 'unknown'],
    ])
    expect(second.spans('801')[1]?.from).toBe(from)
    await second.store.presence.forget('pbx')
    await second.watcher.stop()
    expect(first.store.presence.last('pbx', '801')).toBeNull()
  })

  it('tells the same as whoever wrote down every poll', async () => {
    const store = await open()
    let connection = 0
    const presences = fc.constantFrom<SeenPresence>('online', 'busy', 'reducing', 'offline')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ afterMs: fc.integer({ min: 1, max: 15_000 }), presence: presences }), {
          minLength: 1,
          maxLength: 40,
        }),
        async (polls) => {
          connection += 1
          const name = `c${connection}`
          const clock = createManualClock()
          const { log } = createTestLog()
          const watcher = createPresenceWatcher({ clock, log, store: store.presence, gapMs: () => 10_000 })
          const expected: PresenceSpan[] = []
          let before: { at: number; presence: SeenPresence } | null = null
          for (const { afterMs, presence } of polls) {
            clock.advance(afterMs)
            const at = clock.now()
            if (before && afterMs <= 10_000) {
              const last = expected.at(-1)
              if (last?.until === before.at && last.presence === before.presence) last.until = at
              else expected.push({ from: before.at, until: at, presence: before.presence })
            }
            before = { at, presence }
            watcher.saw(name, [row('801', presence)])
            await store.flush()
          }
          await watcher.stop()
          expect(store.presence.spans({ connection: name, extension: '801', ...everything, running: null })).toEqual(
            expected,
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})
