import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSettings, repairSettings } from '../../../main/core/settings/check.ts'
import {
  isTree,
  mergeTrees,
  removeAt,
  sameJson,
  valueAt,
  valueAtPath,
  withValueFrom,
} from '../../../main/core/settings/tree.ts'
import { Settings } from '../../../preload/contract/index.ts'

/** A right file in which any number of things was replaced or taken away. */
const damaged = fc
  .array(
    fc.record({
      path: fc.array(
        fc.oneof(
          fc.constantFrom(...Object.keys(Settings.shape), 'port', 'allow', 'id', 'baseUrl', 'system'),
          fc.nat(3),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      value: fc.jsonValue(),
    }),
    { maxLength: 8 },
  )
  .map((damages) => {
    const tree: Record<string, unknown> = {
      connections: [0, 1, 2].map((n) => ({
        id: `c${n}`,
        system: 'telcrm',
        baseUrl: `http://10.0.0.${n}`,
        extension: `80${n}`,
      })),
      listener: { port: 5000, allow: ['10.0.0.1', '10.0.0.2'] },
      groups: [{ id: '1', name: 'A', extensions: ['801'] }],
    }
    for (const { path, value } of damages) {
      const parent = valueAtPath(tree, path.slice(0, -1))
      const last = path.at(-1)
      if (Array.isArray(parent) && typeof last === 'number') parent[Math.min(last, parent.length)] = value
      else if (isTree(parent) && typeof last === 'string') parent[last] = value
    }
    return tree
  })

describe('repair', () => {
  it('always ends with right settings, leaves right files alone, and names something whenever it takes something', () => {
    fc.assert(
      fc.property(damaged, (tree) => {
        const before = structuredClone(tree)
        const { tree: repaired, problems } = repairSettings(tree)
        expect(checkSettings(repaired).ok).toBe(true)
        expect(tree).toEqual(before)
        expect(problems.length > 0).toBe(!checkSettings(tree).ok)
        expect(sameJson(repaired, tree)).toBe(problems.length === 0)
        expect(repairSettings(repaired)).toEqual({ tree: repaired, problems: [] })
        for (const { field, reason } of problems)
          expect(`${field} ${reason}`).not.toMatch(/undefined|\[object|Invalid input/)
      }),
      { numRuns: 500 },
    )
  })

  it('any JSON object whatsoever can be repaired', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(Settings.shape), 'x'), fc.jsonValue()), (tree) => {
        expect(checkSettings(repairSettings(tree).tree).ok).toBe(true)
      }),
    )
  })
})

describe('trees', () => {
  it('merging: later wins, lists replace, nothing is changed in place', () => {
    const below = { a: { x: 1, y: [1, 2] }, b: 1 }
    const above = { a: { y: [3] }, b: undefined, c: null }
    expect(mergeTrees(below, above)).toEqual({ a: { x: 1, y: [3] }, b: 1, c: null })
    expect(below).toEqual({ a: { x: 1, y: [1, 2] }, b: 1 })
  })

  it('paths find list entries by id, and values come over by path', () => {
    const source = { list: [{ id: 'p', url: 'S', deep: { n: 1 } }], top: 5 }
    expect(valueAt(source, 'list.p.deep.n')).toBe(1)
    expect(valueAt(source, 'list.q.deep.n')).toBeUndefined()
    expect(valueAt({}, 'constructor')).toBeUndefined()
    expect(withValueFrom(source, 'list.p.url', { list: [{ id: 'o' }, { id: 'p', url: 'T', own: 1 }] })).toEqual({
      list: [{ id: 'o' }, { id: 'p', url: 'S', own: 1 }],
    })
    expect(withValueFrom(source, 'list.p.url', { list: [] })).toEqual({ list: [source.list[0]] })
    expect(withValueFrom(source, 'list.p.url', {})).toEqual({ list: [source.list[0]] })
    expect(withValueFrom(source, 'list.z.url', { list: 1 })).toEqual({ list: 1 })
    expect(withValueFrom(source, 'top', { top: { a: 1 } })).toEqual({ top: 5 })
    expect(withValueFrom(source, 'nothing.here', { top: 1 })).toEqual({ top: 1 })
  })

  it('removing says whether there was anything', () => {
    const tree = { list: [1, 2], a: { b: 1 } }
    expect([
      removeAt(tree, ['list', 0]),
      removeAt(tree, ['list', 7]),
      removeAt(tree, ['a', 'b']),
      removeAt(tree, ['a', 'b']),
      removeAt(tree, []),
    ]).toEqual([true, false, true, false, false])
    expect(tree).toEqual({ list: [2], a: {} })
  })
})
