/** Names that somebody may have meant, the nearest first; at most `most`. */
export function nearest(meant: string, names: readonly string[], most = 3): string[] {
  const wanted = meant.toLowerCase()
  const rated = names.map((name) => {
    const short = name.slice(name.indexOf('.') + 1)
    const within = wanted.length > 2 && name.includes(wanted) ? 0.5 : Number.POSITIVE_INFINITY
    return { name, distance: Math.min(distance(wanted, name), distance(wanted, short), within) }
  })
  return rated
    .filter((one) => one.distance <= Math.max(2, wanted.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name)
}

/** Letters to insert, drop, exchange or swap with the next one. */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
