import { describe, expect, it } from 'vitest'
import { createAllowList } from '../../main/intake/allow-list.ts'
import { createListLog, createManualClock, settle } from '../core/calls/manual-clock.ts'

const never = () => Promise.reject(new Error('not asked'))
const open = (resolve: (host: string) => Promise<string[]> = never) => {
  const clock = createManualClock()
  return { clock, list: createAllowList({ clock, log: createListLog(), resolve }) }
}

describe('T1: allow-list', () => {
  it('T1: empty lets nobody in, not even this machine', async () => {
    const { list } = open()
    for (const address of ['127.0.0.1', '::1', '192.168.1.82', '', 'x']) expect(list.has(address)).toBe(false)
    await list.set([])
    expect(list.has('127.0.0.1')).toBe(false)
  })

  it.each<[string, string, boolean]>([
    ['192.168.1.82', '192.168.1.82', true],
    ['192.168.1.82', '::ffff:192.168.1.82', true],
    ['192.168.1.82', '::FFFF:C0A8:0152', true],
    ['::ffff:192.168.1.82', '192.168.1.82', true],
    [' 192.168.1.82 ', '192.168.1.82', true],
    ['192.168.1.82', '192.168.1.83', false],
    ['192.168.1.0/24', '192.168.1.255', true],
    ['192.168.1.0/24', '192.168.2.1', false],
    ['192.168.1.77/24', '192.168.1.1', true],
    ['10.0.0.0/8', '::ffff:10.200.0.1', true],
    ['::ffff:10.0.0.0/104', '10.200.0.1', true],
    ['10.0.0.1/32', '10.0.0.2', false],
    ['fd00::/8', 'fd12:3456::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['[fe80::1]', 'fe80::1%eth0', true],
    ['192.168.1.82', 'pbx.example', false],
  ])('T1: %s and %s: %s', async (entry, address, allowed) => {
    const { list } = open()
    await list.set([entry])
    expect(list.has(address)).toBe(allowed)
    expect(list.invalid()).toEqual([])
  })

  it('names what it cannot read, and keeps the rest', async () => {
    const { list } = open(() => Promise.resolve(['10.1.1.1']))
    await list.set(['300.1.1.1', '10.0.0.0/40', '10.0.0.0/x', 'a b', '', '10.0.0.5'])
    expect(list.invalid()).toEqual(['300.1.1.1', '10.0.0.0/40', '10.0.0.0/x', 'a b', ''])
    expect(list.has('10.0.0.5')).toBe(true)
  })

  it('names are resolved, resolved again every minute, and the last good answer stays', async () => {
    let answer: string[] | Error = ['10.1.1.1', '::ffff:10.1.1.2']
    const { clock, list } = open(async () => {
      if (answer instanceof Error) throw answer
      return answer
    })
    await list.set(['PBX.example'])
    expect(list.has('10.1.1.1') && list.has('10.1.1.2')).toBe(true)
    answer = ['10.1.1.3']
    clock.advance(60_000)
    await settle()
    expect([list.has('10.1.1.1'), list.has('10.1.1.3')]).toEqual([false, true])
    answer = new Error('ENOTFOUND')
    clock.advance(60_000)
    await settle()
    expect(list.has('10.1.1.3')).toBe(true)
    answer = []
    clock.advance(60_000)
    await settle()
    expect(list.has('10.1.1.3')).toBe(true)
    await list.set(['10.9.9.9'])
    expect(list.has('10.1.1.3')).toBe(false)
  })

  it('a name server that says nothing holds the start up for two seconds at most', async () => {
    let answer = (_addresses: string[]) => {}
    const { clock, list } = open(() => new Promise((resolve) => (answer = resolve)))
    let set = false
    const setting = list.set(['pbx.example', '10.0.0.5']).then(() => (set = true))
    await settle()
    expect([set, list.has('10.0.0.5')]).toEqual([false, true])
    clock.advance(2000)
    await setting
    answer(['10.1.1.1'])
    await settle()
    expect(list.has('10.1.1.1')).toBe(true)
  })
})
