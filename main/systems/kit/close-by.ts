import { lookup } from 'node:dns'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'
import { Fault } from './fault.ts'

const closeBy = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
] as const) {
  closeBy.addSubnet(network, prefix, 'ipv4')
}
closeBy.addAddress('::', 'ipv6')
closeBy.addAddress('::1', 'ipv6')
closeBy.addSubnet('fe80::', 10, 'ipv6')

/** This machine, and what only answers on its own wire (cloud machines keep secrets at 169.254.169.254). */
export function isCloseBy(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '')
  if (isIP(address) === 0) return /(^|\.)localhost\.?$/i.test(address)
  return closeBy.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** Looks a name up and refuses what is close by: such a name was made to reach this computer. */
export function lookupElsewhere(resolve: LookupFunction = lookup): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address)
      if (error === null && addresses.some(isCloseBy)) done(new Fault('bad-request', 'wrong-address'), found, family)
      else done(error, found, family)
    })
  }
}
