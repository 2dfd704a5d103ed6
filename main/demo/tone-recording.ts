import { encodeMuLaw, muLawWave, telephoneRate } from '../../preload/sound/index.ts'

/** Length of a hummed syllable, samples. */
const syllable = 1700

/** Who hums: another voice, other syllables. */
export interface Voice {
  /** Chooses loudness and pitch of the syllables. */
  seed: number
  /** Loudest sample; above 32767 it is cut off, as from a microphone set too high. */
  loudest: number
}

const usual: Voice = { seed: 0, loudest: 9000 }

/** Humming in syllables of changing loudness and pitch, with pauses: looks like speech in a waveform, bearable as a sound. */
function hum(index: number, { seed, loudest }: Voice): number {
  const count = Math.floor(index / syllable) + seed * 101
  const loudness = ((count * 7919 + 13) % 97) / 97
  if (loudness < 0.22) return 0
  const within = index % syllable
  const hz = 140 + ((count * 37) % 80)
  const swell = Math.sin((Math.PI * within) / syllable)
  return Math.round(loudest * loudness * swell * Math.sin((2 * Math.PI * hz * within) / telephoneRate))
}

/** Somebody humming as WAV, μ-law 8 kHz mono: what this PBX records in and plays. */
export function toneRecording(durationSec: number, voice = usual): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(Math.max(1, Math.round(durationSec * telephoneRate)))
  for (let index = 0; index < codes.length; index += 1) codes[index] = encodeMuLaw(hum(index, voice))
  return muLawWave(codes)
}
