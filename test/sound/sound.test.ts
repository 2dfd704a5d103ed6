import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import {
  asHeardOnThePhone,
  edited,
  encodeMuLaw,
  finished,
  fromMuLaw,
  gainToTarget,
  levelOf,
  levelWord,
  muLawCodes,
  muLawSamples,
  muLawWave,
  peaksOf,
  readWave,
  resampled,
  SoundFileError,
  soundingPart,
  telephoneFile,
  toMuLaw,
  toTelephoneRate,
} from '../../preload/sound/index.ts'
import { waveOf } from './wave-of.ts'

const hasSox = spawnSync('sox', ['--version']).status === 0
if (!hasSox) console.log('comparison with sox skipped: sox is not installed; the fixtures it made are used')
const folder = mkdtempSync(join(tmpdir(), 'sound-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tone = (hz: number, rate: number, sec: number, amplitude = 0.5) =>
  Float32Array.from(
    { length: Math.round(rate * sec) },
    (_one, at) => amplitude * Math.sin((2 * Math.PI * hz * at) / rate),
  )
const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length)
const decibels = (ratio: number) => 20 * Math.log10(ratio)

/** Steps of the 256-step scale between two codes, counted along the line from the softest to the loudest. */
const rank = (code: number) => {
  const size = ~code & 0x7f
  return (code & 0x80) !== 0 ? size : -size
}

describe('μ-law', () => {
  it('gives every code back (but the second zero)', () => {
    for (let code = 0; code < 256; code += 1) {
      const again = encodeMuLaw(Math.round(muLawSamples[code]! * 0x8000))
      expect(again).toBe(code === 0x7f ? 0xff : code)
    }
  })

  it('is never further from the sample than half a step', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32_124, max: 32_124 }), (sample) => {
        const code = encodeMuLaw(sample)
        const step = 8 << ((~code >> 4) & 7)
        expect(Math.abs(muLawSamples[code]! * 0x8000 - sample)).toBeLessThanOrEqual(step / 2 + 4)
      }),
    )
  })

  it('grows with the sample', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32_768, max: 32_766 }), (sample) => {
        expect(rank(encodeMuLaw(sample + 1))).toBeGreaterThanOrEqual(rank(encodeMuLaw(sample)))
      }),
    )
  })

  /** Every 16-bit sample there is, 13 apart. */
  const ramp = Int16Array.from({ length: 5042 }, (_one, at) => -32_768 + at * 13)

  it('equals what sox wrote for the same samples, to one code', () => {
    const theirs = readFileSync(new URL('../fixtures/sound/ramp-by-sox.ul', import.meta.url))
    const ours = toMuLaw(Float32Array.from(ramp, (one) => one / 0x8000))
    expect(theirs).toHaveLength(ramp.length)
    const worst = Math.max(...ours.map((code, at) => Math.abs(rank(code) - rank(theirs[at]!))))
    expect(worst).toBeLessThanOrEqual(1)
  })

  it.runIf(hasSox)('equals sox itself on noise, to one code', () => {
    const source = join(folder, 'noise.wav')
    execFileSync('sox', [
      '-n',
      '-r',
      '8000',
      '-c',
      '1',
      '-b',
      '16',
      source,
      'synth',
      '3',
      'pinknoise',
      'gain',
      '-n',
      '-1',
    ])
    execFileSync('sox', ['-D', source, '-e', 'mu-law', '-t', 'raw', join(folder, 'noise.ul')])
    const theirs = readFileSync(join(folder, 'noise.ul'))
    const ours = toMuLaw(readWave(readFileSync(source)).samples)
    expect(ours).toHaveLength(theirs.length)
    expect(Math.max(...ours.map((code, at) => Math.abs(rank(code) - rank(theirs[at]!))))).toBeLessThanOrEqual(1)
  })
})

describe('WAVE files', () => {
  it.each([
    ['pcm', 8],
    ['pcm', 16],
    ['pcm', 24],
    ['pcm', 32],
    ['float', 32],
    ['float', 64],
    ['a-law', 8],
    ['mu-law', 8],
  ] as const)('%s of %i bits is read, stereo mixed to one channel', (coding, bits) => {
    const left = tone(440, 11_025, 0.05)
    const right = Float32Array.from(left, (one) => one / 2)
    const { samples, rate } = readWave(waveOf({ coding, bits, rate: 11_025, channels: [left, right] }))
    expect(rate).toBe(11_025)
    const exact = bits === 8 ? 0.02 : 0.0001
    expect(Math.max(...samples.map((one, at) => Math.abs(one - left[at]! * 0.75)))).toBeLessThan(exact)
  })

  it('says why a file cannot be read', () => {
    const reason = (bytes: Uint8Array) => {
      try {
        readWave(bytes)
        return null
      } catch (error) {
        return (error as SoundFileError).reason
      }
    }
    const whole = waveOf({ coding: 'pcm', bits: 16, rate: 8000, channels: [tone(440, 8000, 0.1)] })
    expect(reason(whole)).toBeNull()
    expect(reason(new TextEncoder().encode('ID3 something else'))).toBe('other-format')
    expect(reason(whole.subarray(0, whole.length - 9))).toBe('cut')
    const adpcm = whole.slice()
    adpcm[20] = 2
    expect(reason(adpcm)).toBe('coding')
    expect(reason(whole.subarray(0, 44))).toBe('no-samples')
  })

  it('never throws anything else on any bytes', () => {
    const whole = waveOf({ coding: 'pcm', bits: 16, rate: 8000, channels: [tone(440, 8000, 0.01)] })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const bytes = whole.slice()
        for (const [at, value] of changes) bytes[at] = value
        try {
          readWave(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(SoundFileError)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('what is μ-law at 8000 Hz already stays byte for byte as it is', () => {
    const codes = Uint8Array.from({ length: 801 }, (_one, at) => (at * 37) % 256).filter((code) => code !== 0x7f)
    const file = muLawWave(codes)
    const again = telephoneFile(finished(toTelephoneRate(readWave(file))))
    expect(muLawCodes(again)).toEqual(codes)
    expect(again).toEqual(file)
  })
})

describe('resampling', () => {
  it.each([6000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 44_099])(
    'a tone of 1 kHz comes from %i Hz as loud as it was, in its place',
    (rate) => {
      const out = finished(resampled(tone(1000, rate, 0.5), rate, 8000))
      expect(out).toHaveLength(Math.ceil((Math.round(rate / 2) * 8000) / rate))
      const middle = out.subarray(400, 3600)
      const wanted = tone(1000, 8000, 0.5).subarray(400, 3600)
      const error = rms(Float32Array.from(middle, (one, at) => one - wanted[at]!))
      expect(decibels(error / rms(wanted))).toBeLessThan(-65)
    },
  )

  it.each([
    [44_100, 4700],
    [44_100, 9000],
    [44_100, 15_000],
    [48_000, 7000],
    [48_000, 20_000],
    [16_000, 5000],
  ])('from %i Hz, a tone of %i Hz that no telephone can carry is gone', (rate, hz) => {
    const out = finished(resampled(tone(hz, rate, 0.5), rate, 8000)).subarray(400, 3600)
    expect(decibels(rms(out) / rms(tone(hz, rate, 0.5)))).toBeLessThan(-70)
  })

  it('can be left at any step', () => {
    const work = resampled(tone(1000, 44_100, 20), 44_100, 8000)
    const seen: number[] = []
    for (let step = 0; step < 4; step += 1) seen.push(work.next().value as number)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.every((part) => part > 0 && part < 1)).toBe(true)
  })
})

describe('loudness', () => {
  it('a tone of 997 Hz at full scale on one channel has −3.0 LUFS (BS.1770, table 1)', () => {
    expect(levelOf(tone(997, 48_000, 5, 1), 48_000).lufs).toBeCloseTo(-3.01, 1)
    expect(levelOf(tone(997, 8000, 5, 1)).lufs).toBeCloseTo(-3.01, 0)
  })

  it('pauses do not count', () => {
    const speech = tone(500, 8000, 6)
    const paused = new Float32Array(speech.length * 3)
    paused.set(speech, speech.length)
    expect(levelOf(paused).lufs!).toBeCloseTo(levelOf(speech).lufs!, 0)
  })

  it('has words for it', () => {
    const word = (amplitude: number) => levelWord(levelOf(tone(600, 8000, 1, amplitude)))
    expect([0, 0.02, 0.15, 0.7].map(word)).toEqual(['silent', 'quiet', 'good', 'loud'])
    expect(levelWord(levelOf(tone(600, 8000, 1, 2).map((one) => Math.max(-1, Math.min(1, one)))))).toBe('clipped')
  })

  it('the automatic gain reaches the target, or stops where it would clip', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), (amplitude) => {
        const sound = tone(600, 8000, 0.6, amplitude)
        const gain = 10 ** (gainToTarget(levelOf(sound)) / 20)
        const after = levelOf(sound.map((one) => one * gain))
        expect(after.lufs!).toBeLessThan(-17.9)
        expect(after.peakDb!).toBeLessThanOrEqual(-0.9)
      }),
      { numRuns: 50 },
    )
  })
})

describe('editing', () => {
  it('cuts, fades and changes the gain', () => {
    const out = edited(new Float32Array(16_000).fill(0.25), {
      ...{ startSec: 0.5, endSec: 1.5, gainDb: 6.02, fadeInSec: 0.1, fadeOutSec: 0.1 },
    })
    expect(out).toHaveLength(8000)
    expect(out[4000]).toBeCloseTo(0.5, 2)
    expect([out[0], out[7999]]).toEqual([0, 0])
    expect(out[400]).toBeCloseTo(0.25, 1)
  })

  it('finds the part that is heard', () => {
    const sound = new Float32Array(24_000)
    sound.set(tone(600, 8000, 1), 8000)
    const { startSec, endSec } = soundingPart(sound)
    expect(startSec).toBeGreaterThan(0.8)
    expect(startSec).toBeLessThan(1)
    expect(endSec).toBeGreaterThan(2)
    expect(endSec).toBeLessThan(2.2)
    expect(soundingPart(new Float32Array(8000))).toEqual({ startSec: 0, endSec: 1 })
  })

  it('a telephone keeps speech and drops what lies beside its band', () => {
    const heard = (hz: number) => {
      const sound = tone(hz, 8000, 1)
      return decibels(rms(asHeardOnThePhone(sound).subarray(1000)) / rms(sound))
    }
    expect(Math.abs(heard(1000))).toBeLessThan(1)
    expect(heard(100)).toBeLessThan(-30)
    expect(heard(3850)).toBeLessThan(-15)
  })

  it('peaks are the loudest samples in order', () => {
    expect(peaksOf(Float32Array.of(0, 0.5, -1, 0), 2)).toEqual([128, 255])
    expect(peaksOf(fromMuLaw(new Uint8Array([0xff])), 5)).toEqual([0])
  })
})
