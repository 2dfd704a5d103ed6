/**
 * What a compressed file says about its own end: decoders play what is there of one that was cut, and say nothing.
 * `durationSec` is null where the file does not tell.
 * Sources: RFC 3533 §6 (Ogg), RFC 9639 §8.2 (FLAC), ISO/IEC 14496-12 §4.2 (MP4), RFC 8794 and 9559 (WebM).
 */
export function readCompressedEnd(bytes: Uint8Array): { isCut: boolean; durationSec: number | null } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (letters(bytes, 0) === 'OggS') return { isCut: isOggCut(bytes), durationSec: null }
  if (letters(bytes, 0) === 'fLaC') return { isCut: false, durationSec: flacSeconds(view) }
  if (letters(bytes, 4) === 'ftyp') return { isCut: isMp4Cut(view), durationSec: null }
  if (bytes.length > 4 && view.getUint32(0) === ebmlHead) return { isCut: isWebmCut(bytes), durationSec: null }
  return { isCut: false, durationSec: null }
}

/** Page after page; a page's size is the sum of its segments. */
function isOggCut(bytes: Uint8Array): boolean {
  let at = 0
  while (at < bytes.length && letters(bytes, at) === 'OggS') {
    const table = at + 27
    const segments = bytes[table - 1]
    if (segments === undefined || table + segments > bytes.length) return true
    at = table + segments
    for (let segment = table; segment < table + segments; segment += 1) at += bytes[segment]!
  }
  return at > bytes.length
}

/** Of the block that comes first in every file; 0 samples = the encoder did not know. */
function flacSeconds(view: DataView): number | null {
  if (view.byteLength < 26) return null
  const rate = view.getUint32(18) >>> 12
  const samples = (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22)
  return rate > 0 && samples > 0 ? samples / rate : null
}

/** Box after box; a size of 0 = to the end of the file. */
function isMp4Cut(view: DataView): boolean {
  let at = 0
  while (at + 8 <= view.byteLength) {
    const short = view.getUint32(at)
    if (short === 0) return false
    if (short === 1 && at + 16 > view.byteLength) return true
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short
    // No box is smaller than its own head: this is no MP4 any more, and no end that could be missing.
    if (size < 8) return false
    at += size
  }
  return at > view.byteLength
}

const ebmlHead = 0x1a45dfa3
const segmentId = 0x18538067

/** The head, then one segment with everything in it; recorders that write while they record leave its size open. */
function isWebmCut(bytes: Uint8Array): boolean {
  const head = readSize(bytes, 4)
  if (!head) return true
  const at = head.next + (head.size ?? 0)
  if (at + 4 > bytes.length) return true
  if (new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0) !== segmentId) return false
  const segment = readSize(bytes, at + 4)
  return segment === null || (segment.size !== null && segment.next + segment.size > bytes.length)
}

/** A size of one to eight bytes: leading zero bits say how many follow. All ones = open (null). */
function readSize(bytes: Uint8Array, at: number): { size: number | null; next: number } | null {
  const first = bytes[at]
  if (first === undefined || first === 0) return null
  const more = Math.clz32(first) - 24
  if (at + more >= bytes.length) return null
  const mask = 0x7f >> more
  let size = first & mask
  let isOpen = size === mask
  for (let next = at + 1; next <= at + more; next += 1) {
    size = size * 256 + bytes[next]!
    isOpen &&= bytes[next] === 0xff
  }
  return { size: isOpen ? null : size, next: at + more + 1 }
}

const letters = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
