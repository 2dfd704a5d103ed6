/** ITU-T G.711, what telephones speak: 8 bits for a 16-bit sample. Pure tables, shared by page, core and command line. */

const bias = 0x84
const clip = 32_635

/** μ-law of one 16-bit sample; louder ones are clipped. */
export function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(clip, Math.abs(sample)) + bias
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7)
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

/** Code → sample from -1 to 1: 14 bits in μ-law, 13 in A-law. */
export const muLawSamples = Float64Array.from({ length: 256 }, (_one, code) => {
  const bits = ~code & 0xff
  const magnitude = (((bits & 0x0f) << 3) + bias) << ((bits & 0x70) >> 4)
  return ((bits & 0x80 ? -1 : 1) * (magnitude - bias)) / 0x8000
})
export const aLawSamples = Float64Array.from({ length: 256 }, (_one, code) => {
  const bits = code ^ 0x55
  const exponent = (bits & 0x70) >> 4
  const mantissa = ((bits & 0x0f) << 4) + 8
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1)
  return ((bits & 0x80 ? 1 : -1) * magnitude) / 0x8000
})

/** Samples from -1 to 1 as μ-law. */
export function toMuLaw(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(samples.length)
  for (let at = 0; at < codes.length; at += 1) codes[at] = encodeMuLaw(Math.round(samples[at]! * 0x8000))
  return codes
}

export function fromMuLaw(codes: Uint8Array): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(codes.length)
  for (let at = 0; at < samples.length; at += 1) samples[at] = muLawSamples[codes[at]!]!
  return samples
}
