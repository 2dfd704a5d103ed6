/** A WAVE file: `format` as in mmreg.h, samples as they stand in the file. */
export function wave(
  samples: Buffer,
  given: { format?: number; channels?: number; rate?: number; bits?: number; promised?: number; before?: Buffer } = {},
): Buffer {
  const { format = 7, channels = 1, rate = 8000, bits = 8, promised = samples.length, before = Buffer.alloc(0) } = given
  const blockAlign = (channels * bits) / 8
  const head = Buffer.alloc(28)
  head.write('RIFF')
  head.writeUInt32LE(36 + before.length + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(format, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  const rest = Buffer.alloc(8)
  rest.writeUInt32LE(rate * blockAlign)
  rest.writeUInt16LE(blockAlign, 4)
  rest.writeUInt16LE(bits, 6)
  const data = Buffer.alloc(8)
  data.write('data')
  data.writeUInt32LE(promised >>> 0, 4)
  return Buffer.concat([head, rest, before, data, samples])
}

/** Seconds of μ-law: silence, then as loud as it gets from the middle on. */
export function halfLoud(seconds: number): Buffer {
  const samples = Buffer.alloc(Math.round(seconds * 8000), 0xff)
  samples.fill(0x80, samples.length / 2)
  return wave(samples)
}
