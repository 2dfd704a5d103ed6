import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { Fault } from '../../main/systems/kit/fault.ts'
import { childNamed, escapeXml, loadXmlParser, parseXml } from '../../main/systems/kit/soap-xml.ts'
import { wireFlag, wireMaybeInteger } from '../../main/systems/kit/tolerant.ts'
import { epoch, localTime, moment } from '../../main/systems/telcrm/operations/soap/values.ts'

beforeAll(loadXmlParser)

/** Characters that XML 1.0 can carry. */
const carried = fc
  .string({ unit: 'binary', maxLength: 3_000 })
  .map((text) => text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''))

describe('parseXml', () => {
  it('gives back every text that was escaped, short or long, in elements and attributes', () => {
    fc.assert(
      fc.property(carried, (text) => {
        const attribute = escapeXml(text.slice(0, 900).replace(/[\t\n]/g, ' '))
        const root = parseXml(`<a b="${attribute}"><c>${escapeXml(text)}</c></a>`)
        expect(childNamed(root, 'c')!.text).toBe(text)
        expect(escapeXml(root.attributes.b!)).toBe(attribute)
      }),
      { numRuns: 200 },
    )
  })
  it('never expands anything but characters, and does not read past CDATA and comments', () => {
    const root = parseXml(
      '<?xml version="1.0"?><!-- <!DOCTYPE --><a>&lt;&#65;&#x4e2d;&nbsp;&#0;&amp;lt;<![CDATA[<!DOCTYPE &lt;]]></a>',
    )
    expect(root.text).toBe('<A中&nbsp;&#0;&lt;<!DOCTYPE &lt;')
  })
  it('resolves prefixes where they stand', () => {
    const root = parseXml('<a xmlns="u" xmlns:p="v"><p:b xmlns=""><c xmlns:p="w"><p:d/></c></p:b></a>')
    const b = root.children[0]!
    const c = b.children[0]!
    expect([root, b, c, c.children[0]!].map(({ name, namespace }) => `${namespace}|${name}`)).toEqual([
      'u|a',
      'v|b',
      '|c',
      'w|d',
    ])
  })
  it('any text is read or refused, in its own words', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('<', '>', '/', 'a', '=', '"', '!', '--', '[CDATA[', ']]>', '?', '&', ';', ' ', '\ue000', '0'),
        ),
        (parts) => {
          try {
            parseXml(parts.join(''))
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Fault)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

const read = (schema: z.ZodType, value: unknown) => {
  const result = schema.safeParse(value)
  return result.success ? result.data : 'refused'
}

describe('values of the web services', () => {
  it('a moment, however it is written, is the same moment with a zone', () => {
    const at = Date.parse('2016-03-28T10:00:00+08:00')
    for (const text of [
      '2016-03-28 10:00:00',
      '2016-03-28T10:00',
      '2016-03-28T02:00:00Z',
      '2016-03-28T02:00:00.000Z',
      at,
      String(at),
    ]) {
      expect(Date.parse(String(read(moment, text)))).toBe(at)
    }
    expect(read(moment, '2016-03-28')).toBe('2016-03-28T00:00:00+08:00')
    for (const wrong of [
      '',
      'today',
      '2016-02-30 10:00:00',
      '2016-03-28 25:00:00',
      '28.3.2016',
      Number.MAX_SAFE_INTEGER,
    ]) {
      expect(read(moment, wrong)).toBe('refused')
    }
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }), (date) => {
        const whole = Math.floor(date.getTime() / 1_000) * 1_000
        const text = String(read(moment, whole))
        expect(text).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/)
        expect(Date.parse(text)).toBe(whole)
        expect(read(epoch, text)).toBe(whole)
      }),
    )
  })
  it('the call log wants local times that exist', () => {
    expect(read(localTime, '2013-01-22 08:00:00')).toBe('2013-01-22 08:00:00')
    for (const wrong of ['2013-01-22', '2013-02-30 08:00:00', '2013-01-22 24:00:01', '2013-01-22T08:00:00']) {
      expect(read(localTime, wrong)).toBe('refused')
    }
  })
  it('times, numbers and flags as servers write them', () => {
    expect([read(epoch, '1459160867375'), read(epoch, ''), read(epoch, 'x'), read(epoch, '1e400')]).toEqual([
      ...[1459160867375, 'refused', 'refused', 'refused'],
    ])
    expect(['7', 7, '', null, ' ', 'x', {}].map((one) => read(wireMaybeInteger, one))).toEqual([
      ...[7, 7, null, null, null, 'refused', 'refused'],
    ])
    expect(['true', 'TRUE', '1', 1, true, 'false', 0, '', null, 'yes'].map((one) => read(wireFlag, one))).toEqual([
      ...[true, true, true, true, true, false, false, false, false, 'refused'],
    ])
  })
})
