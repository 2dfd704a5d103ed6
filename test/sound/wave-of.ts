import { encodeMuLaw } from '../../preload/sound/index.ts'

/** Any WAVE file, written by other code than the one under test reads with. */
export function waveOf(sound: {
  coding: 'pcm' | 'float' | 'a-law' | 'mu-law'
  bits: 8 | 16 | 24 | 32 | 64
  rate: number
  channels: Float32Array[]
}): Uint8Array {
  const { coding, bits, rate, channels } = sound
  const width = bits / 8
  const count = channels[0]!.length
  const data = Buffer.alloc(count * channels.length * width)
  let at = 0
  for (let n = 0; n < count; n += 1) {
    for (const channel of channels) {
      const value = channel[n]!
      const whole = Math.round(value * (2 ** (bits - 1) - 1))
      if (coding === 'mu-law') data.writeUInt8(encodeMuLaw(Math.round(value * 32_767)), at)
      else if (coding === 'a-law') data.writeUInt8(encodeALaw(Math.round(value * 32_767)), at)
      else if (coding === 'float' && bits === 64) data.writeDoubleLE(value, at)
      else if (coding === 'float') data.writeFloatLE(value, at)
      else if (bits === 8) data.writeUInt8(whole + 128, at)
      else data.writeIntLE(whole, at, width)
      at += width
    }
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE({ pcm: 1, float: 3, 'a-law': 6, 'mu-law': 7 }[coding], 20)
  head.writeUInt16LE(channels.length, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * channels.length * width, 28)
  head.writeUInt16LE(channels.length * width, 32)
  head.writeUInt16LE(bits, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  return new Uint8Array(Buffer.concat([head, data]))
}

/** G.711 A-law by its definition: the segment, then four bits. */
function encodeALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0
  const size = Math.min(32_767, Math.abs(sample)) >> 3
  const exponent = size < 32 ? 0 : Math.min(7, Math.floor(Math.log2(size)) - 4)
  const mantissa = (exponent < 2 ? size >> 1 : size >> exponent) & 0x0f
  return (sign | (exponent << 4) | mantissa) ^ 0x55
}
