/**
 * Which rows go into the next request, when a request is refused as a whole because of one row and nobody says which.
 * That is adaptive group testing. Two facts keep the number of requests near the least possible: a group whose first part
 * was accepted has its culprit in the rest, so the last suspect needs no request of its own; and when a part is refused,
 * nothing is known of the rest any more, so it goes back to the others instead of being tried apart (Sobel and Groll 1959,
 * Hwang 1972). How many rows a group has follows the share of culprits seen so far.
 */
export interface GroupTester<T> {
  /** Rows of the next request; null = everything is settled. Asked again, the same rows. */
  next(): readonly T[] | null
  /** The request was accepted: its rows are in. */
  accepted(): void
  /** The request was refused because of some row of it. → the row, when it is known which. */
  refused(): T | null
  /** It is not known what became of the rows: they are somebody else's from now on. */
  taken(): void
  /** More rows, behind the others. */
  add(items: readonly T[]): void
  readonly waiting: number
}

export interface GroupTesterOptions<T> {
  /** Bytes that a row adds to a request, and room for them. */
  size(item: T): number
  room: number
  /** Rows that a request may have however small they are. */
  most?: number
  /** Called with a row that must be the culprit though it was never sent alone. */
  onCulprit?(item: T): void
}

/** What is believed before anything was seen: two rows of a hundred. */
const priorBad = 1
const priorRows = 50
/** Rows after which what was seen counts for a third: duplicates come in clusters. */
const memoryRows = 1000

export function createGroupTester<T>({ size, room, most = 400, onCulprit }: GroupTesterOptions<T>): GroupTester<T> {
  let pool: T[] = []
  let from = 0
  /** At least one of them is a culprit. */
  let suspects: T[] = []
  let testing: T[] | null = null
  let bad = priorBad
  let seen = priorRows
  const costs = createCosts()

  const share = () => Math.min(0.999, bad / seen)
  function learn(good: number, culprits: number): void {
    const keep = Math.exp(-(good + culprits) / memoryRows)
    bad = (bad - priorBad) * keep + culprits + priorBad
    seen = (seen - priorRows) * keep + good + culprits + priorRows
  }
  function giveBack(items: readonly T[]): void {
    pool = [...items, ...pool.slice(from)]
    from = 0
  }
  /** One suspect left is the culprit. */
  function settleLast(): T | null {
    if (suspects.length !== 1) return null
    const [culprit] = suspects
    suspects = []
    learn(0, 1)
    return culprit!
  }

  function fromPool(): T[] {
    const wanted = Math.min(most, costs.groupSize(share(), most))
    const group: T[] = []
    let bytes = 0
    while (from < pool.length && group.length < wanted) {
      const item = pool[from]!
      bytes += size(item)
      if (group.length > 0 && bytes > room) break
      group.push(item)
      from += 1
    }
    if (from > 5000) {
      pool = pool.slice(from)
      from = 0
    }
    return group
  }

  return {
    get waiting() {
      return pool.length - from + suspects.length + (suspects.length === 0 ? (testing?.length ?? 0) : 0)
    },
    add(items) {
      pool = pool.slice(from).concat(items)
      from = 0
    },
    next() {
      if (testing) return testing
      if (suspects.length > 1) {
        testing = suspects.slice(0, costs.split(share(), suspects.length))
        return testing
      }
      const group = fromPool()
      testing = group.length > 0 ? group : null
      return testing
    },
    accepted() {
      if (!testing) return
      learn(testing.length, 0)
      suspects = suspects.slice(testing.length)
      testing = null
      const culprit = settleLast()
      if (culprit !== null) onCulprit?.(culprit)
    },
    refused() {
      if (!testing) return null
      if (suspects.length > 0) giveBack(suspects.slice(testing.length))
      suspects = testing
      testing = null
      return settleLast()
    },
    taken() {
      if (!testing) return
      // Whether the culprit is among those that stay is not known any more.
      if (suspects.length > 0) giveBack(suspects.slice(testing.length))
      suspects = []
      testing = null
    },
  }
}

/** Least expected requests, worked out once for each share of culprits (in steps of a tenth). */
function createCosts() {
  let key = Number.NaN
  let sizes = new Map<number, number>()
  let splits: number[] = []
  let needs: number[] = []

  function prepare(share: number): number {
    const step = Math.round(Math.log(share) * 10)
    const p = Math.min(0.999, Math.exp(step / 10))
    if (step !== key) {
      key = step
      sizes = new Map()
      splits = [0, 0]
      needs = [0, 0]
    }
    return p
  }

  /** Expected requests to find the first culprit of `count` rows of which at least one is. */
  function need(p: number, count: number): number {
    const q = 1 - p
    for (let many = needs.length; many <= count; many += 1) {
      const all = 1 - q ** many
      let best = Number.POSITIVE_INFINITY
      let at = 1
      for (let part = 1; part < many; part += 1) {
        const inPart = (1 - q ** part) / all
        const cost = 1 + inPart * needs[part]! + (1 - inPart) * needs[many - part]!
        if (cost < best) {
          best = cost
          at = part
        }
      }
      needs[many] = best
      splits[many] = at
    }
    return needs[count]!
  }

  return {
    /** How many of `count` suspects to try. */
    split(share: number, count: number): number {
      need(prepare(share), count)
      return splits[count]!
    },
    /** Rows of a new group, at most `most`: the most rows settled for a request. */
    groupSize(share: number, most: number): number {
      const p = prepare(share)
      const found = sizes.get(most)
      if (found !== undefined) return found
      const q = 1 - p
      let best = 0
      let size = 1
      for (let count = 1; count <= most; count += 1) {
        const allGood = q ** count
        // Rows up to the first culprit, which is where a refused group stops being settled.
        const settled = (1 - allGood) / p
        const rate = settled / (1 + (1 - allGood) * need(p, count))
        if (rate > best) {
          best = rate
          size = count
        } else if (count > size * 2 + 8) break
      }
      sizes.set(most, size)
      return size
    },
  }
}
