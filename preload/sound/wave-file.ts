import { isWave, readWaveHead, sampleReader, type WaveLayout } from './wave-layout.ts'

/** The rate of the telephone network, Hz. */
export const telephoneRate = 8000

/** A sound as one channel of samples from -1 to 1. */
export interface MonoSound {
  samples: Float32Array<ArrayBuffer>
  /** Hz. */
  rate: number
}

/**
 * Why a file cannot be read. `other-format`: not a WAVE file; `coding`: WAVE with samples in a coding that is not read here;
 * `no-samples`: a head and nothing after it; `cut`: shorter than its own head says; `too-long`.
 */
export type SoundFault = 'other-format' | 'coding' | 'no-samples' | 'cut' | 'too-long'

export class SoundFileError extends Error {
  override readonly name = 'SoundFileError'
  readonly reason: SoundFault
  constructor(reason: SoundFault) {
    super(reason)
    this.reason = reason
  }
}

/** An announcement that takes longer is a mistake: callers would have hung up. */
export const longestSoundSec = 20 * 60

/** Read a WAVE file, its channels mixed to one. PCM of 8 to 32 bits, float, A-law, μ-law, at any rate. Errors: SoundFileError. */
export function readWave(bytes: Uint8Array): MonoSound {
  if (bytes.length < 12 || !isWave(bytes)) throw new SoundFileError('other-format')
  const head = readWaveHead(bytes, bytes.length)
  if (!head) throw new SoundFileError('no-samples')
  if (head.isCut) throw new SoundFileError('cut')
  const { wave } = head
  if (!wave || wave.sampleRate < 2000 || wave.sampleRate > 768_000) throw new SoundFileError('coding')
  if (Math.floor(wave.dataBytes / wave.blockAlign) > longestSoundSec * wave.sampleRate)
    throw new SoundFileError('too-long')
  return { samples: mixed(bytes, wave), rate: wave.sampleRate }
}

function mixed(bytes: Uint8Array, wave: WaveLayout): Float32Array<ArrayBuffer> {
  const { channels, blockAlign, dataAt, dataBytes } = wave
  const count = Math.floor(dataBytes / blockAlign)
  const fast = mixedFast(bytes, wave, count)
  if (fast) return fast
  const read = sampleReader(wave)
  if (!read) throw new SoundFileError('coding')
  const samples = new Float32Array(count)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const width = blockAlign / channels
  for (let at = 0; at < count; at += 1) {
    let sum = 0
    for (let channel = 0; channel < channels; channel += 1)
      sum += read(view, dataAt + at * blockAlign + channel * width)
    samples[at] = finite(sum / channels)
  }
  return samples
}

/** Sixteen bits, as nearly everybody records, several times faster than through a DataView. */
function mixedFast(bytes: Uint8Array, wave: WaveLayout, count: number): Float32Array<ArrayBuffer> | null {
  const { coding, bitsPerSample, blockAlign, channels, dataAt } = wave
  const from = bytes.byteOffset + dataAt
  const isPlain = coding === 'pcm' && bitsPerSample === 16 && blockAlign === channels * 2 && channels <= 2
  if (!isPlain || from % 2 !== 0 || !isLittleEndian) return null
  const codes = new Int16Array(bytes.buffer, from, count * channels)
  const samples = new Float32Array(count)
  if (channels === 1) for (let at = 0; at < count; at += 1) samples[at] = codes[at]! / 0x8000
  else for (let at = 0; at < count; at += 1) samples[at] = (codes[at * 2]! + codes[at * 2 + 1]!) / 0x10000
  return samples
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** A float file may hold anything. */
const finite = (sample: number) => (Number.isFinite(sample) ? sample : 0)

/** μ-law codes at 8000 Hz as a WAVE file, as telephone systems want it: 64 kbit/s, one channel. */
export function muLawWave(codes: Uint8Array): Uint8Array<ArrayBuffer> {
  const pad = codes.length % 2
  const file = new Uint8Array(58 + codes.length + pad)
  const view = new DataView(file.buffer)
  const word = (at: number, text: string) => {
    for (let letter = 0; letter < text.length; letter += 1) file[at + letter] = text.charCodeAt(letter)
  }
  word(0, 'RIFF')
  view.setUint32(4, 50 + codes.length + pad, true)
  word(8, 'WAVEfmt ')
  view.setUint32(16, 18, true)
  view.setUint16(20, 7, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, telephoneRate, true)
  view.setUint32(28, telephoneRate, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  view.setUint16(36, 0, true)
  word(38, 'fact')
  view.setUint32(42, 4, true)
  view.setUint32(46, codes.length, true)
  word(50, 'data')
  view.setUint32(54, codes.length, true)
  file.set(codes, 58)
  return file
}

/** The μ-law codes of a file that is one already (8000 Hz, one channel, whole); null otherwise. */
export function muLawCodes(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length < 12 || !isWave(bytes)) return null
  const head = readWaveHead(bytes, bytes.length)
  const wave = head?.wave
  if (!wave || head.isCut) return null
  const { coding, channels, sampleRate, bitsPerSample, blockAlign, dataAt, dataBytes } = wave
  const fits =
    coding === 'mu-law' && channels === 1 && sampleRate === telephoneRate && bitsPerSample === 8 && blockAlign === 1
  return fits ? bytes.subarray(dataAt, dataAt + dataBytes) : null
}
