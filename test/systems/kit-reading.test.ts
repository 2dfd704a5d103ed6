import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { declaredCharset, decodeText } from '../../main/systems/kit/charset.ts'
import { Answer, json, pairs, resultCode, text } from '../../main/systems/kit/response.ts'
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
  it('find a key in another case, prefer the exact one, keep the rest', () => {
    const schema = wireRecord({ record: wireText, cname: wireText.optional() })
    expect(schema.parse({ Record: 'a', CNAME: 'b', x: 1 })).toEqual({ record: 'a', cname: 'b', x: 1 })
    expect(schema.parse({ Record: 'a', record: 'b' })).toEqual({ record: 'b' })
    expect(schema.parse(JSON.parse('{"__proto__":{"record":"evil"},"record":"a"}'))).toEqual({ record: 'a' })
    expect(schema.safeParse({ cname: 'b' }).success).toBe(false)
  })
})

describe('result codes', () => {
  const kind = resultCode()
  const verdict = (of: { judge(one: Answer): { ok: boolean; code: string | null } }, body: string, status = 200) => {
    const { ok, code } = of.judge(answer(body, status))
    return [code, ok]
  }

  it('digits in the body win over the status, except that they never undo a failed one', () => {
    expect(verdict(kind, '404')).toEqual(['404', false])
    expect(verdict(kind, '404', 500)).toEqual(['404', false])
    expect(verdict(kind, ' 200\n', 500)).toEqual(['500', false])
    expect(verdict(kind, '0')).toEqual(['0', false])
    expect(verdict(kind, '', 486)).toEqual(['486', false])
    expect(verdict(kind, '<html>', 481)).toEqual(['481', false])
  })
  it('a longer number is an id, not a code', () => {
    expect(verdict(kind, '1456383508')).toEqual(['200', true])
    expect(kind.read(answer('1456383508'))).toEqual({ code: 200, text: '1456383508' })
  })
  it('success is any 2xx, or what the operation lists', () => {
    expect(['200', '202', '204', '300', '404', '0'].map((code) => verdict(kind, code)[1])).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(['0', '1', '200'].map((code) => verdict(resultCode([0, 1]), code)[1])).toEqual([true, true, false])
  })
  it('a web page is not a success', () => {
    expect(() => kind.read(answer('<html><body>Login'))).toThrow('html-page')
    expect(() => text().read(answer('<!DOCTYPE html>'))).toThrow('html-page')
    expect(text().read(answer(' state=1;satisfact=8 '))).toBe('state=1;satisfact=8')
  })
  it('a lone failure code instead of JSON is a failure; other numbers are left to the schema', () => {
    const numbers = json(z.number())
    expect(verdict(numbers, '404')).toEqual(['404', false])
    expect(verdict(numbers, '12')).toEqual(['200', true])
    expect(numbers.read(answer('12'))).toBe(12)
  })
})

describe('text pairs', () => {
  it('free keys, text values, split at the first =', () => {
    expect(pairs().read(answer('state=1;satisfact=8'))).toEqual({ state: '1', satisfact: '8' })
    expect(pairs().read(answer(' queue=0 ; playcount=0; '))).toEqual({ queue: '0', playcount: '0' })
    expect(pairs().read(answer('url=a=b'))).toEqual({ url: 'a=b' })
  })
  it('a lone failure code is a refusal, anything else is named', () => {
    expect(pairs().judge(answer('404'))).toEqual({ ok: false, code: '404' })
    expect(() => pairs().read(answer('state'))).toThrow('not-pairs')
    expect(() => pairs().read(answer(''))).toThrow('empty')
  })
})

describe('JSON', () => {
  it('an id beyond 2^53 keeps its digits', () => {
    expect(json(z.unknown()).read(answer('{"a":12345678901234567890,"b":9007199254740991,"c":1.5}'))).toEqual({
      a: '12345678901234567890',
      b: 9007199254740991,
      c: 1.5,
    })
  })
})
