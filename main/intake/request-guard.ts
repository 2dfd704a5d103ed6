import { isIPv4, isIPv6 } from 'node:net'

/** What a Host header may say besides any literal address. */
export interface OwnNames {
  /** Lower case, without port. */
  names: readonly string[]
  port: number
}

export type GuardVerdict = 'pass' | 'host' | 'browser'

/**
 * The source address was checked before; this is the second line. A page in a browser gives itself away by its headers
 * (T1), and a name that is not ours was made to point at us (T2). A literal address cannot be rebound, so any will do:
 * the PBX may reach us through a port forward.
 */
export function guardRequest(rawHeaders: readonly string[], httpVersion: string, own: OwnNames): GuardVerdict {
  let hosts = 0
  let host = ''
  let language = false
  let mozilla = false
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? ''
    if (name === 'host') {
      hosts += 1
      host = rawHeaders[at + 1] ?? ''
    } else if (name === 'origin' || name === 'referer' || name === 'cookie' || name.startsWith('sec-fetch-')) {
      return 'browser'
    } else if (name === 'accept-language') language = true
    else if (name === 'user-agent') mozilla = rawHeaders[at + 1]?.includes('Mozilla/') ?? false
  }
  if (language && mozilla) return 'browser'
  if (hosts === 0 && httpVersion === '1.0') return 'pass'
  return hosts === 1 && isOwnHost(host, own) ? 'pass' : 'host'
}

export function isOwnHost(host: string, { names, port }: OwnNames): boolean {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s@/]+))(?::(\d{1,5}))?$/i.exec(host)
  if (!parts) return false
  const [, six, name = '', givenPort] = parts
  if (six !== undefined) return isIPv6(six)
  if (isIPv4(name)) return true
  return names.includes(name.toLowerCase()) && (givenPort === undefined || Number(givenPort) === port)
}
