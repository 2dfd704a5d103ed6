import type { InboxEvent } from '../../../main/core/calls/inbox-event.ts'
import { createLiveCalls, type LiveCalls, type LiveCallsDeps } from '../../../main/core/calls/live-calls.ts'
import type { Call } from '../../../preload/contract/index.ts'
import { canonicalOf, popEvent } from './call-events.ts'
import { createListLog, createManualClock, type ManualClock, settle } from './manual-clock.ts'
import { createMemoryStore, type MemoryStore } from './memory-store.ts'

export interface TestDesk {
  live: LiveCalls
  clock: ManualClock
  store: MemoryStore
  lines: string[]
  settings: { scope: 'extension' | 'groups' | 'all'; hideAfterSec: number; groups: string[]; extension: string | null }
  pops: Call[]
  missed: Call[]
  /** Extensions whose ringing changed, in order. */
  phones: string[]
  changes: { count: number }
  /** Store an event and fold it, as the listener does. */
  report(changes: Partial<InboxEvent> & Pick<InboxEvent, 'state'>, receivedMono?: number): Promise<void>
  /** Let time pass and writes finish. */
  pass(ms: number): Promise<void>
  cards(): string[]
}

/** Live calls of extension 802 over a store in memory and a clock that stands still. */
export function createDesk(store = createMemoryStore(), clock = createManualClock()): TestDesk {
  const log = createListLog()
  const settings: TestDesk['settings'] = { scope: 'extension', hideAfterSec: 8, groups: [], extension: '802' }
  const pops: Call[] = []
  const missed: Call[] = []
  const phones: string[] = []
  const changes = { count: 0 }
  const deps: LiveCallsDeps = {
    clock,
    log,
    store,
    canonicalOf,
    identify: (number) => ({
      number,
      canonical: canonicalOf(number),
      display: number,
      home: null,
      name: number === '13500000002' ? '李先生' : null,
      company: null,
      source: null,
    }),
    extensionName: (extension) => (extension === '805' ? '王芳' : null),
    groupName: (id) => (id === '3003' ? '售后' : null),
    myExtension: () => settings.extension,
    popSettings: () => settings,
    myGroups: () => settings.groups,
    isExtension: (number) => /^8\d\d$/.test(number),
    onChange: () => {
      changes.count += 1
    },
    onPop: (call) => pops.push(call()),
    onMissed: (call) => missed.push(call),
    onLegState: (extension) => phones.push(extension),
  }
  const live = createLiveCalls(deps)
  return {
    live,
    clock,
    store,
    lines: log.lines,
    settings,
    pops,
    missed,
    phones,
    changes,
    async report(change, receivedMono = clock.mono()) {
      const event = popEvent({ receivedAt: clock.now(), ...change })
      const id = await store.inbox.append(event).catch(() => 0)
      live.receive({ ...event, id }, receivedMono)
    },
    async pass(ms) {
      const end = clock.mono() + ms
      while (clock.mono() < end) {
        clock.advance(Math.min(50, end - clock.mono()))
        await settle()
      }
    },
    cards: () => live.snapshot().cards.map((call) => `${call.callId.split('@')[0]} ${call.state}`),
  }
}
