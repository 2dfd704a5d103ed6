import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../main/systems/kit/json.ts'

const parse = (text: string) => parseJson({ text, status: 200 })

describe('numbers', () => {
  it('that a double cannot hold stay text, wherever in the document they stand', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.bigInt({ min: 2n ** 53n, max: 10n ** 24n }),
        fc.nat(),
        (pad, id, small) => {
          const text = `{"pad":${JSON.stringify(pad)},"id":${id},"list":[${small},-${id}]}`
          expect(parse(text)).toEqual({ pad, id: String(id), list: [small, `-${id}`] })
        },
      ),
    )
  })

  it('that it can hold are numbers, also beside long digits in text', () => {
    expect(parse('{"id":9007199254740991,"text":"12345678901234567890, 1"}')).toEqual({
      id: 9007199254740991,
      text: '12345678901234567890, 1',
    })
  })
})

describe('levels', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

  it('brackets and quotes within text are none', () => {
    const rows = Array.from({ length: 300 }, () => ({ a: '[{'.repeat(5), b: '"\\"[[', c: '\\', d: '\\\\"{' }))
    expect(parse(JSON.stringify(rows))).toEqual(rows)
  })

  it('are told apart at the limit, also behind text', () => {
    const text = JSON.stringify('\\"[\\\\'.repeat(99))
    expect(parse(`[${text},${deep(199)}]`)).toHaveLength(2)
    expect(() => parse(`[${text},${deep(200)}]`)).toThrow()
  })
})
