import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  /** With `/` between folders. */
  name: string
  bytes: Uint8Array
}

export const utf8Names = 0x0800
const deflated = 8

/** What the end of an archive says of one entry. */
export interface ZipEntryFacts {
  path: Buffer
  flags: number
  stamp: number
  crc: number
  packed: number
  size: number
  /** Where it begins. */
  offset: number
}

/** A zip archive in memory (PKWARE APPNOTE 4.3): deflate, UTF-8 names, no zip64, so below 4 GB and 65,535 entries. */
export function zipOf(entries: readonly ZipEntry[], at: Date): Buffer {
  const stamp = dosTime(at)
  const parts: Buffer[] = []
  const directory: ZipEntryFacts[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const path = Buffer.from(name, 'utf8')
    const data = deflateRawSync(bytes)
    const entry = { path, flags: utf8Names, stamp, crc: crc32(bytes), packed: data.length, size: bytes.length, offset }
    directory.push(entry)
    const local = [Buffer.from('PK\x03\x04', 'latin1'), factsOf(entry), path, data]
    parts.push(...local)
    offset += local.reduce((sum, part) => sum + part.length, 0)
  }
  return Buffer.concat([...parts, directoryOf(directory, offset)])
}

/** Version, flags, method, time, checksum, sizes and name length: the same in front of the data and in the directory. */
function factsOf({ path, flags, stamp, crc, packed, size }: ZipEntryFacts): Buffer {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(flags, 2)
  facts.writeUInt16LE(deflated, 4)
  facts.writeUInt32LE(stamp, 6)
  facts.writeUInt32LE(crc, 10)
  facts.writeUInt32LE(packed, 14)
  facts.writeUInt32LE(size, 18)
  facts.writeUInt16LE(path.length, 22)
  return facts
}

/** The end of an archive whose directory begins at `offset`. */
export function directoryOf(entries: readonly ZipEntryFacts[], offset: number): Buffer {
  const directory = entries.flatMap((one) => {
    // Made by version 2.0 on no particular system; no comment, disk 0, no attributes.
    const place = Buffer.alloc(14)
    place.writeUInt32LE(one.offset, 10)
    return [Buffer.from('PK\x01\x02\x14\x00', 'latin1'), factsOf(one), place, one.path]
  })
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12,
  )
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...directory, end])
}

/** Time in the low half, date in the high one; two-second steps, from 1980. */
export function dosTime(at: Date): number {
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1)
  const date = ((Math.max(1980, at.getFullYear()) - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate()
  return ((date << 16) | time) >>> 0
}
