import type { ServerResponse } from 'node:http'

const headers = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
const okHeaders = { ...headers, 'Content-Type': 'text/plain', 'Content-Length': '2' }
const emptyHeaders = { ...headers, 'Content-Length': '0' }
const closeHeaders = { ...emptyHeaders, Connection: 'close' }

/** An answer with words of its own. */
export interface Reply {
  status: number
  type: 'application/json' | 'text/plain'
  body: string
}

/** A bare status: `OK` with 200, nothing with any other. */
export function replyStatus(response: ServerResponse, status: number): void {
  const chunked = isChunked(response.req.rawHeaders)
  if (status === 200) {
    response.writeHead(200, chunked ? { ...okHeaders, Connection: 'close' } : okHeaders)
    response.end('OK')
    return
  }
  response.writeHead(status, chunked || status === 413 ? closeHeaders : emptyHeaders)
  response.end()
}

export function replyWith(response: ServerResponse, { status, type, body }: Reply): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, {
    ...headers,
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': String(bytes.length),
    // The line front does not follow a chunked body: its connection ends here.
    ...(isChunked(response.req.rawHeaders) ? { Connection: 'close' } : {}),
  })
  response.end(bytes)
}

/** Looked for in the raw list: building the header object costs more than answering. */
function isChunked(rawHeaders: readonly string[]): boolean {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 17 && name.toLowerCase() === 'transfer-encoding') return true
  }
  return false
}
