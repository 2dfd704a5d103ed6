import { isWave, readWaveHead, type WaveLayout } from '../../../preload/sound/index.ts'
import type { SoundFacts } from '../ports/index.ts'

export interface SoundHead extends Pick<SoundFacts, 'type' | 'durationMs' | 'isCut'> {
  /** Null for anything whose samples we do not read. */
  wave: WaveLayout | null
}

/** Long enough for the chunks that stand before the samples. */
export const headBytes = 65_536

/** What a file is by its first bytes (`head`: the first 64 KiB, or all of it) and its size; null = no sound at all. */
export function readSoundHead(head: Uint8Array, size: number): SoundHead | null {
  if (isWave(head)) {
    const found = readWaveHead(head, size)
    return found && { type: 'audio/wav', durationMs: found.durationMs, isCut: found.isCut, wave: found.wave }
  }
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

function letters(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}
