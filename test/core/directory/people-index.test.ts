import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGlyphTable, createNameReader, findInName } from '../../../main/core/directory/name-match.ts'
import {
  compareFound,
  createPeopleIndex,
  type FoundPerson,
  fit,
  type TypedWord,
  type Word,
} from '../../../main/core/directory/people-index.ts'
import { typedWords } from '../../../main/core/directory/typed-words.ts'
import { loadReadings } from '../../../main/core/history/words.ts'
import type { IndexRow } from '../../../main/core/ports/index.ts'

const all = await loadReadings()
const readings = (sign: string) => (/\p{Script=Han}/u.test(sign) ? all(sign) : [])
const read = createNameReader(readings)

const name = fc.constantFrom('李丽', '黎利', '单立', '重庆李', 'Li 8', '张13', '13室', '')
const company = fc.constantFrom(null, '', '重庆李记', '13号店', 'lili', '张记')
const person = fc.record({
  id: fc.integer({ min: 1, max: 12 }),
  name,
  company,
  group: company,
  numbers: fc.array(fc.constantFrom('13500000002', '075513', '801', '8013500'), { maxLength: 2 }),
})
const step = fc.oneof({ weight: 4, arbitrary: person }, fc.integer({ min: 1, max: 12 }))
const typed = fc
  .array(
    fc.constantFrom(
      'l',
      'li',
      'lili',
      '李',
      '李l',
      'zhang',
      '13',
      '135',
      '80',
      '01',
      'shanli',
      'li8',
      'z13',
      '8',
      '记',
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((words) => words.join(' '))

/** By looking at one person after the other: 1 + the fit, 0 = none. */
function plainFit(row: IndexRow, { text, digits }: Word): number {
  const inName = findInName(read(row.name), text)
  const ofName = inName ? 1 + (inName[0] === 0 ? fit.start : fit.inside) : 0
  const inNumber = digits !== '' && row.numbers.some((one) => one.includes(digits))
  const ofNumber = inNumber ? 1 + (row.numbers.some((one) => one.startsWith(digits)) ? fit.start : fit.inside) : 0
  if (ofName === 1 + fit.start) return ofName
  if (ofNumber !== 0) return ofNumber
  if (ofName !== 0) return ofName
  const stands = [row.company, row.group].some((one) => one && findInName(read(one), text))
  return stands ? 1 + fit.company : 0
}

function plainWord(row: IndexRow, { whole, parts }: TypedWord): number {
  const own = plainFit(row, whole)
  if (own !== 0 || parts.length === 0) return own
  const each = parts.map((part) => plainFit(row, part))
  return each.includes(0) ? 0 : Math.max(...each)
}

describe('the index of everybody', () => {
  it('finds whom a look at one person after the other finds, in the same order, whoever came, changed and went', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), typed, fc.integer({ min: 1, max: 5 }), (steps, text, limit) => {
        const index = createPeopleIndex(createGlyphTable(readings))
        const people = new Map<number, { row: IndexRow; heat: number }>()
        for (const [at, one] of steps.entries()) {
          if (typeof one === 'number') {
            index.remove(one)
            people.delete(one)
          } else {
            index.put(one, at % 3)
            people.set(one.id, { row: one, heat: at % 3 })
          }
        }
        const words = typedWords(text)
        const wanted: FoundPerson[] = []
        for (const { row, heat } of people.values()) {
          const fits = words.map((word) => plainWord(row, word))
          if (fits.includes(0)) continue
          const own = (Math.max(...fits) - 1) as FoundPerson['fit']
          wanted.push({ key: row.id, fit: own, heat, nameLength: [...row.name].length })
        }
        const { found, total } = index.search(words, limit)
        expect(total).toBe(wanted.length)
        expect(found).toEqual(wanted.toSorted(compareFound).slice(0, limit))
        const called = wanted.filter(({ heat }) => heat > 0).flatMap(({ key }) => people.get(key)!.row.numbers)
        expect(index.calledNumbers(words).toSorted()).toEqual(called.toSorted())
      }),
      { numRuns: 1500 },
    )
  })
})
