/** So many pairs at such a cost, and how it ends: `first` and `second` are places in the two lists. */
interface Pairing {
  pairs: number
  cost: number
  last: { first: number; second: number; before: Pairing } | null
}

const nothing: Pairing = { pairs: 0, cost: 0, last: null }
const better = (one: Pairing, other: Pairing) =>
  one.pairs > other.pairs || (one.pairs === other.pairs && one.cost < other.cost) ? one : other

/**
 * Pairs the items of two lists, each in its order and each item once: as many pairs as can be, of those the cheapest. `costOf` null =
 * these two are none. What two clocks tell of the same things keeps its order, however far the clocks are apart.
 */
export function pairInOrder<A, B>(
  firsts: readonly A[],
  seconds: readonly B[],
  costOf: (first: A, second: B) => number | null,
): [A, B][] {
  let above: Pairing[] = seconds.map(() => nothing)
  firsts.forEach((one, first) => {
    const row: Pairing[] = []
    seconds.forEach((other, second) => {
      let best = better(above[second] ?? nothing, row[second - 1] ?? nothing)
      const cost = costOf(one, other)
      if (cost !== null) {
        const before = above[second - 1] ?? nothing
        best = better({ pairs: before.pairs + 1, cost: before.cost + cost, last: { first, second, before } }, best)
      }
      row.push(best)
    })
    above = row
  })
  const found: [A, B][] = []
  for (let { last } = above.at(-1) ?? nothing; last !== null; { last } = last.before)
    found.unshift([firsts[last.first]!, seconds[last.second]!])
  return found
}
