import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeIconFiles } from '../../resources/packaging/dist.ts'
import { icnsFile, icoFile, pngSize } from '../../resources/packaging/icon-files.ts'
import { iconDrawings, iconsDir } from '../../resources/packaging/icon-names.ts'
import { drawIcons, drawPixels } from '../../resources/packaging/icons.ts'
import { type Pixels, pngFile } from '../../resources/packaging/png-file.ts'

const dataUrl = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`
/** Largest mean difference of a colour part that smoothing in another browser version may make. */
const closeEnough = 3
function difference(one: Pixels, other: Pixels): number {
  let sum = 0
  for (let at = 0; at < one.rgba.length; at++) sum += Math.abs(one.rgba[at]! - other.rgba[at]!)
  return sum / one.rgba.length
}

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'frontbell-icons-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('each committed picture is what its drawing draws', async () => {
  const drawn = await drawIcons()
  const kept = await drawPixels(
    iconDrawings.map(({ png, size }) => ({ url: dataUrl(readFileSync(join(iconsDir, png))), size })),
  )
  for (const [index, { png, size }] of iconDrawings.entries()) {
    expect(pngSize(readFileSync(join(iconsDir, png))), png).toBe(size)
    expect(difference(drawn[index]!, kept[index]!), `${png}: run resources/packaging/icons.ts`).toBeLessThan(
      closeEnough,
    )
    expect(
      difference(drawn[index]!, { size, rgba: new Uint8Array(size * size * 4) }),
      `${png} is blank`,
    ).toBeGreaterThan(10)
  }
})

test('no picture without a drawing, and all together at most 30 kB', () => {
  const pictures = readdirSync(iconsDir).filter((name) => name.endsWith('.png'))
  expect(pictures.toSorted()).toEqual(iconDrawings.map(({ png }) => png).toSorted())
  expect(pictures.reduce((sum, name) => sum + statSync(join(iconsDir, name)).size, 0)).toBeLessThanOrEqual(30_000)
})

test('a PNG of ours comes back with the same pixels; with too many colours the rare ones give way', async () => {
  const few: Pixels = {
    size: 16,
    rgba: Buffer.from(Array.from({ length: 256 }, (_, at) => [at & 0xf0, 120, 200, 255]).flat()),
  }
  const many: Pixels = {
    size: 32,
    rgba: Buffer.from(
      Array.from({ length: 1024 }, (_, at) => (at < 900 ? [12, 111, 107, 255] : [at & 255, 111, 107, 255])).flat(),
    ),
  }
  const [fewBack, manyBack] = await drawPixels(
    [few, many].map((pixels) => ({ url: dataUrl(pngFile(pixels)), size: pixels.size })),
  )
  expect(difference(few, fewBack!)).toBe(0)
  expect(difference(many, manyBack!)).toBeLessThan(closeEnough)
  expect(manyBack!.rgba.subarray(0, 900 * 4)).toEqual(many.rgba.subarray(0, 900 * 4))
})

test('the icon files of Windows and macOS hold the pictures whole', async () => {
  await writeIconFiles(dir)
  const ico = readFileSync(join(dir, 'app.ico'))
  const count = ico.readUInt16LE(4)
  const sizes = Array.from({ length: count }, (_, index) => {
    const at = 6 + 16 * index
    const png = ico.subarray(ico.readUInt32LE(at + 12), ico.readUInt32LE(at + 12) + ico.readUInt32LE(at + 8))
    expect(pngSize(png)).toBe(ico[at] || 256)
    return pngSize(png)
  })
  expect(sizes).toEqual([16, 32, 128, 256])
  const icns = readFileSync(join(dir, 'app.icns'))
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length])
  const seen: [string, number][] = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    seen.push([icns.toString('latin1', at, at + 4), pngSize(icns.subarray(at + 8))])
  expect(seen).toEqual([
    ['icp4', 16],
    ['icp5', 32],
    ['ic11', 32],
    ['ic07', 128],
    ['ic08', 256],
    ['ic13', 256],
    ['ic09', 512],
    ['ic14', 512],
    ['ic10', 1024],
  ])
  expect(readdirSync(join(dir, 'linux')).toSorted()).toContain('256x256.png')
})

test('wrong pictures are refused', () => {
  expect(() => pngSize(Buffer.from('GIF89a, which is no PNG at all'))).toThrow('not a PNG')
  expect(() => icoFile([{ size: 512, png: Buffer.alloc(0) }])).toThrow('at most 256')
  expect(icnsFile([{ size: 48, png: Buffer.alloc(9) }])).toHaveLength(8)
})
