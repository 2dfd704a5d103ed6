import { biquad, type Section } from './biquad.ts'
import { telephoneRate } from './wave-file.ts'

/** How loud a sound is and how it will be heard. */
export interface Level {
  /** Loudness as ITU-R BS.1770 measures it, LUFS; null = silence. */
  lufs: number | null
  /** Loudest sample, dB below full scale; null = silence. */
  peakDb: number | null
  /** Places where the sound is cut off at full scale. */
  clips: number
}

/** What a person calls it. `quiet`: hard to hear on a mobile in the street. */
export type LevelWord = 'silent' | 'quiet' | 'good' | 'loud' | 'clipped'

/** Announcements between these are neither hard to hear nor unpleasant beside the ringing tone, LUFS. */
export const goodLevel = { from: -22, to: -14, target: -18, peakDb: -1 } as const

const clipAt = 0.975
/** So many samples in a row at full scale are no peak any more. */
const clipRun = 3

const blockSec = 0.4
const stepSec = 0.1
const absoluteGate = -70
const relativeGate = -10

/** Loudness of one channel. Source: ITU-R BS.1770-5, annex 1: K-weighting, 400 ms blocks, two gates. */
export function levelOf(samples: Float32Array, rate = telephoneRate): Level {
  let loudest = 0
  let clips = 0
  let run = 0
  for (const sample of samples) {
    const size = Math.abs(sample)
    if (size > loudest) loudest = size
    run = size >= clipAt ? run + 1 : 0
    if (run === clipRun) clips += 1
  }
  return { lufs: loudness(samples, rate), peakDb: loudest > 1e-5 ? 20 * Math.log10(loudest) : null, clips }
}

export function levelWord({ lufs, clips }: Level): LevelWord {
  if (clips > 0) return 'clipped'
  if (lufs === null || lufs < -60) return 'silent'
  if (lufs < goodLevel.from) return 'quiet'
  return lufs > goodLevel.to ? 'loud' : 'good'
}

/** Gain in dB that brings a sound to the target, but never its loudest sample above `peakDb`. */
export function gainToTarget({ lufs, peakDb }: Level): number {
  if (lufs === null || peakDb === null) return 0
  return Math.min(goodLevel.target - lufs, goodLevel.peakDb - peakDb)
}

function loudness(samples: Float32Array, rate: number): number | null {
  const step = Math.round(rate * stepSec)
  const energies = stepEnergies(samples, rate, step)
  if (energies.length === 0) return null
  const perBlock = Math.min(energies.length, Math.round(blockSec / stepSec))
  const blocks: number[] = []
  for (let first = 0; first + perBlock <= energies.length; first += 1) {
    let sum = 0
    for (let at = first; at < first + perBlock; at += 1) sum += energies[at]!
    blocks.push(sum / perBlock)
  }
  const heard = blocks.filter((energy) => inLufs(energy) > absoluteGate)
  if (heard.length === 0) return null
  const gate = inLufs(mean(heard)) + relativeGate
  return inLufs(mean(heard.filter((energy) => inLufs(energy) > gate)))
}

/** Mean square of the weighted sound in each step; the last one may be shorter. */
function stepEnergies(samples: Float32Array, rate: number, step: number): number[] {
  const shelf = biquad(kShelf(rate))
  const highPass = biquad(kHighPass(rate))
  const energies: number[] = []
  let sum = 0
  let count = 0
  for (const sample of samples) {
    const weighted = highPass(shelf(sample))
    sum += weighted * weighted
    count += 1
    if (count === step) {
      energies.push(sum / step)
      sum = 0
      count = 0
    }
  }
  // Shorter than a step altogether, or a rest that is worth hearing.
  if (count > 0 && (energies.length === 0 || count > step / 2)) energies.push(sum / count)
  return energies
}

const inLufs = (energy: number) => -0.691 + 10 * Math.log10(Math.max(energy, 1e-20))
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length

/** BS.1770's filters are given for 48 kHz; these are the same ones at any rate (as libebur128 derives them). */
function kShelf(rate: number): Section {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate)
  const q = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const scale = 1 + k / q + k * k
  return {
    b: [(high + (band * k) / q + k * k) / scale, (2 * (k * k - high)) / scale, (high - (band * k) / q + k * k) / scale],
    a: [(2 * (k * k - 1)) / scale, (1 - k / q + k * k) / scale],
  }
}

function kHighPass(rate: number): Section {
  const k = Math.tan((Math.PI * 38.13547087602444) / rate)
  const q = 0.5003270373238773
  const scale = 1 + k / q + k * k
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / scale, (1 - k / q + k * k) / scale] }
}
