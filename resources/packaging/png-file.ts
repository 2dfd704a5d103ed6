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

/** The colours in use as 0xRRGGBBAA with the lowest `dropBits` bits of each part left out; all of clear is one colour. */
function colourAt(view: DataView, index: number, dropBits: number): number {
  const mask = (0xff << dropBits) & 0xff
  const seen = (view.getUint32(index * 4) & ((mask << 24) | (mask << 16) | (mask << 8) | 0xff)) >>> 0
  return seen & 0xff ? seen : 0
}

/**
 * A square PNG with a palette: a third of the size for our flat drawings. Where the smoothed edges make more than 256
 * colours, the lowest bits are left out until the palette holds them.
 */
export function pngFile({ size, rgba }: Pixels, dropBits = 0): Buffer {
  const view = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength)
  const palette = new Map<number, number>()
  const rows = Buffer.alloc(size * (size + 1))
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const colour = colourAt(view, y * size + x, dropBits)
      if (!palette.has(colour)) palette.set(colour, palette.size)
      rows[y * (size + 1) + x + 1] = palette.get(colour)! & 0xff
    }
  }
  if (palette.size > 256) return pngFile({ size, rgba }, dropBits + 1)
  const colours = [...palette.keys()]
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(colours.flatMap((colour) => [colour >>> 24, (colour >>> 16) & 0xff, (colour >>> 8) & 0xff]))),
    chunk('tRNS', Buffer.from(colours.map((colour) => colour & 0xff))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', new Uint8Array()),
  ])
}
