import { crc32, deflateSync } from 'node:zlib'

/** Plain pixels: four bytes each (red, green, blue, alpha), row by row. */
export interface Pixels {
  size: number
  rgba: Uint8Array
}

function chunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(body.length)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}

/** Colours as 0xRRGGBBAA; everything that is wholly clear is one colour. */
function colourAt(view: DataView, index: number): number {
  const seen = view.getUint32(index * 4)
  return seen & 0xff ? seen : 0
}

function distance(one: number, other: number): number {
  return [24, 16, 8, 0].reduce((sum, shift) => sum + (((one >>> shift) & 0xff) - ((other >>> shift) & 0xff)) ** 2, 0)
}

/** Enough for two or three flat colours and the steps between them; more only cost bytes. */
const mostColours = 64

/** Up to `mostColours`, the commonest as they are; where each of the others goes. */
function paletteOf(view: DataView, count: number): { colours: number[]; indexOf: Map<number, number> } {
  const uses = new Map<number, number>()
  for (let at = 0; at < count; at++) {
    const colour = colourAt(view, at)
    uses.set(colour, (uses.get(colour) ?? 0) + 1)
  }
  const byUse = [...uses].sort(([, one], [, other]) => other - one).map(([colour]) => colour)
  const colours = byUse.slice(0, mostColours)
  const nearest = (colour: number) =>
    colours.reduce((best, one, at) => (distance(one, colour) < distance(colours[best]!, colour) ? at : best), 0)
  return { colours, indexOf: new Map(byUse.map((colour, at) => [colour, at < mostColours ? at : nearest(colour)])) }
}

/**
 * A square PNG with a palette: a third of the size for our flat drawings. Where smoothed edges make more than 64
 * colours, the rarest are replaced by their nearest neighbours.
 */
export function pngFile({ size, rgba }: Pixels): Buffer {
  const view = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength)
  const { colours, indexOf } = paletteOf(view, size * size)
  const rows = Buffer.alloc(size * (size + 1))
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) rows[y * (size + 1) + x + 1] = indexOf.get(colourAt(view, y * size + x))!
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk(
      'PLTE',
      Buffer.from(colours.flatMap((colour) => [colour >>> 24, (colour >>> 16) & 0xff, (colour >>> 8) & 0xff])),
    ),
    chunk('tRNS', Buffer.from(colours.map((colour) => colour & 0xff))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', new Uint8Array()),
  ])
}
