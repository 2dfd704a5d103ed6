import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectSound } from '../../../main/core/recordings/inspect-sound.ts'
import { readSoundHead } from '../../../main/core/recordings/sound-format.ts'
import { encodeMuLaw } from '../../../preload/sound/index.ts'
import { halfLoud, wave } from '../../recordings/wave-samples.ts'

async function* pieces(bytes: Buffer, sizes: readonly number[] = [bytes.length]) {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1)
    yield bytes.subarray(at, at + size)
    at += size
  }
}
const inspect = (bytes: Buffer, sizes?: readonly number[]) => inspectSound(pieces(bytes, sizes), bytes.length)
const int16 = (...values: number[]) => Buffer.from(Int16Array.from(values).buffer)

describe('what a file is', () => {
  it.each([
    ['audio/mpeg', Buffer.from('ID3\x04\0\0')],
    ['audio/mpeg', Buffer.from([0xff, 0xfb, 0x90, 0x64])],
    ['audio/ogg', Buffer.from('OggS\0\x02')],
    ['audio/mp4', Buffer.from('\0\0\0\x20ftypM4A ')],
    ['audio/amr', Buffer.from('#!AMR\n')],
    ['audio/wav', halfLoud(0.1)],
  ])('%s by its first bytes', (type, bytes) => {
    expect(readSoundHead(bytes, bytes.length)?.type).toBe(type)
  })

  it.each([
    Buffer.from('<html><body>404</body></html>'),
    Buffer.from('{"code":404}'),
    Buffer.from('404'),
    Buffer.from('\u6ca1\u6709\u5f55\u97f3'),
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    Buffer.from('RIFF\0\0\0\0AVI LIST'),
    wave(Buffer.alloc(0)),
    Buffer.alloc(0),
  ])('%# is no sound', async (bytes) => {
    await expect(inspect(bytes)).rejects.toMatchObject({
      code: 'unexpected-response',
      details: { reason: 'not-a-file' },
    })
  })

  it('the length of a wave file, also where its writer never filled it in', async () => {
    expect(await inspect(wave(Buffer.alloc(12_000, 0xff)))).toMatchObject({ durationMs: 1500, isCut: false })
    for (const promised of [0, 0xffff_ffff])
      expect(await inspect(wave(Buffer.alloc(4000, 0xff), { promised }))).toMatchObject({
        durationMs: 500,
        isCut: false,
      })
    expect(await inspect(wave(Buffer.alloc(4000, 0xff), { promised: 8000 }))).toMatchObject({
      durationMs: 500,
      isCut: true,
    })
    const list = Buffer.from('LIST\x05\0\0\0abcde\0fact\x04\0\0\0\0\0\0\0', 'latin1')
    expect(await inspect(wave(Buffer.alloc(800, 0xff), { before: list }))).toMatchObject({ durationMs: 100 })
  })

  it('never throws anything but a refusal, whatever the bytes', async () => {
    const riff = fc.uint8Array({ maxLength: 120 }).map((tail) => Buffer.concat([Buffer.from('RIFF....WAVEfmt '), tail]))
    await fc.assert(
      fc.asyncProperty(fc.oneof(riff, fc.uint8Array({ maxLength: 80 }).map(Buffer.from)), async (bytes) => {
        await inspect(bytes).catch((error: unknown) => expect(error).toMatchObject({ code: 'unexpected-response' }))
      }),
    )
  })
})

describe('how loud it is', () => {
  it('silence is flat, full scale is full, in its own half', async () => {
    const { peaks } = await inspect(halfLoud(1))
    expect(peaks).toHaveLength(400)
    expect(Math.max(...peaks!.slice(0, 199))).toBeLessThan(3)
    expect(Math.min(...peaks!.slice(201))).toBeGreaterThan(245)
  })

  it.each([
    ['16 bits', wave(int16(0, 16_384, -32_768, 8192), { format: 1, bits: 16 }), [0, 128, 255, 64]],
    ['8 bits', wave(Buffer.from([128, 192, 0, 96]), { format: 1 }), [0, 128, 255, 64]],
    [
      '24 bits',
      wave(Buffer.from([0, 0, 0, 0, 0, 0x40, 0, 0, 0x80, 0, 0, 0x20]), { format: 1, bits: 24 }),
      [0, 128, 255, 64],
    ],
    ['stereo, the louder side', wave(int16(0, 16_384, -8192, 0), { format: 1, bits: 16, channels: 2 }), [128, 64]],
    ['float', wave(Buffer.from(Float32Array.of(0, -0.5, 2).buffer), { format: 3, bits: 32 }), [0, 128, 255]],
    // ITU-T G.711: 0xd5 is silence, 0xaa the loudest.
    ['A-law', wave(Buffer.from([0xd5, 0xaa, 0x2a]), { format: 6 }), [0, 251, 251]],
  ])('%s', async (_name, bytes, expected) => {
    expect((await inspect(bytes)).peaks).toEqual(expected)
  })

  it('μ-law is undone as it was made', async () => {
    const values = [0, 1000, 8000, -20_000, 32_000]
    const { peaks } = await inspect(wave(Buffer.from(values.map(encodeMuLaw))))
    peaks!.forEach((peak, at) => {
      expect(Math.abs(peak - Math.abs(values[at]! / 32_768) * 255)).toBeLessThan(5)
    })
  })

  it('does not depend on how the bytes arrive', async () => {
    const samples = Buffer.from(Array.from({ length: 4000 }, (_one, at) => (at * 37) % 256))
    const bytes = wave(samples, { format: 1, bits: 16, channels: 2 })
    const whole = await inspect(bytes)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 }), async (sizes) => {
        expect(await inspect(bytes, sizes)).toEqual(whole)
      }),
      { numRuns: 30 },
    )
  })

  it('is left open for a coding that we cannot read', async () => {
    expect(await inspect(wave(Buffer.alloc(650), { format: 49, bits: 8 }))).toMatchObject({
      peaks: null,
      type: 'audio/wav',
    })
    expect(await inspect(Buffer.from('ID3\x04\0\0'))).toMatchObject({ peaks: null, durationMs: null })
  })
})
