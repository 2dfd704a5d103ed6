/**
 * Any rate to any other by windowed sinc (Kaiser, 75 dB). High rates are first halved by half-band filters, which cost
 * little, so that the long filter before 4 kHz runs at a low rate. Nothing is shifted: a filter's delay is taken off.
 */

/** The highest tone that a telephone must keep, Hz: 3.4 kHz is its band, the filter's slope lies above. */
const passHz = 3500
const stopDb = 75
/** Samples between two steps of a conversion: some milliseconds of work. */
const blockSize = 1 << 14

/** A conversion in steps; each yields how much is done, 0 to 1. Whoever runs it may let something else run in between, or stop. */
export type Conversion<Result> = Generator<number, Result>

/** Run to the end at once. */
export function finished<Result>(conversion: Conversion<Result>): Result {
  for (;;) {
    const { done, value } = conversion.next()
    if (done) return value
  }
}

/** Samples from one rate to another, both in whole Hz; the length is that of the same time, rounded up. */
export function* resampled(
  samples: Float32Array<ArrayBuffer>,
  fromHz: number,
  toHz: number,
): Conversion<Float32Array<ArrayBuffer>> {
  if (fromHz === toHz) return samples
  const out = new Float32Array(Math.ceil((samples.length * toHz) / fromHz))
  const filters = filtersFor(fromHz, toHz)
  let done = 0
  // Piece by piece through all of them: a piece stays in the processor's own memory, the whole sound would not.
  for (let begin = 0; begin < samples.length; begin += blockSize) {
    let piece = samples.subarray(begin, begin + blockSize)
    const isLast = begin + blockSize >= samples.length
    for (const filter of filters) piece = filter(piece, isLast)
    out.set(piece.subarray(0, out.length - done), done)
    done += piece.length
    yield Math.min(1, (begin + blockSize) / samples.length)
  }
  return out
}

/** Takes the next samples, and hands out what can be told by now: until its next call, for the room is used again. */
type Filter = (samples: Float32Array<ArrayBuffer>, isLast: boolean) => Float32Array<ArrayBuffer>

function filtersFor(fromHz: number, toHz: number): Filter[] {
  const pass = Math.min(passHz, 0.45 * Math.min(fromHz, toHz))
  const halvings = halvingsOf(fromHz, toHz)
  const filters = Array.from({ length: halvings }, (_, step) => halved(fromHz / 2 ** step, pass))
  const rate = fromHz / 2 ** halvings
  return rate === toHz ? filters : [...filters, byPhases(rate, toHz, pass)]
}

/** What a filter sees: the last samples of before and the new ones, and silence before the first and after the last. */
class Reach {
  /** Samples from `begin` on, counted from the sound's first. */
  samples: Float32Array<ArrayBuffer> = new Float32Array(0)
  begin: number
  /** Behind the last one that is there. */
  end = 0
  readonly #after: number

  constructor(before: number, after: number) {
    this.begin = -before
    this.#after = after
    this.#make(before)
  }

  #make(length: number): void {
    const kept = this.samples
    this.samples = new Float32Array(length)
    this.samples.set(kept)
  }

  /** `from`: the first one that is still needed. */
  add(more: Float32Array, isLast: boolean, from: number): void {
    if (from > this.begin) {
      this.samples.copyWithin(0, from - this.begin, this.end - this.begin)
      this.begin = from
    }
    const silence = isLast ? this.#after : 0
    const length = this.end - this.begin + more.length + silence
    if (length > this.samples.length) this.#make(length)
    this.samples.set(more, this.end - this.begin)
    this.end += more.length
    this.samples.fill(0, this.end - this.begin, this.end - this.begin + silence)
    this.end += silence
  }
}

/** As long as the rate stays well above the one that is wanted. */
function halvingsOf(fromHz: number, toHz: number): number {
  let count = 0
  for (let rate = fromHz; rate % 1 === 0 && rate / 2 >= toHz * 1.25; rate /= 2) count += 1
  return count
}

/** Every other sample after a half-band low-pass: half of its coefficients are zero, the rest come in pairs. */
function halved(rate: number, pass: number): Filter {
  // Fours, so that the loop below has few turns.
  const pairs = Math.ceil(tapsFor((rate / 2 - 2 * pass) / rate) / 16) * 4
  const reach = 2 * pairs
  const half = new Float64Array(pairs)
  let sum = 0
  for (let pair = 0; pair < pairs; pair += 1) {
    const distance = 2 * pair + 1
    half[pair] = (Math.sin((Math.PI * distance) / 2) / (Math.PI * distance)) * kaiser(distance / reach)
    sum += half[pair]!
  }
  // Constant sound comes out as loud as it went in.
  for (let pair = 0; pair < pairs; pair += 1) half[pair] = (half[pair]! * 0.25) / sum
  const seen = new Reach(reach, reach)
  let out = new Float32Array(0)
  let next = 0
  return (more, isLast) => {
    seen.add(more, isLast, 2 * next - reach)
    const { samples, begin, end } = seen
    const count = Math.max(0, Math.floor((end - reach - 2 * next + 1) / 2))
    if (count > out.length) out = new Float32Array(count)
    for (let n = 0; n < count; n += 1) {
      const centre = 2 * (next + n) - begin
      let value = 0.5 * samples[centre]!
      for (let pair = 0; pair < pairs; pair += 4) {
        const before = centre - 2 * pair
        const after = centre + 2 * pair
        value +=
          half[pair]! * (samples[before - 1]! + samples[after + 1]!) +
          half[pair + 1]! * (samples[before - 3]! + samples[after + 3]!) +
          (half[pair + 2]! * (samples[before - 5]! + samples[after + 5]!) +
            half[pair + 3]! * (samples[before - 7]! + samples[after + 7]!))
      }
      out[n] = value
    }
    next += count
    return out.subarray(0, count)
  }
}

/** By a ratio of whole numbers: one short filter for each place that an output may have between two inputs. */
function byPhases(rate: number, toHz: number, pass: number): Filter {
  const common = divisor(Math.round(rate * 2), toHz * 2)
  const up = (toHz * 2) / common
  const down = Math.round(rate * 2) / common
  const low = Math.min(rate, toHz)
  const stop = low - pass
  const taps = Math.ceil(tapsFor((stop - pass) / rate) / 4) * 4
  const half = taps / 2
  const cut = (pass + stop) / rate
  const filters = new Float64Array(up * taps)
  for (let phase = 0; phase < up; phase += 1) {
    let sum = 0
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = tap - half + 1 - phase / up
      const value = sinc(cut * distance) * kaiser(distance / half)
      filters[phase * taps + tap] = value
      sum += value
    }
    for (let tap = 0; tap < taps; tap += 1) filters[phase * taps + tap]! /= sum
  }
  const seen = new Reach(half - 1, taps + Math.ceil(down / up))
  let out = new Float32Array(0)
  /** The first sample that the next output is made of, and where between two samples it stands. */
  let whole = 1 - half
  let phase = 0
  return (more, isLast) => {
    seen.add(more, isLast, whole)
    const { samples, begin, end } = seen
    const most = Math.ceil(((end - whole) * up) / down) + 1
    if (most > out.length) out = new Float32Array(most)
    let count = 0
    for (; whole + taps <= end; count += 1) {
      const base = phase * taps
      const first = whole - begin
      let one = 0
      let two = 0
      let three = 0
      let four = 0
      // Four sums side by side: the processor need not wait for one to add to it again.
      for (let tap = 0; tap < taps; tap += 4) {
        const at = base + tap
        const from = first + tap
        one += filters[at]! * samples[from]!
        two += filters[at + 1]! * samples[from + 1]!
        three += filters[at + 2]! * samples[from + 2]!
        four += filters[at + 3]! * samples[from + 3]!
      }
      out[count] = one + two + (three + four)
      phase += down
      while (phase >= up) {
        phase -= up
        whole += 1
      }
    }
    return out.subarray(0, count)
  }
}

/** Length of a Kaiser filter whose slope is `width` (as a part of the rate). Source: Kaiser & Schafer, 1980. */
const tapsFor = (width: number) => Math.ceil((stopDb - 7.95) / (2.285 * 2 * Math.PI * width)) + 1

const beta = 0.1102 * (stopDb - 8.7)
const kaiser = (at: number) => (Math.abs(at) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - at * at)) / bessel(beta))

/** Modified Bessel function of the first kind, order 0. */
function bessel(x: number): number {
  let sum = 1
  let term = 1
  for (let n = 1; term > sum * 1e-12; n += 1) {
    term *= (x / (2 * n)) ** 2
    sum += term
  }
  return sum
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
