import { aLawSamples, muLawSamples } from './g711.ts'

/** How the samples of a WAVE file lie. Sources: RIFF/WAVE (Microsoft, mmreg.h). */
export interface WaveLayout {
  coding: 'pcm' | 'float' | 'a-law' | 'mu-law'
  channels: number
  sampleRate: number
  bitsPerSample: number
  /** Bytes of one sample of all channels. */
  blockAlign: number
  /** Where the samples begin. */
  dataAt: number
  /** Bytes of samples that are there. */
  dataBytes: number
}

export interface WaveHead {
  durationMs: number | null
  /** The file ends before its own header says. */
  isCut: boolean
  /** Null for samples that nobody here reads (ADPCM, GSM …). */
  wave: WaveLayout | null
  /** The format's registered number. */
  code: number
}

const codings = new Map<number, WaveLayout['coding']>([
  [1, 'pcm'],
  [3, 'float'],
  [6, 'a-law'],
  [7, 'mu-law'],
])
const extensible = 0xfffe

export function isWave(head: Uint8Array): boolean {
  return letters(head, 0, 4) === 'RIFF' && letters(head, 8, 4) === 'WAVE'
}

/**
 * What a RIFF/WAVE file of `size` bytes is by its first ones; null when it has no samples. A size of zero or of all ones
 * was never filled in: the rest of the file counts.
 */
export function readWaveHead(head: Uint8Array, size: number): WaveHead | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  let format: Omit<WaveLayout, 'dataAt' | 'dataBytes' | 'coding'> & { code: number; bytesPerSec: number } = {
    ...{ code: 0, channels: 0, sampleRate: 0, bitsPerSample: 0, blockAlign: 0, bytesPerSec: 0 },
  }
  for (let at = 12; at + 8 <= head.length; ) {
    const name = letters(head, at, 4)
    const length = view.getUint32(at + 4, true)
    const from = at + 8
    if (name === 'fmt ' && length >= 16 && from + length <= head.length) {
      const code = view.getUint16(from, true)
      format = {
        code: code === extensible && length >= 26 ? view.getUint16(from + 24, true) : code,
        channels: view.getUint16(from + 2, true),
        sampleRate: view.getUint32(from + 4, true),
        bytesPerSec: view.getUint32(from + 8, true),
        blockAlign: view.getUint16(from + 12, true),
        bitsPerSample: view.getUint16(from + 14, true),
      }
    }
    if (name === 'data') {
      const isOpen = length === 0 || length === 0xffff_ffff
      const dataBytes = Math.min(isOpen ? size - from : length, size - from)
      if (dataBytes <= 0) return null
      const { code, bytesPerSec, ...rest } = format
      const coding = codings.get(code)
      const isReadable = coding !== undefined && rest.channels > 0 && rest.sampleRate > 0 && rest.blockAlign > 0
      return {
        code,
        durationMs: bytesPerSec > 0 ? Math.round((dataBytes / bytesPerSec) * 1000) : null,
        isCut: !isOpen && from + length > size,
        wave: isReadable ? { coding, ...rest, dataAt: from, dataBytes } : null,
      }
    }
    at = from + length + (length % 2)
  }
  return null
}

/** One sample as -1 to 1. */
export type SampleReader = (view: DataView, at: number) => number

/** Null for sample widths that nobody records in. */
export function sampleReader({ coding, bitsPerSample, blockAlign, channels }: WaveLayout): SampleReader | null {
  const width = blockAlign / channels
  if (coding === 'mu-law') return width === 1 ? (view, at) => muLawSamples[view.getUint8(at)]! : null
  if (coding === 'a-law') return width === 1 ? (view, at) => aLawSamples[view.getUint8(at)]! : null
  if (width !== bitsPerSample / 8) return null
  if (coding === 'float') {
    if (width === 8) return (view, at) => view.getFloat64(at, true)
    return width === 4 ? (view, at) => view.getFloat32(at, true) : null
  }
  switch (width) {
    case 1:
      return (view, at) => (view.getUint8(at) - 128) / 128
    case 2:
      return (view, at) => view.getInt16(at, true) / 0x8000
    case 3:
      return (view, at) => (view.getInt8(at + 2) * 0x10000 + view.getUint16(at, true)) / 0x800000
    case 4:
      return (view, at) => view.getInt32(at, true) / 0x80000000
    default:
      return null
  }
}

function letters(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}
