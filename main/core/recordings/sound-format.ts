import type { SoundFacts } from '../ports/index.ts'

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

export interface SoundHead extends Pick<SoundFacts, 'type' | 'durationMs' | 'isCut'> {
  /** Null for anything whose samples we do not read. */
  wave: WaveLayout | null
}

/** Long enough for the chunks that stand before the samples. */
export const headBytes = 65_536

/** What a file is by its first bytes (`head`: the first 64 KiB, or all of it) and its size; null = no sound at all. */
export function readSoundHead(head: Uint8Array, size: number): SoundHead | null {
  if (letters(head, 0, 4) === 'RIFF' && letters(head, 8, 4) === 'WAVE') return readWave(head, size)
  const other = otherType(head)
  return other && { type: other, durationMs: null, isCut: false, wave: null }
}

function otherType(head: Uint8Array): Exclude<SoundHead['type'], 'audio/wav'> | null {
  if (letters(head, 0, 3) === 'ID3') return 'audio/mpeg'
  // MPEG frame: eleven bits of sync, then a version and a layer that exist.
  const [first = 0, second = 0, third = 0] = head
  const isFrame = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0
  if (isFrame && third >> 4 !== 15) return 'audio/mpeg'
  if (letters(head, 0, 4) === 'OggS') return 'audio/ogg'
  if (letters(head, 4, 4) === 'ftyp') return 'audio/mp4'
  return letters(head, 0, 5) === '#!AMR' ? 'audio/amr' : null
}

const codings = new Map<number, WaveLayout['coding']>([
  [1, 'pcm'],
  [3, 'float'],
  [6, 'a-law'],
  [7, 'mu-law'],
])
const extensible = 0xfffe

/** Null when it has no samples. A size of zero or of all ones was never filled in: the rest of the file counts. */
function readWave(head: Uint8Array, size: number): SoundHead | null {
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
        type: 'audio/wav',
        durationMs: bytesPerSec > 0 ? Math.round((dataBytes / bytesPerSec) * 1000) : null,
        isCut: !isOpen && from + length > size,
        wave: isReadable ? { coding, ...rest, dataAt: from, dataBytes } : null,
      }
    }
    at = from + length + (length % 2)
  }
  return null
}

function letters(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}
