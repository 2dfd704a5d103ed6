import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import { directoryOf, dosTime, utf8Names, type ZipEntryFacts } from './zip-file.ts'

/** Sizes and checksum follow the data: they are not known before. */
const sizesFollow = 0x0008

/** A text file of an archive, a piece at a time. */
export interface TextFile {
  name: string
  text: AsyncIterable<string> | Iterable<string>
}

/**
 * A zip archive as a stream (PKWARE APPNOTE 4.3, general purpose bit 3): nothing is held but a piece. No zip64, so below
 * 4 GB. Time as the wall clock of UTC shows it.
 */
export async function* zipStream(files: AsyncIterable<TextFile>, at: Date): AsyncGenerator<Uint8Array, void> {
  const stamp = dosTime(new Date(at.getTime() + at.getTimezoneOffset() * 60_000))
  const directory: ZipEntryFacts[] = []
  let offset = 0
  for await (const { name, text } of files) {
    const path = Buffer.from(name, 'utf8')
    const start = offset
    const local = Buffer.alloc(30 + path.length)
    local.write('PK\x03\x04', 'latin1')
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(utf8Names | sizesFollow, 6)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(stamp, 10)
    local.writeUInt16LE(path.length, 26)
    path.copy(local, 30)
    yield local
    offset += local.length

    let crc = 0
    let size = 0
    let packed = 0
    const plain = async function* () {
      for await (const piece of text) {
        const bytes = Buffer.from(piece, 'utf8')
        crc = crc32(bytes, crc)
        size += bytes.length
        yield bytes
      }
    }
    const deflate = createDeflateRaw()
    const source = Readable.from(plain(), { objectMode: false, highWaterMark: 256 * 1024 })
    source.once('error', (error) => deflate.destroy(error))
    try {
      for await (const bytes of source.pipe(deflate)) {
        packed += (bytes as Buffer).length
        yield bytes as Buffer
      }
    } finally {
      source.destroy()
    }

    const sizes = Buffer.alloc(16)
    sizes.write('PK\x07\x08', 'latin1')
    sizes.writeUInt32LE(crc, 4)
    sizes.writeUInt32LE(packed, 8)
    sizes.writeUInt32LE(size, 12)
    yield sizes
    offset += packed + sizes.length
    directory.push({ path, flags: utf8Names | sizesFollow, stamp, crc, packed, size, offset: start })
  }
  yield directoryOf(directory, offset)
}
