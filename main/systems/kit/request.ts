import { type Operation, type Place, wireParams } from './operation.ts'

/** An operation with its parameters, ready to be sent. */
export interface HttpRequest {
  method: string
  /** Path and query. */
  target: string
  headers: Record<string, string>
  body: string | null
}

/** Put checked parameters where the description says. Text is percent-encoded UTF-8; absent parameters are not sent. */
export function buildRequest(base: URL, described: Operation, values: Record<string, unknown>): HttpRequest {
  const pairs: Record<Place, [name: string, value: unknown][]> = { path: [], query: [], form: [], json: [], header: [] }
  for (const { key, name, place } of wireParams(described)) {
    const value = values[key]
    if (value !== undefined && value !== null) pairs[place].push([place === 'path' ? key : name, value])
  }
  const constants = Object.entries(described.fixed)
  if (pairs.form.length > 0) pairs.form.push(...constants)
  else if (pairs.json.length > 0) pairs.json.push(...constants)
  else pairs.query.push(...constants)

  const path = described.path.replace(/\{(\w+)\}/g, (_all, key: string) =>
    encodeURIComponent(asText(pairs.path.find(([name]) => name === key)?.[1])),
  )
  const query = encodePairs(pairs.query)
  const headers: Record<string, string> = { 'user-agent': 'Frontbell', accept: described.response.accept }
  for (const [name, value] of pairs.header) headers[name.toLowerCase()] = asText(value)
  const body = pairs.form.length > 0 ? encodePairs(pairs.form) : pairs.json.length > 0 ? nestedJson(pairs.json) : null
  if (pairs.form.length > 0) headers['content-type'] = 'application/x-www-form-urlencoded'
  else if (body !== null) headers['content-type'] = 'application/json'
  return {
    method: described.method,
    target: base.pathname.replace(/\/+$/, '') + path + (query && `?${query}`),
    headers,
    body,
  }
}

function encodePairs(pairs: [string, unknown][]): string {
  return pairs
    .flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one) => [name, one] as const) : [[name, value] as const],
    )
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(asText(value))}`)
    .join('&')
}

function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

/** `request.id` = `{"request":{"id":…}}`. */
function nestedJson(pairs: [string, unknown][]): string {
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
  return JSON.stringify(root)
}
