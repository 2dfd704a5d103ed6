import type { SnapshotEvent, Topic } from '../../preload/contract/index.ts'

/** How long other news may wait for each other, ms: one webhook changes several topics, and one rendering is enough. */
const gatherMs = 5

/** Who rings and who is free is what somebody waits for. */
const urgent: readonly Topic[] = ['calls', 'board']

/** Hands what is urgent on at once, with whatever waits; of the other topics the newest each, a moment later and together. */
export interface Gathering {
  receive(event: SnapshotEvent): void
  /** Hand on what waits. */
  flush(): void
}

export function createGathering(deliver: (events: SnapshotEvent[]) => void): Gathering {
  const waiting = new Map<Topic, SnapshotEvent>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const events = [...waiting.values()]
    waiting.clear()
    if (events.length > 0) deliver(events)
  }

  return {
    receive(event) {
      // Delivered in the order of their numbers: an older topic must not come behind a newer one.
      waiting.delete(event.topic)
      waiting.set(event.topic, event)
      if (urgent.includes(event.topic)) flush()
      else timer ??= setTimeout(flush, gatherMs)
    },
    flush,
  }
}
