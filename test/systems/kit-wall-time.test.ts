import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochOf, wallTime } from '../../main/systems/kit/wall-time.ts'

describe('times without a zone', () => {
  it('are read and written in the zone of the settings', () => {
    expect(epochOf('2018-12-28 05:42:15', '+08:00')).toBe(Date.UTC(2018, 11, 27, 21, 42, 15))
    expect(epochOf('2018-12-28 05:42:15', '-03:30')).toBe(Date.UTC(2018, 11, 28, 9, 12, 15))
    expect(wallTime(Date.UTC(2018, 11, 27, 21, 42, 15), '+08:00')).toBe('2018-12-28 05:42:15')
  })

  it.each([
    '2019-02-29 00:00:00',
    '2019-03-25',
    '2019-03-25T10:00:00',
    '2019-3-25 10:00:00',
    '2019-03-25 24:00:00',
    '',
  ])('%j is none', (text) => expect(epochOf(text, '+08:00')).toBeNull())

  it('there and back again', () => {
    const offset = fc
      .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 14 }), fc.constantFrom('00', '30', '45'))
      .map(([sign, hours, minutes]) => `${sign}${String(hours).padStart(2, '0')}:${minutes}`)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), offset, (seconds, zone) => {
        expect(epochOf(wallTime(seconds * 1000, zone), zone)).toBe(seconds * 1000)
      }),
    )
  })
})
