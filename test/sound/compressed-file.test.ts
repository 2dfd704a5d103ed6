import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCompressedEnd } from '../../preload/sound/index.ts'

const fixture = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/sound', name)))
/** EBML head, then a segment that says that four bytes follow. */
const webm = Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, 0x82, 7, 7, 0x18, 0x53, 0x80, 0x67, 0x40, 4, 1, 2, 3, 4])
const open = Uint8Array.from([...webm.subarray(0, 11), 0x01, ...Array<number>(7).fill(0xff), 1, 2])

describe('the end of a compressed file', () => {
  it('is there in whole files', () => {
    for (const name of ['tone.ogg', 'tone.m4a', 'apple-lossless.m4a', 'speech.mp3'])
      expect(readCompressedEnd(fixture(name)), name).toEqual({ isCut: false, durationSec: null })
    expect(readCompressedEnd(fixture('tone.flac'))).toEqual({ isCut: false, durationSec: 0.6 })
    expect([webm, open].map((file) => readCompressedEnd(file).isCut)).toEqual([false, false])
  })

  it('is missing wherever a file was cut inside of a page, a box or a segment', () => {
    for (const [whole, least] of [
      [fixture('tone.ogg'), 27],
      [webm, 5],
    ] as const)
      for (let length = least; length < whole.length; length += Math.ceil(whole.length / 97))
        expect([length, readCompressedEnd(whole.subarray(0, length)).isCut]).toEqual([
          length,
          !isPageEnd(whole, length),
        ])
    const m4a = fixture('tone.m4a')
    for (const part of [0.2, 0.5, 0.9, 0.999])
      expect(readCompressedEnd(m4a.subarray(0, Math.floor(m4a.length * part))).isCut).toBe(true)
  })

  it('never throws, whatever the bytes are', () => {
    const heads = ['tone.ogg', 'tone.flac', 'tone.m4a'].map((name) => [...fixture(name).subarray(0, 40)])
    const bytes = fc
      .tuple(fc.constantFrom(...heads, [...webm], [...open]), fc.nat({ max: 40 }), fc.uint8Array({ maxLength: 60 }))
      .map(([head, kept, rest]) => Uint8Array.from([...head.slice(0, kept), ...rest]))
    fc.assert(
      fc.property(bytes, (file) => {
        const { isCut, durationSec } = readCompressedEnd(file)
        expect(typeof isCut).toBe('boolean')
        expect(durationSec === null || durationSec > 0).toBe(true)
      }),
    )
  })
})

/** The next page begins there: what was cut off does not show. */
const isPageEnd = (file: Uint8Array, at: number) => String.fromCharCode(...file.subarray(at, at + 4)) === 'OggS'
