import { CoreError } from '../errors.ts'
import type { SoundFacts } from '../ports/index.ts'
import { headBytes, readSoundHead, type SoundHead } from './sound-format.ts'
import { createPeakMeter, type PeakMeter } from './wave-peaks.ts'

/**
 * Look at what was downloaded: is it sound, how long, how loud where. Errors: unexpected-response `not-a-file` for
 * anything that is no sound.
 */
export async function inspectSound(pieces: AsyncIterable<Uint8Array>, size: number): Promise<SoundFacts> {
  const wanted = Math.min(size, headBytes)
  let head = new Uint8Array(0)
  let begun: { head: SoundHead; meter: PeakMeter | null } | null = null
  const begin = () => {
    const found = readSoundHead(head, size)
    if (found === null) throw new CoreError('unexpected-response', { reason: 'not-a-file' })
    const meter = found.wave && createPeakMeter(found.wave)
    meter?.add(head)
    return { head: found, meter }
  }
  for await (const piece of pieces) {
    if (begun) {
      begun.meter?.add(piece)
      continue
    }
    const more = new Uint8Array(head.length + piece.length)
    more.set(head)
    more.set(piece, head.length)
    head = more
    if (head.length >= wanted) begun = begin()
  }
  begun ??= begin()
  const { type, durationMs, isCut } = begun.head
  return { type, durationMs, isCut, peaks: begun.meter?.peaks() ?? null }
}
