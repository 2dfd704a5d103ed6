import { createReadStream } from 'node:fs'
import type { AnswerRecording, RecordingAnswer, StoredRecording } from '../core/ports/index.ts'
import { soundFile } from './recording-files.ts'

const safe = { 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' }

/**
 * `GET /recordings/<key>`, whole or by one Range (RFC 9110 §14); `?save=<name>` makes it a download. The type is what the
 * bytes are: nothing that the PBX claimed reaches the page.
 */
export function createRecordingAnswers(
  dir: string,
  find: (key: string) => Promise<StoredRecording | null>,
): AnswerRecording {
  return async ({ method, target, range }) => {
    if (method !== 'GET' && method !== 'HEAD') return bare(405, { allow: 'GET, HEAD' })
    const [path = '', query = ''] = target.split('?')
    const key = /^\/recordings\/([0-9a-f]{64})$/.exec(path)?.[1]
    // A folder that cannot be read has no recordings for the page.
    const found = key === undefined ? null : await find(key).catch(() => null)
    if (!found) return bare(404)
    const part = rangeOf(range, found.bytes)
    if (part === 'unsatisfiable') return bare(416, { 'content-range': `bytes */${found.bytes}` })
    const { from, to } = part ?? { from: 0, to: found.bytes - 1 }
    const name = new URLSearchParams(query).get('save')
    return {
      status: part ? 206 : 200,
      headers: {
        ...safe,
        'accept-ranges': 'bytes',
        etag: `"${found.sha256}"`,
        'content-type': found.type,
        'content-length': String(to - from + 1),
        ...(part ? { 'content-range': `bytes ${from}-${to}/${found.bytes}` } : {}),
        ...(name === null ? {} : { 'content-disposition': attachment(name) }),
      },
      body: method === 'HEAD' ? null : createReadStream(soundFile(dir, found.key), { start: from, end: to }),
    }
  }
}

function bare(status: RecordingAnswer['status'], headers: Record<string, string> = {}): RecordingAnswer {
  return { status, headers: { ...safe, 'content-length': '0', ...headers }, body: null }
}

/** Null = the whole file: no Range, several of them, or one that cannot be read. */
function rangeOf(range: string | null, size: number): { from: number; to: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? '')
  const [, first = '', last = ''] = match ?? []
  if (!match || (first === '' && last === '')) return null
  if (first === '')
    return last === '0' || Number(last) === 0
      ? 'unsatisfiable'
      : { from: Math.max(0, size - Number(last)), to: size - 1 }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return null
  return from >= size ? 'unsatisfiable' : { from, to }
}

/** RFC 6266: a plain name for old readers, the real one encoded. */
function attachment(name: string): string {
  const clean = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 120) || 'recording'
  const plain = clean.replace(/[^\x20-\x7e]/g, '_')
  const encoded = encodeURIComponent(clean).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
