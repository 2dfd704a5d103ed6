import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { declaredCharset, decodeText } from '../../main/systems/kit/charset.ts'
import { Answer, json, resultCode, text } from '../../main/systems/kit/response.ts'
import { wireInteger, wireRecord, wireText } from '../../main/systems/kit/tolerant.ts'
import { encodeGbk } from '../fakes/telcrm/gbk.ts'

const answer = (body: string, status = 200, type = 'text/plain'): Answer =>
  new Answer(status, { 'content-type': type }, Buffer.from(body))

describe('decodeText()', () => {
  it('reads any text in UTF-8, whatever is declared', () => {
    const labels = fc.constantFrom(null, 'utf-8', 'x-none', 'iso-8859-1', 'us-ascii')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), labels, (written, declared) => {
        fc.pre(!written.startsWith('\ufeff'))
        expect(decodeText(Buffer.from(written), declared)).toBe(Buffer.from(written).toString())
      }),
    )
  })
  it('reads Chinese in GBK, declared or not', () => {
    for (const declared of [null, 'gbk', 'gb2312', 'utf-8', 'iso-8859-1']) {
      expect(decodeText(encodeGbk('前台 张霞 转接'), declared)).toBe('前台 张霞 转接')
    }
  })
  it('believes a byte order mark', () => {
    expect(decodeText(Buffer.from('\ufeffab', 'utf16le'), 'utf-8')).toBe('ab')
    expect(decodeText(Buffer.from([0xfe, 0xff, 0x67, 0x4e]), null)).toBe('李')
  })
  it('keeps what can be read when nothing fits', () => {
    expect(decodeText(Buffer.concat([Buffer.from('李阳'), Buffer.from([0xe6, 0xff, 0xff])]), null)).toMatch(/^李阳/)
  })
  it('finds the charset in a Content-Type', () => {
    expect(declaredCharset('text/html; charset="GBK"')).toBe('gbk')
    expect(declaredCharset('text/html;boundary=x;Charset = utf-8 ')).toBe('utf-8')
    expect(declaredCharset('text/html')).toBeNull()
    expect(declaredCharset(undefined)).toBeNull()
  })
})

describe('tolerant fields', () => {
  it('take text and numbers as either', () => {
    const reads = (value: unknown) => [wireText.safeParse(value).data, wireInteger.safeParse(value).data]
    expect(reads(801)).toEqual(['801', 801])
    expect(reads(' 801 ')).toEqual(['801', 801])
    expect(reads(null)).toEqual(['', 0])
    expect(reads('')).toEqual(['', 0])
    expect(reads(true)).toEqual(['true', 1])
    expect(reads(1459160867375)).toEqual(['1459160867375', 1459160867375])
    for (const wrong of ['x', 'NaN', 'Infinity', '1e400', {}, [], undefined]) {
      expect(wireInteger.safeParse(wrong).success, String(wrong)).toBe(false)
    }
  })
  it('find a key in another case, prefer the exact one, ignore the rest', () => {
    const schema = wireRecord({ record: wireText, cname: wireText.optional() })
    expect(schema.parse({ Record: 'a', CNAME: 'b', x: 1 })).toEqual({ record: 'a', cname: 'b' })
    expect(schema.parse({ Record: 'a', record: 'b' })).toEqual({ record: 'b' })
    expect(schema.parse(JSON.parse('{"__proto__":{"record":"evil"},"record":"a"}'))).toEqual({ record: 'a' })
    expect(schema.safeParse({ cname: 'b' }).success).toBe(false)
  })
})

describe('result codes', () => {
  const kind = resultCode()

  it('digits in the body win over the status', () => {
    expect(kind.resultCode(answer('404'))).toBe(404)
    expect(kind.resultCode(answer(' 200\n', 500))).toBe(200)
    expect(kind.resultCode(answer('0'))).toBe(0)
    expect(kind.resultCode(answer('', 486))).toBe(486)
    expect(kind.resultCode(answer('<html>', 481))).toBe(481)
  })
  it('a longer number is an id, not a code', () => {
    expect(kind.resultCode(answer('1456383508'))).toBe(200)
    expect(kind.read(answer('1456383508'))).toEqual({ code: 200, text: '1456383508' })
  })
  it('success is any 2xx, or what the operation lists', () => {
    expect([200, 202, 204, 300, 404, 0].map(kind.isSuccess)).toEqual([true, true, true, false, false, false])
    expect([0, 1, 200].map(resultCode([0, 1]).isSuccess)).toEqual([true, true, false])
  })
  it('a web page is not a success', () => {
    expect(() => kind.read(answer('<html><body>Login'))).toThrow('html-page')
    expect(() => text().read(answer('<!DOCTYPE html>'))).toThrow('html-page')
    expect(text().read(answer(' state=1;satisfact=8 '))).toBe('state=1;satisfact=8')
  })
  it('a lone failure code instead of JSON is a failure; other numbers are left to the schema', () => {
    const numbers = json(z.number())
    expect(numbers.resultCode(answer('404'))).toBe(404)
    expect(numbers.resultCode(answer('12'))).toBe(200)
    expect(numbers.read(answer('12'))).toBe(12)
  })
})
