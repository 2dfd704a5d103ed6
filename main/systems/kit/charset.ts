import { isUtf8 } from 'node:buffer'

/**
 * Bytes to text as an old PBX needs it: a byte order mark, else the declared charset where the bytes agree with it, else
 * strict UTF-8, else GB18030 (covers GBK and GB2312). `declared` is the charset of the Content-Type, or null.
 */
export function decodeText(bytes: Uint8Array, declared: string | null): string {
  const first = markedCharset(bytes) ?? trusted(declared) ?? 'utf-8'
  // Nearly every answer: no decoder has to be made for it.
  if (first === 'utf-8' && bytes[0] !== 0xef && isUtf8(bytes))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  for (const label of [first, trusted(declared), 'utf-8', 'gb18030']) {
    const text = label === null ? null : strictly(bytes, label)
    if (text !== null) return text
  }
  // Neither charset fits, e.g. a name cut in the middle of a character: keep what can be read.
  return new TextDecoder('utf-8').decode(bytes)
}

/** The charset parameter of a Content-Type header, lower case, or null. */
export function declaredCharset(contentType: string | undefined): string | null {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? null
}

/** Java servers declare ISO-8859-1 when nobody chose a charset: it says nothing, and it would fit any bytes. */
function trusted(declared: string | null): string | null {
  return declared === null || /^(iso-?8859-?1|latin-?1|us-ascii|ascii|windows-1252)$/.test(declared) ? null : declared
}

function markedCharset(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

function strictly(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null // a charset that does not exist, or bytes that do not fit it: the caller tries the next one
  }
}
