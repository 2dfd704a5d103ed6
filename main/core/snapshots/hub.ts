import type { SnapshotEvent, Snapshots, Topic } from '../../../preload/contract/index.ts'
import type { Clock } from '../ports/index.ts'

/** Numbered whole snapshots, one per topic, for any number of subscribers. */
export interface SnapshotHub {
  /** Where the truth about a topic comes from. Called once per change, however many subscribe. */
  provide<T extends Topic>(topic: T, snapshot: () => Snapshots[T]): void
  /** The topic changed: the first change goes out at once, later ones at most every `minGapMs`. */
  changed(topic: Topic): void
  /**
   * Every topic, then every change, until `signal` aborts or the hub closes. A slow reader gets only the newest of each topic.
   * Who `confirms` gets no newer one of a topic before `taken` was called for the last one.
   */
  subscribe(signal: AbortSignal, confirms?: boolean): AsyncGenerator<SnapshotEvent, void>
  /** The events with these numbers were taken in. */
  taken(seqs: readonly number[]): void
  /** Ends all subscriptions. */
  close(): void
}

interface TopicState {
  snapshot: () => Snapshots[Topic]
  /** The snapshot of the newest publication, once somebody has read it. */
  built: { value: Snapshots[Topic] } | null
  publishedAt: number
  cancelTimer: (() => void) | null
}

interface Subscriber {
  /** Topics published since this subscriber last read them, longest waiting first. */
  dirty: Set<Topic>
  /** Topics whose last event is not confirmed yet, with its number. */
  onTheWay: Map<Topic, number>
  wake(): void
}

/** `minGapMs` is the least time between two publications of one topic, default 40. */
export function createHub(deps: { clock: Clock; minGapMs?: number }): SnapshotHub {
  const { clock, minGapMs = 40 } = deps
  const states = new Map<Topic, TopicState>()
  const subscribers = new Set<Subscriber>()
  let seq = 0
  let closed = false

  function publish(topic: Topic, state: TopicState): void {
    state.built = null
    state.publishedAt = clock.mono()
    for (const subscriber of subscribers) {
      // A call that rings overtakes everything else that changed with it.
      if (topic === 'calls') subscriber.dirty = new Set([topic, ...subscriber.dirty])
      else subscriber.dirty.add(topic)
      subscriber.wake()
    }
  }

  function read(topic: Topic): SnapshotEvent | null {
    const state = states.get(topic)
    if (!state) return null
    state.built ??= { value: state.snapshot() }
    seq += 1
    // The map pairs each topic with its own snapshot type; `provide` is the only place that fills it.
    return { seq, sentAt: clock.now(), topic, snapshot: state.built.value } as SnapshotEvent
  }

  return {
    provide(topic, snapshot) {
      states.get(topic)?.cancelTimer?.()
      const state: TopicState = { snapshot, built: null, publishedAt: Number.NEGATIVE_INFINITY, cancelTimer: null }
      states.set(topic, state)
      if (subscribers.size > 0) publish(topic, state)
    },
    changed(topic) {
      const state = states.get(topic)
      // Not read since it was published: whoever reads it next sees this change too.
      if (closed || !state?.built || state.cancelTimer) return
      const waitMs = state.publishedAt + minGapMs - clock.mono()
      if (waitMs <= 0) return publish(topic, state)
      state.cancelTimer = clock.after(waitMs, () => {
        state.cancelTimer = null
        publish(topic, state)
      })
    },
    async *subscribe(signal, confirms = false) {
      let wake = () => {}
      const subscriber: Subscriber = { dirty: new Set(states.keys()), onTheWay: new Map(), wake: () => wake() }
      subscribers.add(subscriber)
      const onAbort = () => wake()
      signal.addEventListener('abort', onAbort)
      try {
        while (!signal.aborted && !closed) {
          const topic = [...subscriber.dirty].find((one) => !subscriber.onTheWay.has(one))
          if (topic === undefined) {
            await new Promise<void>((resolve) => {
              wake = resolve
            })
            continue
          }
          const event = read(topic)
          subscriber.dirty.delete(topic)
          if (event === null) continue
          if (confirms) subscriber.onTheWay.set(topic, event.seq)
          yield event
        }
      } finally {
        signal.removeEventListener('abort', onAbort)
        subscribers.delete(subscriber)
      }
    },
    taken(seqs) {
      for (const { onTheWay, wake } of subscribers)
        for (const [topic, sent] of onTheWay)
          if (seqs.includes(sent)) {
            onTheWay.delete(topic)
            wake()
          }
    },
    close() {
      closed = true
      for (const state of states.values()) state.cancelTimer?.()
      for (const subscriber of subscribers) subscriber.wake()
    },
  }
}
