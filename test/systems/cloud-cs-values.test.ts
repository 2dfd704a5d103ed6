import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longId, outboundInstanceId, readLongId, shortAgent, shortId } from '../../main/systems/cloud-cs/ids.ts'
import { toLoggedCall } from '../../main/systems/cloud-cs/map.ts'
import { callHistoryPage } from '../../main/systems/cloud-cs/operations/histories.ts'
import { outTaskAppend } from '../../main/systems/cloud-cs/operations/tasks.ts'
import { readVendorTime, toVendorTime } from '../../main/systems/cloud-cs/time.ts'

describe('times', () => {
  it.each([
    ['2019-01-24 16:38:36', '20190124163836'],
    ['2019-01-24T16:38:36', '20190124163836'],
    [' 2019-01-24 16:38 ', '20190124163800'],
    ['2019-01-24 16:38:36.999', '20190124163836'],
    ['2019-01-24', '20190124000000'],
    ['20190124163836', '20190124163836'],
    ['2019-01-24T08:38:36Z', '20190124163836'],
    ['2019-01-24T08:38:36+00:00', '20190124163836'],
    ['2018-12-31T23:30:00-0500', '20190101123000'],
    ['2020-02-29', '20200229000000'],
  ])('%s is %s', (text, vendor) => {
    expect(toVendorTime(text)).toBe(vendor)
  })
  it('a day as the end of a span is its last second', () => {
    expect(toVendorTime('2019-01-24', 'end')).toBe('20190124235959')
    expect(toVendorTime('2019-01-24 16:38', 'end')).toBe('20190124163800')
  })
  it.each([
    ...['', 'today', '2019-1-4', '2019-02-29', '2019-02-30 10:00:00', '2019-01-24 24:00:00', '2019-01-24 10:60:00'],
    ...['20190230000000', '20190124', '201901241638', '0019-01-24', '2019-01-24T10:00:00+25:00', '2019/01/24'],
  ])('%s is none', (text) => {
    expect(toVendorTime(text)).toBeNull()
    expect(readVendorTime(text)).toBeNull()
  })

  const instants = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2899, 11, 30) }).map((ms) => ms - (ms % 1000))
  const zones = fc
    .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 14 }), fc.constantFrom(0, 30, 45))
    .map(([sign, hours, minutes]) => `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`)

  it('any instant comes back as it went, in any zone', () => {
    fc.assert(
      fc.property(instants, zones, (at, zone) => {
        const vendor = toVendorTime(new Date(at).toISOString(), 'start', zone)!
        expect(vendor).toMatch(/^\d{14}$/)
        expect(readVendorTime(vendor, zone)).toBe(at)
        const [, ...parts] = /^(....)(..)(..)(..)(..)(..)$/.exec(vendor)!
        const [y, ...rest] = [vendor.slice(0, 4), ...parts.slice(1)]
        const answered = `${y}-${rest[0]}-${rest[1]} ${rest.slice(2).join(':')}`
        expect(readVendorTime(answered, zone)).toBe(at)
        expect(toVendorTime(answered, 'end', zone)).toBe(vendor)
      }),
    )
  })
  it('converting twice changes nothing: the vendor form is understood', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const once = toVendorTime(new Date(at).toISOString())!
        expect(toVendorTime(once)).toBe(once)
        expect(toVendorTime(once, 'end')).toBe(once)
      }),
    )
  })
  it('order is kept', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [first, second] = [a, b].map((at) => toVendorTime(new Date(at).toISOString())!) as [string, string]
        expect(first < second).toBe(a < b)
      }),
    )
  })
  it('no text at all makes it throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const vendor = toVendorTime(text)
        expect(vendor === null || /^\d{14}$/.test(vendor)).toBe(true)
      }),
    )
  })
  it('a filter takes either form, and nothing for nothing', () => {
    const read = (cStartTimeFrom: string) => callHistoryPage.params.safeParse({ cStartTimeFrom })
    expect(read('2019-01-24 16:38:36').data).toEqual({ cStartTimeFrom: '20190124163836' })
    expect(read('20190124163836').data).toEqual({ cStartTimeFrom: '20190124163836' })
    expect(read(' ').data?.cStartTimeFrom).toBeUndefined()
    expect(read('yesterday').success).toBe(false)
  })
})

describe('ids', () => {
  const corp = fc.stringMatching(/^[0-9A-Za-z]{1,12}$/)
  const short = fc.stringMatching(/^[0-9A-Za-z_-]{1,16}$/)
  it('a long id is made of what it is read into', () => {
    fc.assert(
      fc.property(fc.constantFrom('PRO' as const, 'OBJ' as const), corp, short, (kind, corp, short) => {
        const id = { kind, corp, short }
        expect(readLongId(longId(id))).toEqual(id)
        expect(shortId(longId(id))).toBe(short)
      }),
    )
  })
  it.each([
    ['PRO_777777_JH001', 'JH001'],
    ['PRO_777777_123456w', '123456w'],
    ['JH001', 'JH001'],
    ['PRO_777777_', 'PRO_777777_'],
    ['', ''],
  ])('the short form of %s is %s', (text, short) => {
    expect(shortId(text)).toBe(short)
  })
  it('an extension loses its tenant and nothing else', () => {
    expect(shortAgent('10211', '102111008')).toBe('1008')
    expect(shortAgent('10277', '102111008')).toBe('102111008')
    expect(shortAgent('', '1008')).toBe('1008')
    fc.assert(
      fc.property(fc.stringMatching(/^\d{5}$/), fc.stringMatching(/^\d{1,6}$/), (tenant, extension) => {
        expect(shortAgent(tenant, tenant + extension)).toBe(extension)
      }),
    )
  })
  it('the outbound instance: the particular names first', () => {
    expect(outboundInstanceId({ id: 5656024, campaignId: 2551 })).toBe('2551')
    expect(outboundInstanceId({ id: 2149469, outboundId: 2716 })).toBe('2716')
    expect(outboundInstanceId({ id: 2747 })).toBe('2747')
    expect(outboundInstanceId({ outboundInstanceId: ' 3144 ', id: 1 })).toBe('3144')
    expect(outboundInstanceId({ id: null, instanceId: '' })).toBeNull()
  })
})

describe('typed numbers', () => {
  const sent = (mobileAndDes: string) =>
    outTaskAppend.params.safeParse({ instanceId: 1, createType: 'input', mobileAndDes }).data?.mobileAndDes
  it.each([
    ['18219678378:data;18219678372:data2', '18219678378:data;18219678372:data2'],
    ['18219678378:data\r\n18219678372 : data2\n\n', '18219678378:data;18219678372:data2'],
    ['18219678378：张三；18219678372', '18219678378:张三;18219678372'],
    ['18219678378:10:30', '18219678378:10:30'],
  ])('%j', (typed, wire) => {
    expect(sent(typed)).toBe(wire)
  })
  it('what is on the wire stays as it is', () => {
    const entry = fc
      .tuple(fc.stringMatching(/^\d{3,12}$/), fc.stringMatching(/^[\w 一-龥]{0,8}$/))
      .map(([mobile, des]) => (des.trim() === '' ? mobile : `${mobile}:${des.trim()}`))
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), (entries) => {
        const wire = entries.join(';')
        expect(sent(wire)).toBe(wire)
        expect(sent(entries.join('\n'))).toBe(wire)
      }),
    )
  })
  it.each(['', ';;', '张三', '12', 'data:18219678378'])('%j is none', (typed) => {
    expect(sent(typed)).toBeUndefined()
  })
})

it('a call without a start has no place in the log', () => {
  const row = { id: '7', customer: '17600106536', callType: 2, cStartTime: '2018-12-07 13:39:11', dnis: '88595632' }
  expect(toLoggedCall({ ...row, cStartTime: '' })).toEqual([])
  expect(toLoggedCall({ ...row, cHangupCause: 'NO_ANSWER' })).toEqual([
    {
      ...{ callId: 'history-7', caller: '17600106536', callee: '88595632', name: null, note: null, recording: null },
      ...{ startedAt: Date.parse('2018-12-07T13:39:11+08:00'), durationSec: 0, outcome: 'unanswered' },
      ...{ direction: 'incoming', extension: null, group: null, causeCode: 'NO_ANSWER', causeText: null },
    },
  ])
})
