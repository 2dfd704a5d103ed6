import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { CoreError } from '../../main/core/errors.ts'
import { ownAddresses, popUrls } from '../../main/intake/addresses.ts'
import { portRetryMs } from '../../main/intake/limits.ts'
import { createManualClock } from '../core/calls/manual-clock.ts'
import { openListener, popRequest, until } from './open-listener.ts'
import { ask, openClient } from './raw-client.ts'

describe('commit before OK', () => {
  it('answers only when the event is committed', async () => {
    let commit = () => {}
    const { port } = await openListener({ accept: () => new Promise((resolve) => (commit = resolve)) })
    const client = await openClient(port)
    client.send(popRequest())
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(client.received()).toBe('')
    commit()
    expect(await client.answer()).toMatchObject({ status: 200, body: 'OK' })
    client.close()
  })

  it('R13: what could not be stored is answered 503 with an empty body', async () => {
    const { port } = await openListener({
      accept: () => Promise.reject(new CoreError('storage-failed', { reason: 'disk full' })),
    })
    expect(await ask(port, popRequest())).toMatchObject({ status: 503, body: '' })
  })

  it('R7: fifty copies on fifty sockets are fifty events, each answered', async () => {
    const { port, pops } = await openListener()
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(port, popRequest())))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(pops).toHaveLength(50)
  })

  it('stopping waits for what is being stored, then closes everything', async () => {
    let commit = () => {}
    const { port, listener } = await openListener({ accept: () => new Promise((resolve) => (commit = resolve)) })
    const storing = await openClient(port)
    const idle = await openClient(port)
    storing.send(popRequest())
    await new Promise((resolve) => setTimeout(resolve, 30))
    const stopped = listener.stop()
    setTimeout(() => commit(), 50)
    expect((await storing.answer()).status).toBe(200)
    await stopped
    await idle.closed()
    expect(listener.status().state).toBe('stopped')
    await expect(openClient(port)).rejects.toThrow()
  })
})

describe('status', () => {
  it('tells where it listens and when it last heard something', async () => {
    const { listener, port, statuses } = await openListener()
    expect(listener.url()).toBe(`http://127.0.0.1:${port}`)
    expect(listener.status()).toMatchObject({
      state: 'listening',
      port,
      urls: [`http://127.0.0.1:${port}/srvlt`],
      lastEventAt: null,
      problem: null,
    })
    await ask(port, popRequest())
    const startedAt = Date.now()
    expect(startedAt - (statuses.at(-1)?.lastEventAt ?? 0)).toBeLessThan(5000)
    const told = statuses.length
    for (let count = 0; count < 50; count += 1) await ask(port, popRequest())
    expect(statuses.length - told).toBeLessThanOrEqual(1)
  })

  it('a new path holds at once, on the same port', async () => {
    let path = '/srvlt'
    const { listener, port } = await openListener({ config: () => ({ host: '127.0.0.1', port: 0, path }) })
    path = '/crm'
    await listener.restart()
    expect(listener.status()).toMatchObject({ port, urls: [`http://127.0.0.1:${port}/crm`] })
    expect((await ask(port, popRequest().replace('/srvlt', '/crm'))).status).toBe(200)
  })

  it('R20: when the addresses of this machine change, the address for the PBX is told anew', async () => {
    const clock = createManualClock()
    let addresses = ['192.168.1.23']
    const { statuses, port } = await openListener({
      clock,
      config: () => ({ host: '0.0.0.0', port: 0, path: '/srvlt' }),
      addresses: () => addresses,
    })
    expect(statuses.at(-1)?.urls).toEqual([`http://192.168.1.23:${port}/srvlt`])
    const told = statuses.length
    clock.advance(5000)
    expect(statuses).toHaveLength(told)
    addresses = ['10.0.0.7', '192.168.1.23']
    clock.advance(5000)
    expect(statuses.at(-1)?.urls).toEqual([`http://10.0.0.7:${port}/srvlt`, `http://192.168.1.23:${port}/srvlt`])
  })

  it('offers real cards before virtual ones, and private addresses before link-local ones', () => {
    const card = (address: string, internal = false) => [
      { address, family: 'IPv4' as const, internal, netmask: '', mac: '', cidr: null },
    ]
    expect(
      ownAddresses({
        lo: card('127.0.0.1', true),
        docker0: card('172.17.0.1'),
        eth1: card('169.254.3.4'),
        wan: card('8.8.4.4'),
        eth0: card('192.168.1.23'),
      }),
    ).toEqual(['192.168.1.23', '8.8.4.4', '172.17.0.1', '169.254.3.4'])
    expect(ownAddresses({ lo: card('127.0.0.1', true) })).toEqual(['127.0.0.1'])
    expect(popUrls({ host: '::1', path: '/p' }, 80, [])).toEqual(['http://[::1]:80/p'])
  })
})

describe('R19: the port', () => {
  it('R19: taken: says so, keeps trying, takes over when it is free', async () => {
    const clock = createManualClock()
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { port } = holder.address() as { port: number }
    const { listener, statuses } = await openListener({
      clock,
      config: () => ({ host: '127.0.0.1', port, path: '/srvlt' }),
    })
    expect(listener.status()).toMatchObject({
      state: 'port-taken',
      port,
      urls: [],
      problem: `port ${port} is used by another program`,
    })
    expect(listener.url()).toBeNull()
    const told = statuses.length
    clock.advance(portRetryMs)
    await until(() => statuses.length > told)
    expect(listener.status().state).toBe('port-taken')
    await new Promise((resolve) => holder.close(resolve))
    clock.advance(portRetryMs)
    await until(() => listener.status().state === 'listening')
    expect((await ask(port, popRequest())).status).toBe(200)
  })

  it('R19: another port in the settings is opened, the old one let go', async () => {
    let port = 0
    const { listener, port: first } = await openListener({
      config: () => ({ host: '127.0.0.1', port, path: '/srvlt' }),
    })
    const probe = createServer()
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
    port = (probe.address() as { port: number }).port
    await new Promise((resolve) => probe.close(resolve))
    await listener.restart()
    expect(listener.status()).toMatchObject({ state: 'listening', port })
    expect((await ask(port, popRequest())).status).toBe(200)
    await expect(openClient(first)).rejects.toThrow()
  })

  it('an address that is not ours is a clear failure, retried', async () => {
    const { listener } = await openListener({ config: () => ({ host: '203.0.113.1', port: 0, path: '/srvlt' }) })
    expect(listener.status()).toMatchObject({
      state: 'failed',
      problem: 'cannot listen on 203.0.113.1:0 (EADDRNOTAVAIL)',
    })
  })
})
