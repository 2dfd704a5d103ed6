import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHub } from '../../../main/core/snapshots/hub.ts'
import { type SnapshotEvent, type Snapshots, type Topic, topics } from '../../../preload/contract/index.ts'
import { createManualClock } from './manual-clock.ts'

/** A hub whose snapshots are just counters: what counts here is when and how often they are made. */
function build(minGapMs = 40) {
  const clock = createManualClock()
  const hub = createHub({ clock, minGapMs })
  const truth = Object.fromEntries(topics.map((topic) => [topic, 0])) as Record<Topic, number>
  const builds = { ...truth }
  for (const topic of topics) {
    hub.provide(topic, () => {
      builds[topic] += 1
      return truth[topic] as unknown as Snapshots[typeof topic]
    })
  }
  const change = (topic: Topic) => {
    truth[topic] += 1
    hub.changed(topic)
  }
  return { clock, hub, truth, builds, change }
}

/** Reads as fast as it can. */
function follow(hub: ReturnType<typeof build>['hub']) {
  const abort = new AbortController()
  const events: SnapshotEvent[] = []
  const done = (async () => {
    for await (const event of hub.subscribe(abort.signal)) events.push(event)
  })()
  const of = (topic: Topic) =>
    events.filter((event) => event.topic === topic).map(({ snapshot }) => snapshot as unknown as number)
  return { abort, events, done, of }
}

/** Let everything that is ready run, without any time passing. */
const settle = async () => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve()
}

describe('snapshot hub', () => {
  it('gives every topic first, then what changed', async () => {
    const { hub, change } = build()
    const reader = follow(hub)
    await settle()
    expect(reader.events.map(({ topic }) => topic)).toEqual([...topics])
    change('board')
    await settle()
    expect(reader.events.slice(topics.length).map(({ topic }) => topic)).toEqual(['board'])
    expect(reader.of('board')).toEqual([0, 1])
  })

  it('sends calls before everything else that changed with them', async () => {
    const { hub, change } = build()
    const reader = follow(hub)
    await settle()
    for (const topic of ['board', 'me', 'calls', 'status'] as const) change(topic)
    await settle()
    expect(reader.events.slice(topics.length).map(({ topic }) => topic)).toEqual(['calls', 'board', 'me', 'status'])
  })

  it('sends the first change without any time passing, later ones after the gap, the last one always', async () => {
    const { hub, clock, change } = build()
    const reader = follow(hub)
    await settle()
    change('calls')
    await settle()
    expect(reader.of('calls')).toEqual([0, 1])
    for (let n = 0; n < 10; n++) {
      change('calls')
      await settle()
      clock.advance(1)
    }
    expect(reader.of('calls')).toEqual([0, 1])
    clock.advance(30)
    await settle()
    expect(reader.of('calls')).toEqual([0, 1, 11])
    clock.advance(1000)
    await settle()
    expect(reader.of('calls')).toEqual([0, 1, 11])
    expect(clock.pending()).toBe(0)
  })

  it('topics do not hold each other up', async () => {
    const { hub, change } = build()
    const reader = follow(hub)
    await settle()
    change('board')
    await settle()
    change('calls')
    await settle()
    expect(reader.of('board')).toEqual([0, 1])
    expect(reader.of('calls')).toEqual([0, 1])
  })

  it('several changes in one turn are one snapshot', async () => {
    const { hub, builds, change, clock } = build()
    const reader = follow(hub)
    await settle()
    change('me')
    change('me')
    change('me')
    await settle()
    clock.advance(1000)
    await settle()
    expect(reader.of('me')).toEqual([0, 3])
    expect(builds.me).toBe(2)
  })

  it('builds a snapshot once for all readers, and none when nobody reads', async () => {
    const { hub, builds, change, clock } = build()
    for (let n = 0; n < 5; n++) change('board')
    expect(builds.board).toBe(0)
    const readers = [follow(hub), follow(hub), follow(hub)]
    await settle()
    expect(builds.board).toBe(1)
    change('board')
    await settle()
    expect(builds.board).toBe(2)
    for (const reader of readers) expect(reader.of('board')).toEqual([5, 6])
    const [first] = readers
    first?.abort.abort()
    await first?.done
    clock.advance(100)
    change('board')
    await settle()
    expect(first?.of('board')).toEqual([5, 6])
    expect(readers[1]?.of('board')).toEqual([5, 6, 7])
  })

  it('a slow reader gets only the newest of each topic', async () => {
    const { hub, clock, change } = build()
    const slow = hub.subscribe(new AbortController().signal)
    for (const _ of topics) await slow.next()
    for (let n = 0; n < 200; n++) {
      change('calls')
      change('board')
      clock.advance(50)
      await settle()
    }
    const first = (await slow.next()).value
    const second = (await slow.next()).value
    expect([first, second].map((event) => [event?.topic, event?.snapshot])).toEqual([
      ['calls', 200],
      ['board', 200],
    ])
    change('status')
    expect((await slow.next()).value?.topic).toBe('status')
  })

  it('who confirms gets no newer one of a topic before, other topics at once, and then the newest', async () => {
    const { clock, hub, change } = build()
    const abort = new AbortController()
    const events: SnapshotEvent[] = []
    const done = (async () => {
      for await (const event of hub.subscribe(abort.signal, true)) events.push(event)
    })()
    const other = follow(hub)
    await settle()
    const [calls, board] = (['calls', 'board'] as const).map((one) => events.find(({ topic }) => topic === one)!)
    const since = () => events.slice(topics.length).map(({ topic, snapshot }) => `${topic} ${snapshot}`)
    for (let n = 0; n < 3; n += 1) {
      change('calls')
      clock.advance(40)
      await settle()
    }
    expect(since()).toEqual([])
    expect(other.of('calls')).toEqual([0, 1, 2, 3])
    hub.taken([board!.seq])
    change('board')
    await settle()
    expect(since()).toEqual(['board 1'])
    // A number that was never given, and one that is confirmed already, say nothing.
    hub.taken([board!.seq])
    hub.taken([9999])
    await settle()
    expect(since()).toEqual(['board 1'])
    hub.taken([9998, calls!.seq])
    await settle()
    expect(since()).toEqual(['board 1', 'calls 3'])
    abort.abort()
    await done
    other.abort.abort()
    await other.done
  })

  it('numbers grow in every stream, times are those of sending', async () => {
    const { hub, clock, change } = build()
    const reader = follow(hub)
    await settle()
    for (let n = 0; n < 20; n++) {
      change(topics[n % topics.length] ?? 'calls')
      clock.advance(15)
      await settle()
    }
    const late = follow(hub)
    await settle()
    for (const { events } of [reader, late]) {
      for (let n = 1; n < events.length; n++) expect(events[n]?.seq).toBeGreaterThan(events[n - 1]?.seq ?? 0)
    }
    expect(late.events[0]?.sentAt).toBe(clock.now())
  })

  it('ends when cancelled, before and while waiting, and when the hub closes', async () => {
    const { hub, change } = build()
    const never = new AbortController()
    never.abort()
    expect(await hub.subscribe(never.signal).next()).toEqual({ done: true, value: undefined })
    const reader = follow(hub)
    const other = follow(hub)
    await settle()
    reader.abort.abort()
    await reader.done
    hub.close()
    await other.done
    change('calls')
    expect(await hub.subscribe(new AbortController().signal).next()).toEqual({ done: true, value: undefined })
  })

  it('a failing snapshot reaches the reader as an error', async () => {
    const clock = createManualClock()
    const hub = createHub({ clock })
    hub.provide('calls', () => {
      throw new Error('broken')
    })
    await expect(hub.subscribe(new AbortController().signal).next()).rejects.toThrow('broken')
  })

  it('whatever happens, a reader ends up with the truth and never sees more than one snapshot per gap', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('change' as const), topic: fc.constantFrom(...topics) }),
      fc.record({ kind: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 60 }) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { hub, clock, truth, change } = build()
        const reader = follow(hub)
        await settle()
        for (const one of steps) {
          if (one.kind === 'change') change(one.topic)
          for (let ms = 0; ms < (one.kind === 'advance' ? one.ms : 1); ms++) {
            if (one.kind === 'advance') clock.advance(1)
            await settle()
          }
        }
        clock.advance(100)
        await settle()
        for (const topic of topics) {
          const seen = reader.events.filter((event) => event.topic === topic)
          expect(seen.at(-1)?.snapshot).toBe(truth[topic])
          // The first is the greeting, the second may follow at once; from then on the gap holds.
          for (let n = 2; n < seen.length; n++)
            expect((seen[n]?.sentAt ?? 0) - (seen[n - 1]?.sentAt ?? 0)).toBeGreaterThanOrEqual(40)
        }
        reader.abort.abort()
        await reader.done
      }),
      { numRuns: 100 },
    )
  })
})
