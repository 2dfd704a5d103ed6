import { biquad, butterworth } from './biquad.ts'
import { fromMuLaw, toMuLaw } from './g711.ts'
import { type Conversion, resampled } from './resample.ts'
import { type MonoSound, muLawWave, telephoneRate } from './wave-file.ts'

/** What is done to a sound before it is uploaded. */
export interface SoundEdit {
  /** Seconds from the beginning; what lies outside is left away. */
  startSec: number
  endSec: number
  gainDb: number
  fadeInSec: number
  fadeOutSec: number
}

/** At the telephone's rate, whatever it was before. */
export function* toTelephoneRate({ samples, rate }: MonoSound): Conversion<Float32Array<ArrayBuffer>> {
  return yield* resampled(samples, rate, telephoneRate)
}

/** The edit, on samples at the telephone's rate. */
export function edited(samples: Float32Array, edit: SoundEdit): Float32Array<ArrayBuffer> {
  const from = clamp(Math.round(edit.startSec * telephoneRate), 0, samples.length)
  const to = clamp(Math.round(edit.endSec * telephoneRate), from, samples.length)
  const gain = 10 ** (edit.gainDb / 20)
  const out = new Float32Array(to - from)
  const rise = Math.min(out.length, Math.round(edit.fadeInSec * telephoneRate))
  const fall = Math.min(out.length, Math.round(edit.fadeOutSec * telephoneRate))
  for (let at = 0; at < out.length; at += 1) {
    const left = out.length - 1 - at
    const fade = (at < rise ? halfCosine(at / rise) : 1) * (left < fall ? halfCosine(left / fall) : 1)
    out[at] = clamp(samples[from + at]! * gain * fade, -1, 1)
  }
  return out
}

/** The file that is uploaded: μ-law, 8000 Hz, one channel. */
export function telephoneFile(samples: Float32Array): Uint8Array<ArrayBuffer> {
  return muLawWave(toMuLaw(samples))
}

/** How a telephone plays it: its band of 300 to 3400 Hz, and the steps of μ-law. */
export function asHeardOnThePhone(samples: Float32Array): Float32Array<ArrayBuffer> {
  const filters = [
    ...butterworth('high-pass', 4, 300, telephoneRate),
    ...butterworth('low-pass', 4, 3400, telephoneRate),
  ].map(biquad)
  const coded = fromMuLaw(toMuLaw(Float32Array.from(samples)))
  for (let at = 0; at < coded.length; at += 1) {
    let sample = coded[at]!
    for (const filter of filters) sample = filter(sample)
    coded[at] = clamp(sample, -1, 1)
  }
  return coded
}

const windowSec = 0.02
/** Kept before the first and after the last sound. */
const marginSec = 0.12
const quietDb = -42

/** Where the sound begins and ends, silence at both ends left away; seconds. The whole of it when it is all silence. */
export function soundingPart(samples: Float32Array): { startSec: number; endSec: number } {
  const size = Math.round(windowSec * telephoneRate)
  const loudness: number[] = []
  for (let from = 0; from < samples.length; from += size) {
    let sum = 0
    const to = Math.min(samples.length, from + size)
    for (let at = from; at < to; at += 1) sum += samples[at]! ** 2
    loudness.push(Math.sqrt(sum / (to - from)))
  }
  const limit = Math.max(...loudness, 0) * 10 ** (quietDb / 20)
  const whole = { startSec: 0, endSec: samples.length / telephoneRate }
  const isHeard = (one: number) => one > Math.max(limit, 1e-4)
  const first = loudness.findIndex(isHeard)
  if (first < 0) return whole
  const last = loudness.findLastIndex(isHeard)
  return {
    startSec: Math.max(0, first * windowSec - marginSec),
    endSec: Math.min(whole.endSec, (last + 1) * windowSec + marginSec),
  }
}

/** Loudest sample of each of so many equal steps, 0 to 255. */
export function peaksOf(samples: Float32Array, steps: number): number[] {
  const count = Math.min(steps, samples.length)
  const peaks = new Array<number>(count).fill(0)
  for (let at = 0; at < samples.length; at += 1) {
    const step = Math.floor((at * count) / samples.length)
    const size = Math.abs(samples[at]!)
    if (size > peaks[step]!) peaks[step] = size
  }
  return peaks.map((peak) => Math.min(255, Math.round(peak * 255)))
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
const halfCosine = (part: number) => 0.5 - 0.5 * Math.cos(Math.PI * part)
