type Bag = Record<string, unknown>

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What tells the members of our lists apart. */
const keyOf = (value: unknown): unknown => (isBag(value) ? (value.callId ?? value.extension ?? value.id) : undefined)

/** Members of `before` by key; asked only where a list's order changed. */
function byKey(before: readonly unknown[]): (key: unknown) => unknown {
  let known: Map<unknown, unknown> | null = null
  return (key) => {
    known ??= new Map(before.map((one) => [keyOf(one), one]))
    return known.get(key)
  }
}

/**
 * `after`, with every part that equals its counterpart in `before` replaced by that very part: what did not change keeps
 * its identity. Members of a list that moved keep it too: one new call on top must not render every card. Works on
 * `after` in place (it is ours, fresh from the wire), because a board has 10,000 extensions.
 */
export function reuse(before: unknown, after: unknown): unknown {
  if (Object.is(before, after)) return before
  if (Array.isArray(before) && Array.isArray(after)) {
    let same = before.length === after.length
    const moved = byKey(before)
    for (let at = 0; at < after.length; at += 1) {
      const key = keyOf(after[at])
      after[at] = reuse(key === keyOf(before[at]) ? before[at] : moved(key), after[at])
      if (after[at] !== before[at]) same = false
    }
    return same ? before : after
  }
  if (isBag(before) && isBag(after)) {
    let more = 0
    let same = true
    // Values from JSON have no keys but their own. Named one by one: lists of the keys would be made for every telephone.
    for (const key in after) {
      more += 1
      const [old, now] = [before[key], after[key]]
      if (Object.is(old, now) && old !== undefined) continue
      after[key] = reuse(old, now)
      if (!Object.is(after[key], old) || !(key in before)) same = false
    }
    for (const _ in before) more -= 1
    return same && more === 0 ? before : after
  }
  return after
}
