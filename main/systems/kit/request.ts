import { FormDataEncoder } from 'form-data-encoder'
import type { UploadFile } from '../../core/ports/index.ts'
import { type Credentials, mask } from './auth.ts'
import { Fault } from './fault.ts'
import { type Operation, type Place, wireParams } from './operation.ts'

/** A body that is sent piece by piece. */
export interface UploadBody {
  /** Bytes, known beforehand. */
  readonly length: number
  stream(): AsyncIterable<Uint8Array>
  /** What it holds, for people: one line for each part. */
  readonly summary: string
  /** The same as options of curl: each with its value. */
  readonly curl: readonly (readonly [option: string, value: string])[]
}

/** An operation with its parameters, ready to be sent. */
export interface HttpRequest {
  method: string
  /** Another server than the connection's, or null. Credentials never go there. */
  origin: string | null
  /** Path and query. */
  target: string
  headers: Record<string, string>
  body: string | UploadBody | null
}

type Pair = [name: string, value: unknown]

/** Characters of path and query that every server and proxy takes. */
const longestTarget = 4000

/** Put checked parameters where the description says. Text is percent-encoded UTF-8; absent parameters are not sent. */
export function buildRequest(
  base: URL,
  described: Operation,
  values: Record<string, unknown>,
  credentials: Credentials = {},
): HttpRequest {
  const request = placeRequest(base, described, values, credentials)
  if (!described.longAsForm || request.target.length <= longestTarget) return request
  return placeRequest(base, { ...described, method: 'POST', body: 'form', fixedIn: 'form' }, values, credentials)
}

function placeRequest(
  base: URL,
  described: Operation,
  values: Record<string, unknown>,
  credentials: Credentials,
): HttpRequest {
  const pairs = placePairs(described, values)
  const { origin, path } = address(base, described, pairs.path)
  const own = origin === null ? credentials : {}
  pairs.query.push(...Object.entries(own.query ?? {}))
  const headers: Record<string, string> = { 'user-agent': 'Frontbell', accept: described.response.accept }
  for (const [name, value] of [...pairs.header, ...Object.entries(own.headers ?? {})]) {
    headers[name.toLowerCase()] = asText(value)
  }
  const query = encodePairs(pairs.query)
  const { body, contentType } = buildBody(described, pairs, own)
  if (contentType !== null) headers['content-type'] = contentType
  return {
    method: described.method,
    origin,
    target: path + (query && `${path.includes('?') ? '&' : '?'}${query}`),
    headers,
    body,
  }
}

function placePairs(described: Operation, values: Record<string, unknown>): Record<Place, Pair[]> {
  const pairs: Record<Place, Pair[]> = { path: [], query: [], form: [], json: [], multipart: [], header: [], soap: [] }
  for (const { key, name, place, prefix } of wireParams(described)) {
    const value = values[key]
    if (prefix !== undefined) pairs[place].push(...Object.entries(value ?? {}))
    else if (value !== undefined && value !== null) pairs[place].push([place === 'path' ? key : name, value])
  }
  pairs[described.fixedIn].push(...Object.entries(described.fixed))
  return pairs
}

const prefixes = new WeakMap<URL, string>()

/** The path that everything stands below, without the slash at its end. */
function prefixOf(base: URL): string {
  const prefix = prefixes.get(base) ?? base.pathname.replace(/\/+$/, '')
  prefixes.set(base, prefix)
  return prefix
}

function address(base: URL, described: Operation, values: Pair[]): { origin: string | null; path: string } {
  const textOf = (key: string) => asText(values.find(([name]) => name === key)?.[1])
  if (described.path.startsWith('{') && /^\{\w+\}$/.test(described.path)) {
    const key = described.path.slice(1, -1)
    const text = textOf(key)
    const url = URL.canParse(text, base.href) ? new URL(text, base) : null
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
      throw new Fault('bad-request', 'wrong-address', { field: key })
    }
    return { origin: url.origin === base.origin ? null : url.origin, path: url.pathname + url.search }
  }
  const path = described.path.includes('{')
    ? described.path.replace(/\{(\w+)\}/g, (_all, key: string) => encodeURIComponent(textOf(key)))
    : described.path
  return { origin: null, path: prefixOf(base) + path }
}

function buildBody(
  described: Operation,
  pairs: Record<Place, Pair[]>,
  credentials: Credentials,
): { body: HttpRequest['body']; contentType: string | null } {
  if (pairs.multipart.length > 0) return multipart(pairs.multipart)
  if (pairs.form.length > 0) return { body: encodePairs(pairs.form), contentType: 'application/x-www-form-urlencoded' }
  const hasJson = pairs.json.length > 0 || credentials.json !== undefined
  const isJson = hasJson || (described.body === 'json' && (described.method === 'POST' || described.method === 'PUT'))
  if (!isJson) return { body: null, contentType: null }
  return { body: JSON.stringify({ ...credentials.json, ...nested(pairs.json) }), contentType: 'application/json' }
}

function encodePairs(pairs: Pair[]): string {
  let text = ''
  for (const [name, value] of flattened(pairs)) {
    if (text !== '') text += '&'
    text += `${encodeURIComponent(name)}=${encodeURIComponent(asText(value))}`
  }
  return text
}

/** A list repeats its name. */
function flattened(pairs: Pair[]): Pair[] {
  if (!pairs.some(([, value]) => Array.isArray(value))) return pairs
  return pairs.flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one): Pair => [name, one]) : [[name, value] satisfies Pair],
  )
}

function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
}

/** `request.id` = `{"request":{"id":…}}`. */
function nested(pairs: Pair[]): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const [name, value] of pairs) {
    const steps = name.split('.')
    const last = steps.pop()!
    let at = root
    for (const step of steps) {
      at[step] ??= {}
      at = at[step] as Record<string, unknown>
    }
    at[last] = value
  }
  return root
}

const isFile = (value: unknown): value is UploadFile =>
  typeof value === 'object' && value !== null && 'open' in value && 'size' in value

/** Parts of known length, so that the request has a Content-Length: old servlet containers want one. */
function multipart(pairs: Pair[]): { body: UploadBody; contentType: string } {
  const entries = flattened(pairs).map(([name, value]): [string, unknown] => [
    name,
    isFile(value) ? filePart(value) : asText(value),
  ])
  const form = {
    [Symbol.toStringTag]: 'FormData',
    append() {},
    getAll: () => [],
    entries: () => entries.values(),
    [Symbol.iterator]: () => entries.values(),
  }
  const encoder = new FormDataEncoder(form as never)
  const summary = flattened(pairs).map(([name, value]) =>
    isFile(value) ? `${name}: ${value.name} (${value.type}, ${value.size} bytes)` : `${name}: ${asText(value)}`,
  )
  return {
    contentType: encoder.contentType,
    body: {
      length: Number(encoder.contentLength),
      stream: () => encoder.encode(),
      summary: summary.join('\n'),
      curl: flattened(pairs).map(([name, value]) =>
        isFile(value)
          ? (['-F', `${name}=@"${value.name.replace(/["\\]/g, '\\$&')}";type=${value.type}`] as const)
          : (['--form-string', `${name}=${asText(value)}`] as const),
      ),
    },
  }
}

/** What the encoder takes for a File. */
function filePart(file: UploadFile): unknown {
  return {
    [Symbol.toStringTag]: 'File',
    name: file.name,
    // It becomes a line of the part's head: one that is no type would begin another.
    type: /^[\w.+-]+\/[\x20-\x7e]+$/.test(file.type) ? file.type : 'application/octet-stream',
    size: file.size,
    stream: () => file.open(),
  }
}

/** The same values with every secret parameter replaced; beside its key stand the words that are none. */
export function maskSecrets(
  values: Record<string, unknown>,
  secrets: ReadonlyMap<string, readonly string[]>,
): Record<string, unknown> {
  const isSecret = (key: string, value: unknown) =>
    secrets.has(key) && value !== '' && !secrets.get(key)!.includes(value as string)
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isSecret(key, value) ? mask : value]))
}
