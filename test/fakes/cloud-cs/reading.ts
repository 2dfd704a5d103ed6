import type { IncomingMessage } from 'node:http'
import type { Endpoint, UploadedFile, Values } from './values.ts'

export interface Received {
  values: Values
  files: Record<string, UploadedFile>
}

/** The parameters of a request, from the one place where the endpoint takes them. Null = they came another way. */
export function readParameters(
  endpoint: Endpoint,
  request: IncomingMessage,
  query: URLSearchParams,
  body: Buffer,
): Received | null {
  const type = request.headers['content-type'] ?? ''
  if (endpoint.body === 'query') return body.length === 0 ? { values: grouped(query), files: {} } : null
  if ([...query].length > 0) return null
  switch (endpoint.body) {
    case 'form':
      return type.startsWith('application/x-www-form-urlencoded')
        ? { values: grouped(new URLSearchParams(body.toString())), files: {} }
        : null
    case 'json':
      return type.startsWith('application/json') ? { values: JSON.parse(body.toString()) as Values, files: {} } : null
    case 'multipart': {
      const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(type)?.[1]
      return boundary === undefined ? null : readParts(body, boundary)
    }
  }
}

function grouped(pairs: Iterable<[string, string]>): Values {
  const values: Record<string, string | string[]> = {}
  for (const [name, value] of pairs) {
    const known = values[name]
    values[name] = known === undefined ? value : [known, value].flat()
  }
  return values
}

function readParts(body: Buffer, boundary: string): Received {
  const values: [string, string][] = []
  const files: Record<string, UploadedFile> = {}
  const mark = Buffer.from(`--${boundary}`)
  let at = body.indexOf(mark)
  for (;;) {
    const next = body.indexOf(mark, at + mark.length)
    if (at < 0 || next < 0) break
    const part = body.subarray(at + mark.length + 2, next - 2)
    const split = part.indexOf('\r\n\r\n')
    const head = part.toString('utf8', 0, split)
    const content = part.subarray(split + 4)
    const name = / name="([^"]*)"/.exec(head)?.[1] ?? ''
    const filename = / filename="([^"]*)"/.exec(head)?.[1]
    if (filename === undefined) values.push([name, content.toString()])
    else files[name] = { filename, bytes: Buffer.from(content) }
    at = next
  }
  return { values: grouped(values), files }
}

/** The same answer as XML, as a Java server writes it: a list repeats its name. */
export function toXml(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => toXml(name, one)).join('')
  if (value === null || value === undefined) return `<${name}/>`
  const inner =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([key, one]) => toXml(key, one))
          .join('')
      : String(value).replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!)
  return `<${name}>${inner}</${name}>`
}
