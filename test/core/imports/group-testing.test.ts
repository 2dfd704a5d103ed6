import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGroupTester } from '../../../main/core/imports/group-testing.ts'

/** Runs it against a PBX that knows `culprits`; → rows that got in, rows found, requests. */
function settle(count: number, culprits: ReadonlySet<number>, room = 7000) {
  const sent: number[] = []
  const found: number[] = []
  const tester = createGroupTester<number>({ size: () => 210, room, onCulprit: (item) => found.push(item) })
  tester.add(Array.from({ length: count }, (_, at) => at))
  let requests = 0
  for (let batch = tester.next(); batch; batch = tester.next()) {
    requests += 1
    if (batch.some((item) => culprits.has(item))) {
      const culprit = tester.refused()
      if (culprit !== null) found.push(culprit)
    } else {
      sent.push(...batch)
      tester.accepted()
    }
    if (requests > count * 3 + 10) throw new Error('does not end')
  }
  return { sent, found, requests }
}

const byNumber = (a: number, b: number) => a - b

describe('finding the rows that a request is refused for', () => {
  it('settles every row exactly once, whichever are known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.array(fc.nat(299)), (count, listed) => {
        const culprits = new Set(listed.filter((one) => one < count))
        const { sent, found } = settle(count, culprits)
        expect(found.sort(byNumber)).toEqual([...culprits].sort(byNumber))
        expect(sent.sort(byNumber)).toEqual(
          Array.from({ length: count }, (_, at) => at).filter((one) => !culprits.has(one)),
        )
      }),
      { numRuns: 300 },
    )
  })

  it.each([0.001, 0.01, 0.03, 0.1, 0.3])('stays near the fewest requests that are possible: %f known', (share) => {
    const count = 10_000
    const culprits = new Set<number>()
    for (let seed = 7; culprits.size < count * share; ) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      culprits.add(seed % count)
      seed ^= culprits.size
    }
    // What no strategy can do without: a bit a request, and a place in some request for every row that gets in.
    let bits = 0
    for (let at = 1; at <= culprits.size; at += 1) bits += Math.log2((count - culprits.size + at) / at)
    const least = Math.max(bits, Math.ceil((count - culprits.size) / 33))
    expect(settle(count, culprits).requests).toBeLessThan(least * 1.3)
  })

  it('never sends more than a request holds, and a row that is longer alone', () => {
    const sizes = [4000, 4000, 9000, 100, 100, 6900]
    const tester = createGroupTester<number>({ size: (item) => sizes[item]!, room: 7000 })
    tester.add(sizes.map((_, at) => at))
    const batches: number[][] = []
    for (let batch = tester.next(); batch; batch = tester.next()) {
      batches.push([...batch])
      tester.accepted()
    }
    expect(batches).toEqual([[0], [1], [2], [3, 4], [5]])
  })
})
