import { crc32, deflateRawSync } from 'node:zlib'

/** A part of an archive; `packed` and `size` say what stands in its head, true or not. */
export interface ZipPart {
  name: string
  data?: string | Buffer
  packed?: Buffer
  size?: number
  /** The part before it is used again: nothing of its own is written. */
  overlaps?: boolean
}

/** An archive, byte by byte, so that it may lie. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  let before = 0
  for (const { name, data = '', packed, size, overlaps = false } of parts) {
    const plain = Buffer.from(data)
    const body = packed ?? deflateRawSync(plain)
    const label = Buffer.from(name)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(0x0800, 2)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(plain), 10)
    facts.writeUInt32LE(body.length, 14)
    facts.writeUInt32LE(size ?? plain.length, 18)
    facts.writeUInt16LE(label.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, label, body])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(overlaps ? before : at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), facts, tail, label]))
    if (overlaps) continue
    bodies.push(local)
    before = at
    at += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...bodies, list, Buffer.from('PK\u0005\u0006'), end])
}
