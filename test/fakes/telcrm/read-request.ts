import type { FakeAnswer, FakeOperation, Values } from './fake-operation.ts'
import { fakeOperations } from './operations/index.ts'

export interface FakeRequest {
  method: string
  /** Path and query as they came. */
  target: string
  headers: NodeJS.Dict<string | string[]>
  body: Buffer
}

type Read =
  | { operation: FakeOperation; values: Values; file: Buffer | null }
  | { refused: FakeAnswer /** HTTP's own refusal, never a code in the body. */; isHttp?: true }

/** A strict reading of a request: the operation and its parameters, or what to refuse it with. */
export function readRequest(request: FakeRequest): Read {
  const [path = '', search = ''] = request.target.split('?', 2)
  const here = Object.values(fakeOperations).filter((one) => one.path === path)
  if (here.length === 0) return { refused: { code: 404 } }
  const allowed = here.filter((one) => (one.method ?? 'GET') === request.method)
  if (allowed.length === 0) return { refused: { code: 405 }, isHttp: true }
  const query = readQuery(search)
  const form = request.method === 'POST' ? readMultipart(request) : { fields: {}, files: {} }
  if (!query || !form || Object.keys(query).some((name) => name in form.fields && form.fields[name] !== query[name])) {
    return { refused: { code: 400 } }
  }
  const given = { ...query, ...form.fields }
  const candidates = allowed.filter(({ constants }) =>
    Object.entries(constants).every(([name, value]) => given[name] === value),
  )
  for (const operation of candidates) {
    const values = Object.fromEntries(Object.entries(given).filter(([name]) => !(name in operation.constants)))
    const files = Object.keys(form.files).filter((name) => name !== operation.file)
    if (files.length === 0 && isComplete(operation, values)) {
      return { operation, values, file: form.files[operation.file ?? ''] ?? null }
    }
  }
  return { refused: candidates[0]?.badParameters ?? { code: 400 } }
}

function isComplete({ required, optional = [], family }: FakeOperation, values: Values): boolean {
  const isKnown = (name: string) => required.includes(name) || optional.includes(name) || family?.test(name) === true
  return required.every((name) => values[name]) && Object.keys(values).every(isKnown)
}

function readQuery(search: string): Values | null {
  const query: Values = {}
  if (search === '') return query
  for (const pair of search.split('&')) {
    const [name = '', ...rest] = pair.split('=')
    const value = decode(rest.join('='))
    if (rest.length === 0 || value === null || name === '' || Object.hasOwn(query, name)) return null
    query[name] = value
  }
  return query
}

/** Percent-encoded UTF-8 only, once: raw blanks, `+` for a blank, other charsets and `%2540` are refused. */
function decode(value: string): string | null {
  if (!/^[\x21-\x7e]*$/.test(value) || value.includes('+') || /%25(25)*40/.test(value)) return null
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}

/** An old servlet container: it wants a Content-Length, and each part once. */
function readMultipart({ headers, body }: FakeRequest): { fields: Values; files: Record<string, Buffer> } | null {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(String(headers['content-type']))?.[1]
  if (boundary === undefined || Number(headers['content-length']) !== body.length) return null
  const text = body.toString('latin1')
  const parts = text.split(`--${boundary}`)
  if (parts.shift() !== '' || parts.pop()?.trimEnd() !== '--') return null
  const read: { fields: Values; files: Record<string, Buffer> } = { fields: {}, files: {} }
  for (const part of parts) {
    const at = part.indexOf('\r\n\r\n')
    const head = part.slice(0, at)
    const name = / name="([^"]+)"/.exec(head)?.[1]
    if (at < 0 || name === undefined || name in read.fields || name in read.files || !part.endsWith('\r\n')) return null
    const bytes = Buffer.from(part.slice(at + 4, -2), 'latin1')
    if (/ filename="/.test(head)) read.files[name] = bytes
    else read.fields[name] = bytes.toString()
  }
  return read
}
