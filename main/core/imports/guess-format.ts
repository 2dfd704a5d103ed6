import type { ImportDelimiter, ImportEncoding } from '../../../preload/contract/index.ts'

/** By the first bytes: a workbook is a ZIP archive, the old kind an OLE file; everything else is tried as text. */
export function formatOf(head: Uint8Array): 'csv' | 'xlsx' | 'xls' {
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'xlsx'
  return starts(0xd0, 0xcf, 0x11, 0xe0) ? 'xls' : 'csv'
}

/** A byte order mark decides; else zero bytes in every second place; else strict UTF-8, else GB18030. `isWhole`: nothing follows `head`. */
export function encodingOf(head: Uint8Array, isWhole: boolean): ImportEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) zeros[at % 2]! += 1
  const most = head.length / 5
  if (zeros[1]! > most && zeros[0] === 0) return 'utf-16le'
  if (zeros[0]! > most && zeros[1] === 0) return 'utf-16be'
  return isUtf8(head, isWhole) ? 'utf-8' : 'gb18030'
}

/** Strict: overlong forms and surrogates are refused. A sign that the end cuts off is no fault unless the file ends there. */
function isUtf8(bytes: Uint8Array, isWhole: boolean): boolean {
  let at = 0
  while (at < bytes.length) {
    const first = bytes[at]!
    if (first < 0x80) {
      at += 1
      continue
    }
    const length =
      first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
    if (length === 0) return false
    if (at + length > bytes.length) return !isWhole
    const second = bytes[at + 1]!
    const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
    const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
    if (second < least || second > most) return false
    for (let more = 2; more < length; more += 1) {
      const byte = bytes[at + more]!
      if (byte < 0x80 || byte > 0xbf) return false
    }
    at += length
  }
  return true
}

/** The sign that most evenly parts the first lines outside of quotation marks; a comma where nothing does. */
export function delimiterOf(head: string): ImportDelimiter {
  const lines = linesOf(head).slice(0, 20)
  const scored = ([',', '\t', ';'] as const).map((sign) => {
    const counts = lines.map((line) => countOutside(line, sign))
    const most = Math.max(0, ...counts)
    const usual = counts.filter((count) => count === most).length
    return { sign, score: most === 0 ? 0 : most * (usual / lines.length) }
  })
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).sign
}

/** Lines that are not empty; one that stands in quotation marks goes on. */
function linesOf(text: string): string[] {
  const lines: string[] = []
  let line = ''
  let quoted = false
  for (const sign of text) {
    if (sign === '"') quoted = !quoted
    if (!quoted && (sign === '\n' || sign === '\r')) {
      if (line !== '') lines.push(line)
      line = ''
    } else line += sign
  }
  // The last one may be cut off.
  return lines.length === 0 && line !== '' ? [line] : lines
}

function countOutside(line: string, wanted: string): number {
  let quoted = false
  let count = 0
  for (const sign of line) {
    if (sign === '"') quoted = !quoted
    else if (sign === wanted && !quoted) count += 1
  }
  return count
}
