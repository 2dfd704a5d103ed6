const space = 0x20
const version = Buffer.from(' HTTP/1.')

const mustEncode = (byte: number) => byte <= space || byte >= 0x7f

/**
 * The request line with everything percent-encoded that node's parser refuses in a target: control bytes, spaces and
 * bytes above ASCII. Returns `line` itself when there is nothing to do or when it is no HTTP/1.x request line at all.
 * `line` ends with its line feed.
 */
export function cleanRequestLine(line: Buffer): Buffer {
  const methodEnd = line.indexOf(space)
  const targetEnd = line.lastIndexOf(version)
  if (methodEnd <= 0 || targetEnd <= methodEnd) return line
  let start = methodEnd + 1
  let end = targetEnd
  while (start < end && line[start] === space) start += 1
  while (end > start && line[end - 1] === space) end -= 1
  if (start === end) return line
  const bare = line[start] === questionMark
  let dirty = bare || start !== methodEnd + 1 || end !== targetEnd ? 1 : 0
  for (let at = start; at < end; at += 1) if (mustEncode(line[at]!)) dirty += 1
  if (dirty === 0) return line
  const target: string[] = bare ? ['/'] : []
  for (let at = start; at < end; at += 1) {
    const byte = line[at]!
    target.push(mustEncode(byte) ? `%${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte))
  }
  return Buffer.concat([
    line.subarray(0, methodEnd + 1),
    Buffer.from(target.join(''), 'latin1'),
    line.subarray(targetEnd),
  ])
}

/** `GET ?method=smsquery` is what an address without a path becomes with some clients; the parser wants the slash. */
const questionMark = 0x3f

/** The path of a request target, decoded from its ASCII escapes, without host, query and fragment. Cannot fail. */
export function pathOf(target: string): string {
  const path = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)/i.exec(target)?.[1] ?? ''
  return path.replace(/%([2-7][0-9a-f])/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The query of a request target: everything after the first question mark, as it stands. */
export function queryOf(target: string): string {
  const mark = target.indexOf('?')
  return mark < 0 ? '' : target.slice(mark + 1)
}
