import { sampleReader, type WaveLayout } from '../../../preload/sound/index.ts'

/** Steps of time that a recording is drawn in. */
const mostSteps = 400

export interface PeakMeter {
  /** The file from its first byte on, in order, in any pieces. */
  add(piece: Uint8Array): void
  /** Loudness of each step, 0 to 255. */
  peaks(): number[]
}

/** Measures how loud each step of a WAVE file is; null for sample widths that nobody records in. */
export function createPeakMeter(layout: WaveLayout): PeakMeter | null {
  const read = sampleReader(layout)
  if (!read) return null
  const { dataAt, dataBytes, blockAlign, channels } = layout
  const width = Math.floor(blockAlign / channels)
  const blocks = Math.floor(dataBytes / blockAlign)
  const steps = Math.min(mostSteps, blocks)
  const loudest = new Float64Array(steps)
  const end = dataAt + blocks * blockAlign
  /** Bytes of a block that came in two pieces. */
  let rest = new Uint8Array(0)
  let at = 0

  function measure(bytes: Uint8Array, firstBlock: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const count = Math.floor(bytes.length / blockAlign)
    for (let block = 0; block < count; block += 1) {
      const step = Math.floor(((firstBlock + block) * steps) / blocks)
      for (let channel = 0; channel < channels; channel += 1) {
        const loudness = Math.abs(read!(view, block * blockAlign + channel * width))
        if (loudness > loudest[step]!) loudest[step] = loudness
      }
    }
  }

  return {
    add(piece) {
      const from = at
      at += piece.length
      const samples = piece.subarray(Math.max(0, dataAt - from), Math.max(0, end - from))
      if (samples.length === 0) return
      const bytes = rest.length === 0 ? samples : joined(rest, samples)
      const begun = Math.max(from, dataAt) - rest.length
      measure(bytes, Math.floor((begun - dataAt) / blockAlign))
      rest = bytes.slice(bytes.length - (bytes.length % blockAlign))
    },
    peaks: () => Array.from(loudest, (one) => Math.min(255, Math.round(one * 255))),
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
