import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../main/systems/catalogue.ts'
import { findField, spokenName } from '../../main/systems/kit/params.ts'
import { OperationInfo } from '../../preload/contract/index.ts'
import { operationsText } from '../../resources/packaging/operations-text.ts'

describe('the catalogue', () => {
  const all = catalogue()
  it('has every id once, below its system', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.filter(({ id, system }) => !id.startsWith(`${system}.`))).toEqual([])
  })
  it('fits the contract', () => {
    for (const one of all) expect(OperationInfo.parse(one)).toEqual(one)
  })
  it('every parameter can be named, and only itself', () => {
    const wrong = all.flatMap(({ id, fields }) =>
      fields.flatMap((field) =>
        findField(fields, spokenName(fields, field)) === field ? [] : [`${id} ${field.name}`],
      ),
    )
    expect(wrong).toEqual([])
  })
  it('OPERATIONS.md is up to date (npm run operations)', () => {
    expect(readFileSync(new URL('../../OPERATIONS.md', import.meta.url), 'utf8')).toBe(operationsText())
  })
})

describe('OPERATIONS.md', () => {
  it('a cell cannot break the table', () => {
    const [one] = catalogue()
    const text = operationsText([{ ...one!, title: 'a | b\nc', path: '/x|y' }])
    const row = text.split('\n').find((line) => line.includes('a \\| b c'))
    expect(row?.match(/(?<!\\)\|/g)).toHaveLength(6)
  })
})
