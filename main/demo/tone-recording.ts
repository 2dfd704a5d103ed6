const sampleRate = 8000
/** Length of a hummed syllable, samples. */
const syllable = 1700
const bias = 0x84
const clip = 32_635

/** G.711 μ-law of one 16-bit sample. */
export function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(clip, Math.abs(sample)) + bias
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7)
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

/** Humming in syllables of changing loudness and pitch, with pauses: looks like speech in a waveform, bearable as a sound. */
function hum(index: number): number {
  const count = Math.floor(index / syllable)
  const loudness = ((count * 7919 + 13) % 97) / 97
  if (loudness < 0.22) return 0
  const within = index - count * syllable
  const hz = 140 + ((count * 37) % 80)
  const swell = Math.sin((Math.PI * within) / syllable)
  return Math.round(9000 * loudness * swell * Math.sin((2 * Math.PI * hz * within) / sampleRate))
}

/** Somebody humming as WAV, μ-law 8 kHz mono: what this PBX records in. */
export function toneRecording(durationSec: number): Buffer {
  const samples = Math.max(1, Math.round(durationSec * sampleRate))
  const header = Buffer.alloc(58)
  header.write('RIFF', 0)
  header.writeUInt32LE(50 + samples + (samples % 2), 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(18, 16)
  header.writeUInt16LE(7, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.writeUInt16LE(0, 36)
  header.write('fact', 38)
  header.writeUInt32LE(4, 42)
  header.writeUInt32LE(samples, 46)
  header.write('data', 50)
  header.writeUInt32LE(samples, 54)
  const body = Buffer.alloc(samples + (samples % 2), 0xff)
  for (let index = 0; index < samples; index += 1) {
    body[index] = encodeMuLaw(hum(index))
  }
  return Buffer.concat([header, body])
}
