/**
 * Any rate to any other by windowed sinc (Kaiser, 75 dB). High rates are first halved by half-band filters, which cost
 * little, so that the long filter before 4 kHz runs at a low rate. Nothing is shifted: a filter's delay is taken off.
 */

/** The highest tone that a telephone must keep, Hz: 3.4 kHz is its band, the filter's slope lies above. */
const passHz = 3500
const stopDb = 75
/** Samples between two steps of a conversion: some milliseconds of work. */
const blockSize = 1 << 16

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
  const length = Math.ceil((samples.length * toHz) / fromHz)
  const pass = Math.min(passHz, 0.45 * Math.min(fromHz, toHz))
  const halvings = halvingsOf(fromHz, toHz)
  let at = samples
  let rate = fromHz
  for (let step = 0; step < halvings; step += 1) {
    at = yield* halved(at, rate, pass, step / (halvings + 1), (step + 1) / (halvings + 1))
    rate /= 2
  }
  if (rate === toHz) return at.subarray(0, length)
  return yield* byPhases(at, rate, toHz, pass, length, halvings / (halvings + 1))
}

/** As long as the rate stays well above the one that is wanted. */
function halvingsOf(fromHz: number, toHz: number): number {
  let count = 0
  for (let rate = fromHz; rate % 1 === 0 && rate / 2 >= toHz * 1.25; rate /= 2) count += 1
  return count
}

/** Every other sample after a half-band low-pass: half of its coefficients are zero, the rest come in pairs. */
function* halved(
  samples: Float32Array<ArrayBuffer>,
  rate: number,
  pass: number,
  partFrom: number,
  partTo: number,
): Conversion<Float32Array<ArrayBuffer>> {
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
  const out = new Float32Array(Math.ceil(samples.length / 2))
  /** Near the ends the filter reaches beyond the sound: there is silence. */
  const atEdge = (n: number): number => {
    let value = 0.5 * samples[2 * n]!
    for (let pair = 0; pair < pairs; pair += 1)
      value += half[pair]! * ((samples[2 * n - 2 * pair - 1] ?? 0) + (samples[2 * n + 2 * pair + 1] ?? 0))
    return value
  }
  const firstInside = Math.min(out.length, pairs)
  const lastInside = Math.max(firstInside, Math.floor((samples.length - 2 * pairs) / 2))
  for (let begin = 0; begin < out.length; begin += blockSize) {
    const end = Math.min(out.length, begin + blockSize)
    for (let n = begin; n < Math.min(end, firstInside); n += 1) out[n] = atEdge(n)
    const to = Math.min(end, lastInside)
    for (let n = Math.max(begin, firstInside); n < to; n += 1) {
      const centre = 2 * n
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
    for (let n = Math.max(begin, lastInside); n < end; n += 1) out[n] = atEdge(n)
    yield partFrom + ((partTo - partFrom) * end) / out.length
  }
  return out
}

/** By a ratio of whole numbers: one short filter for each place that an output may have between two inputs. */
function* byPhases(
  samples: Float32Array<ArrayBuffer>,
  rate: number,
  toHz: number,
  pass: number,
  length: number,
  from: number,
): Conversion<Float32Array<ArrayBuffer>> {
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
  const padded = new Float32Array(samples.length + 2 * taps + down)
  padded.set(samples, half - 1)
  const out = new Float32Array(length)
  let whole = 0
  let phase = 0
  for (let begin = 0; begin < length; begin += blockSize) {
    const end = Math.min(length, begin + blockSize)
    for (let n = begin; n < end; n += 1) {
      const base = phase * taps
      let one = 0
      let two = 0
      let three = 0
      let four = 0
      // Four sums side by side: the processor need not wait for one to add to it again.
      for (let tap = 0; tap < taps; tap += 4) {
        const at = base + tap
        const from = whole + tap
        one += filters[at]! * padded[from]!
        two += filters[at + 1]! * padded[from + 1]!
        three += filters[at + 2]! * padded[from + 2]!
        four += filters[at + 3]! * padded[from + 3]!
      }
      out[n] = one + two + (three + four)
      phase += down
      while (phase >= up) {
        phase -= up
        whole += 1
      }
    }
    yield from + ((1 - from) * end) / length
  }
  return out
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
