import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaCodes, homeOfAreaCode } from '../../../main/core/numbers/area-codes.ts'
import {
  canonicalNumber,
  dialString,
  displayNumber,
  homeOf,
  maskNumber,
  type ParsedNumber,
  parseNumber,
} from '../../../main/core/numbers/index.ts'
import { ownMs } from '../../own-time.ts'
import { spellings } from './spellings.ts'

const rows = spellings.flatMap(({ written, ...number }) =>
  written.map((text): [string, Omit<ParsedNumber, 'national'>] => {
    const [spelling = '', suffix] = text.split('→')
    return [spelling, { ...number, home: number.home ?? null, suffix: suffix ?? null }]
  }),
)

const digit = fc.constantFrom(...'0123456789')
const numberish = fc
  .array(fc.oneof(digit, digit, fc.constantFrom(...'+- ().#,;:xX*转分机extel０１－（'.split(''))), { maxLength: 24 })
  .map((parts) => parts.join(''))
const foreign = fc.stringMatching(/^\+[1-9]\d{5,14}$/)
const anything = fc.oneof(
  numberish,
  foreign,
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 300 }),
)

describe('spellings', () => {
  it('has a table of at least 200', () => expect(rows.length).toBeGreaterThanOrEqual(200))

  it.each(rows)('%s', (spelling, expected) => {
    const { national: _national, ...parsed } = parseNumber(spelling)
    expect(parsed).toEqual(expected)
  })
})

describe('properties', () => {
  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom('', '0755'),
        fc.constantFrom('', '9', '0'),
        (text, areaCode, outsidePrefix) => {
          parseNumber(text, { areaCode, outsidePrefix })
          maskNumber(text)
          homeOf(text)
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('canonical of canonical is the same, with and without an area code', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom('', '0755'), (text, areaCode) => {
        const once = canonicalNumber(text, { areaCode })
        expect(canonicalNumber(once, { areaCode })).toBe(once)
      }),
      { numRuns: 5000 },
    )
  })

  it('what is shown parses back to the same number', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(canonicalNumber(displayNumber(text))).toBe(canonicalNumber(text))
      }),
      { numRuns: 5000 },
    )
  })

  it('every Chinese landline survives every separator and prefix', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...areaCodes()),
        fc.stringMatching(/^[2-8]\d{7}$/),
        fc.constantFrom(' ', '-', '－', '—', '.', ''),
        (areaCode, subscriber, separator) => {
          const spelled = [
            `${areaCode}${separator}${subscriber}`,
            `+86${separator}${areaCode.slice(1)}${separator}${subscriber}`,
            `0086${areaCode.slice(1)}${subscriber}`,
            `(${areaCode})${subscriber}`,
          ]
          for (const text of spelled)
            expect(parseNumber(text)).toMatchObject({
              kind: 'landline',
              canonical: `${areaCode}${subscriber}`,
              home: homeOfAreaCode(areaCode),
            })
        },
      ),
    )
  })

  it('every mobile survives every prefix', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^1[3-9]\d{9}$/),
        fc.constantFrom('', '+86', '0086', '86', '0', '+86 0', '17951'),
        (number, prefix) => {
          expect(canonicalNumber(prefix + number)).toBe(number)
        },
      ),
    )
  })

  it('stays quick on long rubbish', () => {
    const startedAt = ownMs()
    for (const text of [
      '1'.repeat(200_000),
      ' '.repeat(200_000),
      `0755${'-'.repeat(95)}`,
      '1 '.repeat(50),
      'ext'.repeat(33),
      '(1'.repeat(49),
    ])
      parseNumber(text)
    expect(ownMs() - startedAt).toBeLessThan(300)
  })
})

describe('area codes', () => {
  it('cover every province', () => {
    expect(new Set(areaCodes()).size).toBe(areaCodes().length)
    expect(areaCodes().length).toBeGreaterThan(320)
    for (const code of areaCodes()) expect(code).toMatch(/^0(10|2[0-9]|[3-9]\d\d)$/)
  })

  it.each([
    ['010 65541234', '北京'],
    ['022-23456789', '天津'],
    ['023-67891234', '重庆'],
    ['024-23456789', '辽宁沈阳'],
    ['0432-62345678', '吉林吉林市'],
    ['0871-63456789', '云南昆明'],
    ['0512-62345678', '江苏苏州'],
    ['13500000002', null],
    ['801', null],
  ])('%s is in %s', (text, home) => expect(homeOf(text)).toBe(home))
})

describe('options', () => {
  it('completes local numbers with the office area code', () => {
    expect(parseNumber('2800 0123', { areaCode: '0755' })).toMatchObject({
      canonical: '075528000123',
      display: '0755-2800 0123',
      home: '广东深圳',
    })
    expect(canonicalNumber('28000123', { areaCode: '0755' })).toBe(canonicalNumber('0755-28000123'))
    expect(canonicalNumber('801', { areaCode: '0755' })).toBe('801')
  })

  it('takes the outside prefix off again, but only when the number makes no sense with it', () => {
    expect(canonicalNumber('913500000002', { outsidePrefix: '9' })).toBe('13500000002')
    expect(canonicalNumber('9075528000123', { outsidePrefix: '9' })).toBe('075528000123')
    expect(canonicalNumber('95338', { outsidePrefix: '9' })).toBe('95338')
    expect(canonicalNumber('913500000002')).toBe('913500000002')
  })
})

describe('dialString', () => {
  const dial = (text: string, outsidePrefix = '') => dialString(parseNumber(text), { outsidePrefix })

  it.each([
    ['+86 135-0000-0002', '9', '913500000002'],
    ['0755 2800 0123 转 801', '9', '9075528000123'],
    ['0755 2800 0123 转 801', '', '075528000123'],
    ['801', '9', '801'],
    ['95338', '9', '995338'],
    ['+1 415 555 2671', '0', '00014155552671'],
    ['*72', '9', '*72'],
    ['0', '9', '0'],
    ['1064812345678', '9', '91064812345678'],
  ])('%s with prefix "%s" sends %s', (text, prefix, sent) => expect(dial(text, prefix)).toBe(sent))

  it.each(['138****5678', 'anonymous', '', '+999 1234567890123456789'])('refuses "%s" and names the field', (text) => {
    expect(() => dial(text)).toThrowError(
      expect.objectContaining({ code: 'bad-request', details: expect.objectContaining({ field: 'number' }) }),
    )
  })
})

describe('maskNumber', () => {
  it.each([
    ['13500000002', '135****0002'],
    ['+86 135-0000-0002', '861****0002'],
    ['0755-28000123', '075****0123'],
    ['28000123', '280****0123'],
    ['2201234', '***'],
    ['801', '***'],
    ['', '***'],
    ['李建国', '***'],
  ])('%s → %s', (text, masked) => expect(maskNumber(text)).toBe(masked))
})
