/** One square PNG picture: its edge in pixels and its bytes. */
export interface IconPicture {
  size: number
  png: Buffer
}

/** Edge of a PNG in pixels, from its header. Throws when the bytes are not a square PNG. */
export function pngSize(png: Buffer): number {
  if (png.length < 24 || png.toString('latin1', 1, 4) !== 'PNG') throw new Error('not a PNG picture')
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  if (width !== height) throw new Error(`not a square picture: ${width} x ${height}`)
  return width
}

/**
 * A Windows .ico that holds PNG pictures (allowed since Windows Vista). electron-builder would make one too, but
 * downloads a program for it. Sizes up to 256.
 */
export function icoFile(pictures: readonly IconPicture[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of pictures.entries()) {
    if (size > 256) throw new Error(`an .ico picture is at most 256 pixels wide, not ${size}`)
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** Type codes of an .icns for pictures stored as PNG; the `@2x` ones share the pixels of the next size. */
const icnsTypes: Record<number, readonly string[]> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['icp6', 'ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

/** A macOS .icns that holds PNG pictures; sizes it has no place for are left out. */
export function icnsFile(pictures: readonly IconPicture[]): Buffer {
  const chunks = pictures.flatMap(({ size, png }) =>
    (icnsTypes[size] ?? []).map((type) => {
      const head = Buffer.alloc(8)
      head.write(type, 'latin1')
      head.writeUInt32BE(png.length + 8, 4)
      return Buffer.concat([head, png])
    }),
  )
  const body = Buffer.concat(chunks)
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(body.length + 8, 4)
  return Buffer.concat([head, body])
}
