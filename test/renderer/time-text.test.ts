import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysBetween, formatDuration, spanOf } from '../../renderer/i18n/time.ts'

describe('formatDuration', () => {
  it.each([
    [0, '00:00'],
    [999, '00:00'],
    [8_000, '00:08'],
    [134_500, '02:14'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
    [-5_000, '00:00'],
  ])('%d ms is %s', (durationMs, text) => expect(formatDuration(durationMs)).toBe(text))

  it('counts back to the same whole seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000_000 }), (durationMs) => {
        const parts = formatDuration(durationMs).split(':').map(Number)
        expect(parts.reduce((sum, part) => sum * 60 + part, 0)).toBe(Math.floor(durationMs / 1000))
      }),
    )
  })
})

describe('spanOf', () => {
  it.each([
    [-1, 'second', 0],
    [59_999, 'second', 59],
    [60_000, 'minute', 1],
    [3_599_000, 'minute', 59],
    [3_600_000, 'hour', 1],
    [86_399_000, 'hour', 23],
    [86_400_000 * 3, 'day', 3],
  ])('%d ms', (durationMs, unit, count) => expect(spanOf(durationMs)).toEqual({ unit, count }))
})

describe('daysBetween', () => {
  const at = (text: string) => new Date(text).getTime()
  it('counts calendar days, not 24 hours', () => {
    expect(daysBetween(at('2026-11-19T23:59:00'), at('2026-11-20T00:01:00'))).toBe(1)
    expect(daysBetween(at('2026-11-20T00:01:00'), at('2026-11-20T23:59:00'))).toBe(0)
    expect(daysBetween(at('2026-12-31T12:00:00'), at('2027-01-02T01:00:00'))).toBe(2)
  })
})
