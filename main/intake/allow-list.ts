import { BlockList, isIP } from 'node:net'
import type { Clock, Log } from '../core/ports/index.ts'
import { normalAddress } from './addresses.ts'
import { firstResolveMs, resolveMs } from './limits.ts'

/** Who may report calls. Empty means nobody; this machine itself has to be listed like any other. */
export interface AllowList {
  /**
   * Replace the entries: addresses, CIDR blocks, host names. Resolves when the names have been looked up, or after 2 s;
   * a name that is answered later counts from then on. Entries that are none of the three are left out, see `invalid`.
   */
  set(entries: readonly string[]): Promise<void>
  has(address: string): boolean
  /** Entries that could not be understood. */
  invalid(): string[]
  stop(): void
}

export function createAllowList(deps: {
  clock: Clock
  log: Log
  /** All addresses of a name; rejects when there are none. */
  resolve(host: string): Promise<string[]>
}): AllowList {
  const { clock, log } = deps
  let fixed = new BlockList()
  let invalid: string[] = []
  /** Name → its addresses at the last good answer. */
  let hosts = new Map<string, Set<string>>()
  let cancel: (() => void) | null = null
  let stopped = false

  async function lookUp(host: string): Promise<void> {
    try {
      const addresses = await deps.resolve(host)
      if (addresses.length > 0 && hosts.has(host)) hosts.set(host, new Set(addresses.map(normalAddress)))
    } catch (error) {
      // The last good answer stays in force: a name server that is down must not cut the PBX off.
      log.warn('allowed-host-not-resolved', { host, reason: error instanceof Error ? error.message : 'unknown' })
    }
  }

  const lookUpAll = () => Promise.all([...hosts.keys()].map(lookUp))

  function schedule(): void {
    cancel?.()
    cancel = null
    if (stopped || hosts.size === 0) return
    cancel = clock.after(resolveMs, () => {
      void lookUpAll().then(schedule)
    })
  }

  return {
    async set(entries) {
      const next = new BlockList()
      const names = new Map<string, Set<string>>()
      invalid = []
      for (const entry of entries) {
        const kind = readEntry(entry)
        if (kind === null) invalid.push(entry)
        else if ('name' in kind) names.set(kind.name, hosts.get(kind.name) ?? new Set())
        else next.addSubnet(kind.address, kind.prefix, isIP(kind.address) === 6 ? 'ipv6' : 'ipv4')
      }
      if (invalid.length > 0) log.warn('allow-entries-invalid', { entries: invalid })
      fixed = next
      hosts = names
      schedule()
      if (names.size === 0) return
      await new Promise<void>((resolve) => {
        const giveUp = clock.after(firstResolveMs, resolve)
        void lookUpAll().then(() => {
          giveUp()
          resolve()
        })
      })
    },
    has(address) {
      const normal = normalAddress(address)
      const family = isIP(normal)
      if (family === 0) return false
      if (fixed.check(normal, family === 6 ? 'ipv6' : 'ipv4')) return true
      for (const addresses of hosts.values()) if (addresses.has(normal)) return true
      return false
    },
    invalid: () => invalid,
    stop() {
      stopped = true
      cancel?.()
    },
  }
}

function readEntry(entry: string): { address: string; prefix: number } | { name: string } | null {
  const [text = '', bits, ...more] = entry
    .trim()
    .replace(/^\[|\]$/g, '')
    .split('/')
  if (more.length > 0) return null
  const address = normalAddress(text)
  const family = isIP(address)
  if (family === 0)
    return bits === undefined && /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?$/i.test(text) && !/^[\d.]+$/.test(text)
      ? { name: text.toLowerCase() }
      : null
  const size = family === 6 ? 128 : 32
  if (bits === undefined) return { address, prefix: size }
  if (!/^\d{1,3}$/.test(bits)) return null
  // `::ffff:10.0.0.0/104` is 10.0.0.0/8 in IPv6 clothes.
  const prefix = Number(bits) - (family === 4 && text.includes(':') ? 96 : 0)
  return prefix >= 0 && prefix <= size ? { address, prefix } : null
}
