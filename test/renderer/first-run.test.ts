import { ORPCError } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import { baseUrlOf } from '../../main/compose/connection-probe.ts'
import { CoreError } from '../../main/core/errors.ts'
import { type ConnectionStatus, errorCodes, type ListenerStatus, type Problem } from '../../preload/contract/index.ts'
import { adviceParams, connectionAdvice, refusalAdvice } from '../../renderer/features/first-run/connection-advice.ts'
import { matchingExtensions } from '../../renderer/features/first-run/extension-filter.ts'
import { platformOf } from '../../renderer/features/first-run/platform.ts'
import { webhookTicks } from '../../renderer/features/first-run/webhook-ticks.ts'
import en from '../../resources/locales/en/first-run.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/first-run.json' with { type: 'json' }
import { call } from './office.ts'

const since = 1_790_000_000_000
const listener: ListenerStatus = {
  state: 'listening',
  host: '0.0.0.0',
  port: 12_180,
  urls: [],
  lastEventAt: null,
  problem: null,
}
const pbx: ConnectionStatus = {
  id: 'pbx',
  system: 'telcrm',
  address: '192.168.1.82:12121',
  polled: true,
  state: 'ok',
  since,
  lastOkAt: since,
  latencyMs: 14,
  problem: null,
  retryAt: null,
}

describe('why the PBX could not be asked', () => {
  test.each<[Problem['code'], Problem['details'], string]>([
    ['unreachable', { reason: 'connection-refused' }, 'refused'],
    ['unreachable', { reason: 'name-not-found' }, 'nameNotFound'],
    ['unreachable', { reason: 'no-route' }, 'noRoute'],
    ['unreachable', { reason: 'something new' }, 'unreachable'],
    ['timeout', { reason: 'connect' }, 'timeout'],
    ['timeout', { reason: 'first-byte' }, 'silent'],
    ['unexpected-response', { status: 200, reason: 'html-page' }, 'html'],
    ['unexpected-response', { status: 200, reason: 'not-json' }, 'notJson'],
    ['unexpected-response', { status: 200, reason: 'broken-json' }, 'truncated'],
    ['unexpected-response', { reason: 'connection-closed' }, 'truncated'],
    ['unexpected-response', { status: 302, reason: 'redirect' }, 'redirect'],
    ['auth-failed', { status: 401 }, 'auth'],
    ['not-found', { status: 404 }, 'notFound'],
    ['bad-request', { field: 'address' }, 'badAddress'],
    ['bad-request', { status: 400 }, 'status'],
    ['server-error', { status: 500 }, 'server'],
    ['server-error', { reason: 'TypeError' }, 'unexpected'],
  ])('%s %o → %s', (code, details, advice) => {
    expect(connectionAdvice({ code, details })).toBe(advice)
  })

  test('every code leads to an advice that both languages have', () => {
    for (const code of errorCodes) {
      const key = connectionAdvice({ code, details: {} })
      expect(zh.advice[key].title && zh.advice[key].text).toBeTruthy()
      expect(en.advice[key].title && en.advice[key].text).toBeTruthy()
    }
  })

  test('a refused address is told apart: a password in it, or no address at all', () => {
    const refused = (address: string) => {
      try {
        baseUrlOf(address)
        throw new Error('was taken')
      } catch (error) {
        if (!(error instanceof CoreError)) throw error
        return refusalAdvice(new ORPCError(error.code, { data: error.details }))
      }
    }
    expect(refused('http://user:pw@host')).toBe('passwordInAddress')
    expect(refused('http://')).toBe('badAddress')
    expect(refusalAdvice(new Error('link lost'))).toBe('badAddress')
    expect(zh.advice.passwordInAddress.title).toContain('密码')
  })

  test('the advice names the address that was asked, with its port', () => {
    expect(adviceParams('http://192.168.1.82:12121', { code: 'timeout', details: {} })).toEqual({
      address: '192.168.1.82:12121',
      host: '192.168.1.82',
      port: '12121',
      status: '',
    })
    expect(adviceParams('http://pbx', { code: 'server-error', details: { status: 500 } })).toMatchObject({
      port: '80',
      status: '500',
    })
    expect(adviceParams('nonsense', { code: 'bad-request', details: {} }).address).toBe('nonsense')
  })
})

describe('finding my extension', () => {
  const rows = [
    { extension: '701', name: '王802', registered: true },
    { extension: '802', name: '张霞', registered: true },
    { extension: '8021', name: 'Zhang Wei', registered: false },
  ]

  test('by number, name and several words; the number that begins with it comes first', () => {
    expect(matchingExtensions(rows, '802').map(({ extension }) => extension)).toEqual(['802', '8021', '701'])
    expect(matchingExtensions(rows, '８０２ 张').map(({ extension }) => extension)).toEqual(['802'])
    expect(matchingExtensions(rows, 'ZHANG')).toHaveLength(1)
    expect(matchingExtensions(rows, '  ')).toEqual(rows)
    expect(matchingExtensions(rows, '999')).toEqual([])
  })
})

describe('the four ticks', () => {
  test('nothing yet', () => {
    expect(webhookTicks({ ...listener, state: 'starting' }, null, [], since)).toEqual({
      port: 'waiting',
      pbx: 'waiting',
      first: 'waiting',
      end: 'waiting',
      call: null,
      landedAt: null,
      endedAt: null,
    })
  })

  test('a taken port and a silent PBX are trouble', () => {
    const ticks = webhookTicks({ ...listener, state: 'port-taken' }, { ...pbx, state: 'down' }, [], since)
    expect([ticks.port, ticks.pbx]).toEqual(['trouble', 'trouble'])
  })

  test('the first notice lands with its call', () => {
    const ringing = call('a', since + 4000, {})
    const ticks = webhookTicks({ ...listener, lastEventAt: since + 4200 }, pbx, [ringing], since)
    expect(ticks).toMatchObject({
      port: 'ok',
      pbx: 'ok',
      first: 'ok',
      end: 'waiting',
      call: ringing,
      landedAt: since + 4000,
    })
  })

  test('a notice from before the step counts, but is not the one we wait for', () => {
    const ticks = webhookTicks(
      { ...listener, lastEventAt: since - 60_000 },
      pbx,
      [call('old', since - 60_000, {})],
      since,
    )
    expect(ticks).toMatchObject({ first: 'ok', landedAt: null, call: null })
  })

  test('a notice about a call that is not known still lands', () => {
    expect(webhookTicks({ ...listener, lastEventAt: since + 10 }, pbx, [], since).landedAt).toBe(since + 10)
  })

  test('hanging up is the last tick; an end that we only assumed is not', () => {
    const over = call('a', since + 1000, { state: 'missed', endedAt: since + 9000 })
    const seen = { ...listener, lastEventAt: since + 9000 }
    expect(webhookTicks(seen, pbx, [over], since)).toMatchObject({
      end: 'ok',
      endedAt: since + 9000,
      landedAt: since + 1000,
    })
    expect(webhookTicks(seen, pbx, [{ ...over, unconfirmed: true }], since).end).toBe('waiting')
  })

  test('the end of a call that began before the step counts too', () => {
    const over = call('a', since - 5000, { state: 'hungup', endedAt: since + 2000 })
    expect(webhookTicks({ ...listener, lastEventAt: since + 2000 }, pbx, [over], since)).toMatchObject({
      end: 'ok',
      landedAt: since + 2000,
    })
  })
})

test('advice exists for every system that Node knows', () => {
  expect(['win32', 'darwin', 'linux', 'freebsd', undefined].map(platformOf)).toEqual([
    'win32',
    'darwin',
    'linux',
    'linux',
    'linux',
  ])
})
