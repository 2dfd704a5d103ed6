/**
 * Canonical numbers with the row that has each first: 12 bytes a number in flat arrays, because a million strings in a Map
 * would take the memory of the whole worker. What is not up to 15 digits goes into a Map; that is rare.
 */
export class NumberSet {
  private keys = new Float64Array(1024)
  private rows = new Int32Array(1024)
  private count = 0
  private readonly others = new Map<string, number>()

  get size(): number {
    return this.count + this.others.size
  }

  /** The row that was there first, or null: then `row` is from now on. `row` is above 0. */
  add(number: string, row: number): number | null {
    const key = keyOf(number)
    if (key === 0) {
      const first = this.others.get(number)
      if (first === undefined) this.others.set(JSON.parse(JSON.stringify(number)) as string, row)
      return first ?? null
    }
    if (this.count * 2 >= this.keys.length) this.grow()
    const at = this.find(key)
    if (this.keys[at] === key) return this.rows[at]!
    this.keys[at] = key
    this.rows[at] = row
    this.count += 1
    return null
  }

  has(number: string): boolean {
    const key = keyOf(number)
    return key === 0 ? this.others.has(number) : this.keys[this.find(key)] === key
  }

  /** The place of a key, or the free one where it would stand. */
  private find(key: number): number {
    const mask = this.keys.length - 1
    // Multiplied modulo a prime near 2^32, in two halves that stay exact.
    const high = Math.floor(key / 0x1_0000_0000)
    let at = (Math.imul(key >>> 0, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b)) >>> 0
    at = (at ^ (at >>> 15)) & mask
    while (this.keys[at] !== 0 && this.keys[at] !== key) at = (at + 1) & mask
    return at
  }

  private grow(): void {
    const { keys, rows } = this
    this.keys = new Float64Array(keys.length * 2)
    this.rows = new Int32Array(keys.length * 2)
    keys.forEach((key, old) => {
      if (key === 0) return
      const at = this.find(key)
      this.keys[at] = key
      this.rows[at] = rows[old]!
    })
  }
}

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
