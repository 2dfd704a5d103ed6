import fc from 'fast-check'
import { expect, it } from 'vitest'
import { reuse } from '../../renderer/rpc/reuse.ts'

it('gives an equal value, whatever was there before', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      expect(reuse(structuredClone(before), structuredClone(after))).toStrictEqual(structuredClone(after))
    }),
  )
})

it('gives the very thing from before when nothing changed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(reuse(value, structuredClone(value))).toBe(value)
    }),
  )
})

it('sees a key that went, came or became undefined', () => {
  expect(reuse({ a: 1, b: 2 }, { a: 1 })).toStrictEqual({ a: 1 })
  expect(reuse({ a: 1 }, { a: 1, b: undefined })).toStrictEqual({ a: 1, b: undefined })
  expect(reuse({ a: undefined }, { b: undefined })).toStrictEqual({ b: undefined })
})

it('keeps the members of a list that moved', () => {
  const call = (callId: string, state = 'talking') => ({ callId, state, legs: [{ extension: '802' }] })
  const before = [call('b'), call('a')]
  const after = [call('c', 'ringing'), call('b', 'hungup'), call('a')]
  const merged = reuse(before, after) as typeof after
  expect(merged.map((one) => [one.callId, one.state])).toEqual([
    ['c', 'ringing'],
    ['b', 'hungup'],
    ['a', 'talking'],
  ])
  expect(merged[2]).toBe(before[1])
  expect(merged[1]?.legs).toBe(before[0]?.legs)
  expect(merged[0]).toBe(after[0])
})
