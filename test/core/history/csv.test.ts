import { expect, it } from 'vitest'
import { csvCell } from '../../../main/core/history/csv.ts'
import { formulaPayloads } from './formula-payloads.ts'

const read = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)

it.each(formulaPayloads.map((text) => [text]))('%j becomes text, and is the same text without the mark', (text) => {
  const cell = read(csvCell(text))
  expect(cell[0]).toBe("'")
  expect(cell.slice(1)).toBe(text)
})

it.each(['李建国', '0755-28000123', 'a=b', '说 "好", 回电', '', '多\n行'])('%j stays as it is', (text) => {
  expect(read(csvCell(text))).toBe(text)
})

it('numbers stay numbers, a foreign number is text', () => {
  expect(csvCell(41)).toBe('41')
  expect(csvCell('+14155552671')).toBe("'+14155552671")
  expect(csvCell(null)).toBe('')
})
