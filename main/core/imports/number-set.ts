/**
 * Canonical numbers with the row that has each first: 12 bytes a number in flat arrays, because a million strings in a Map
 * would take the memory of the whole worker. What is not up to 15 digits goes into a Map; that is rare. Numbers of several
 * groups share the arrays, at 4 bytes more: arrays of their own for each would take memory that no limit counts.
 */
export class NumberSet {
  private keys = new Float64Array(1024)
  private rows = new Int32Array(1024)
  /** Null as long as there is only group 0. */
  private groups: Int32Array | null = null
  private count = 0
  private readonly others = new Map<string, number>()

  get size(): number {
    return this.count + this.others.size
  }

  /** The row that was there first, or null: then `row` is from now on. `row` is above 0. A number may stand once in each group. */
  add(number: string, row: number, group = 0): number | null {
    const key = keyOf(number)
    if (key === 0) {
      const other = otherKey(number, group)
      const first = this.others.get(other)
      if (first === undefined) this.others.set(JSON.parse(JSON.stringify(other)) as string, row)
      return first ?? null
    }
    if (this.count * 2 >= this.keys.length) this.grow()
    if (group !== 0) this.groups ??= new Int32Array(this.keys.length)
    const at = this.find(key, group)
    if (this.keys[at] === key) return this.rows[at]!
    this.keys[at] = key
    this.rows[at] = row
    if (this.groups) this.groups[at] = group
    this.count += 1
    return null
  }

  has(number: string): boolean {
    const key = keyOf(number)
    return key === 0 ? this.others.has(otherKey(number, 0)) : this.keys[this.find(key, 0)] === key
  }

  /** The place of a key of a group, or the free one where it would stand. Both are compared whole: nothing rests on the hash. */
  private find(key: number, group: number): number {
    const { keys, groups } = this
    const mask = keys.length - 1
    // Multiplied modulo a prime near 2^32, in two halves that stay exact.
    const high = Math.floor(key / 0x1_0000_0000)
    let at = (Math.imul(key >>> 0, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b) ^ Math.imul(group, 0xc2b2_ae35)) >>> 0
    at = (at ^ (at >>> 15)) & mask
    while (keys[at] !== 0 && (keys[at] !== key || (groups !== null && groups[at] !== group))) at = (at + 1) & mask
    return at
  }

  private grow(): void {
    const { keys, rows, groups } = this
    this.keys = new Float64Array(keys.length * 2)
    this.rows = new Int32Array(keys.length * 2)
    if (groups) this.groups = new Int32Array(keys.length * 2)
    keys.forEach((key, old) => {
      if (key === 0) return
      const group = groups?.[old] ?? 0
      const at = this.find(key, group)
      this.keys[at] = key
      this.rows[at] = rows[old]!
      if (this.groups) this.groups[at] = group
    })
  }
}

const otherKey = (number: string, group: number) => `${group} ${number}`

/** A leading 1 keeps zeros apart: `0755` and `755` are different numbers. 0 = no plain digits. */
function keyOf(number: string): number {
  if (number.length === 0 || number.length > 15) return 0
  let key = 1
  for (let at = 0; at < number.length; at += 1) {
    const digit = number.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return 0
    key = key * 10 + digit
  }
  return key
}
