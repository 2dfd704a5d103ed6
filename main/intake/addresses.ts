import { isIPv4, isIPv6 } from 'node:net'
import { hostname, type NetworkInterfaceInfo, networkInterfaces } from 'node:os'

/** One spelling per address: IPv4 inside IPv6 as IPv4, no zone, lower case. Text that is no address stays as it is. */
export function normalAddress(address: string): string {
  const plain = address.trim().toLowerCase().replace(/%.*$/, '')
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (dotted !== undefined && isIPv4(dotted)) return dotted
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain)
  if (!hex) return plain
  const [high, low] = [Number.parseInt(hex[1] ?? '', 16), Number.parseInt(hex[2] ?? '', 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** The names under which others may know this machine, lower case. */
export function ownNames(configuredHost: string): string[] {
  const own = hostname().toLowerCase()
  const short = own.split('.')[0] ?? own
  const configured = isIPv4(configuredHost) || isIPv6(configuredHost) ? [] : [configuredHost.toLowerCase()]
  return [...new Set(['localhost', own, short, `${short}.local`, ...configured])]
}

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>

const virtualCard =
  /docker|veth|vethernet|virtual|vmnet|vmware|vbox|bridge|br-|tun|tap|utun|ppp|wg|zerotier|tailscale|hamachi|wsl/i

/** Smaller is likelier to be what the PBX reaches. */
function rank(card: string, address: string): number {
  if (address.startsWith('169.254.')) return 3
  if (virtualCard.test(card)) return 2
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address) ? 0 : 1
}

/** IPv4 addresses of this machine, likeliest first; its loopback when it has no other. */
export function ownAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces).flatMap(([card, addresses]) =>
    (addresses ?? [])
      .filter((one) => one.family === 'IPv4' && !one.internal)
      .map((one) => ({ address: one.address, rank: rank(card, one.address) })),
  )
  const sorted = found.sort((a, b) => a.rank - b.rank).map((one) => one.address)
  return sorted.length > 0 ? sorted : ['127.0.0.1']
}

const isAnyAddress = (host: string) => host === '0.0.0.0' || host === '::' || host === ''

const origin = (host: string, port: number) => `http://${isIPv6(host) ? `[${host}]` : host}:${port}`

/** What to enter in the PBX, best first. */
export function popUrls(config: { host: string; path: string }, port: number, addresses: string[]): string[] {
  const hosts = isAnyAddress(config.host) ? addresses : [config.host]
  return hosts.map((host) => origin(host, port) + config.path)
}

/** How a program on this machine reaches us. */
export const localOrigin = (host: string, port: number): string => origin(isAnyAddress(host) ? '127.0.0.1' : host, port)
