import { expect, test } from 'vitest'
import { createArrivals } from '../../renderer/rpc/arrivals.ts'

test('a call counts once, when it comes while the page is looking', () => {
  const arrivals = createArrivals()
  arrivals.restart()
  arrivals.receive(['before'], 0)
  arrivals.receive(['before', 'new'], 100)
  expect(arrivals.take('before', 100)).toBe(false)
  expect(arrivals.take('new', 101)).toBe(true)
  expect(arrivals.take('new', 102)).toBe(false)
})

test('what was there when the core came back was not waited for', () => {
  const arrivals = createArrivals()
  arrivals.restart()
  arrivals.receive([], 0)
  arrivals.restart()
  arrivals.receive(['meanwhile'], 100)
  arrivals.receive(['meanwhile'], 200)
  expect(arrivals.take('meanwhile', 201)).toBe(false)
})

test('a card drawn late, on another page or behind four others, is not a slow pop', () => {
  const arrivals = createArrivals()
  arrivals.restart()
  arrivals.receive([], 0)
  arrivals.receive(['late', 'gone'], 100)
  expect(arrivals.take('late', 60_000)).toBe(false)
  arrivals.receive(['late'], 200)
  expect(arrivals.take('gone', 201)).toBe(false)
})
