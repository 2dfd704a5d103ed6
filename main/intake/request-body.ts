import type { IncomingMessage } from 'node:http'
import { limits } from './limits.ts'

/** The body as latin1 text, or null when it is too long. Nothing when the sender goes away. */
export function readBody(request: IncomingMessage, then: (body: string | null) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    const fitted = size <= limits.bodyBytes
    size += chunk.length
    if (size <= limits.bodyBytes) chunks.push(chunk)
    else if (fitted) then(null)
  })
  request.on('end', () => {
    if (size <= limits.bodyBytes) then(Buffer.concat(chunks).toString('latin1'))
  })
}

/** Bodies without a type are taken for forms. */
export const isForm = (contentType: string | undefined) =>
  contentType === undefined || /^application\/x-www-form-urlencoded\b/i.test(contentType)
