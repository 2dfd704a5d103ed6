import type { Rectangle } from 'electron'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { displayInUse, popPlace, readRectangle, safePlace } from '../../main/shell/window-place.ts'
import { displayAt, FakeElectron } from './stand-in.ts'

const inside = (inner: Rectangle, outer: Rectangle) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height
const area = fc.record({
  x: fc.integer({ min: -8000, max: 8000 }),
  y: fc.integer({ min: -8000, max: 8000 }),
  width: fc.integer({ min: 400, max: 5000 }),
  height: fc.integer({ min: 300, max: 3000 }),
})
const wanted = { width: 1280, height: 800 }

test('the pop stands 16 px from the bottom right', () => {
  expect(popPlace({ x: 0, y: 0, width: 1920, height: 1040 }, 180)).toEqual({ x: 1544, y: 844, width: 360, height: 180 })
  expect(popPlace({ x: -1920, y: 100, width: 1920, height: 1040 }, 180.2)).toEqual({
    x: -376,
    y: 943,
    width: 360,
    height: 181,
  })
})

test('the pop lies inside any work area, whatever its page says about its height', () => {
  fc.assert(
    fc.property(area, fc.double({ min: 0, max: 1e6, noNaN: true }), (workArea, height) => {
      const place = popPlace(workArea, height)
      expect(inside(place, workArea)).toBe(true)
      expect(Object.values(place).every(Number.isInteger)).toBe(true)
    }),
  )
})

test('a remembered window can always be reached, on one of the displays of today', () => {
  fc.assert(
    fc.property(area, fc.array(area, { minLength: 1, maxLength: 4 }), (saved, areas) => {
      const place = safePlace(
        saved,
        areas.map((workArea) => ({ workArea })),
        areas[0]!,
        wanted,
      )
      expect(areas.some((workArea) => inside(place, workArea))).toBe(true)
    }),
  )
})

test('a window that lies well stays where it is; one on a display that is gone comes to the primary', () => {
  const left = { x: 0, y: 0, width: 1920, height: 1040 }
  const right = { x: 1920, y: 0, width: 1920, height: 1040 }
  const saved = { x: 2100, y: 100, width: 1280, height: 800 }
  expect(safePlace(saved, [{ workArea: left }, { workArea: right }], left, wanted)).toEqual(saved)
  expect(safePlace(saved, [{ workArea: left }], left, wanted)).toEqual({ x: 320, y: 120, width: 1280, height: 800 })
  expect(safePlace(null, [{ workArea: left }], left, wanted)).toEqual({ x: 320, y: 120, width: 1280, height: 800 })
})

test.each([
  null,
  1,
  'x',
  [],
  {},
  { x: 0, y: 0, width: 1e300, height: 5 },
  { x: 0, y: 0, width: 10, height: 10 },
  { x: '0', y: 0, width: 800, height: 600 },
  { x: null, y: 0, width: 800, height: 600 },
  { x: 0.5, y: 0, width: 800, height: 600 },
])('a place file with %j is as good as none', (value) => expect(readRectangle(value)).toBeNull())

test('the display in use is the one under the pointer, else the primary', () => {
  const fake = new FakeElectron()
  fake.displays = [displayAt(1, 0, 0, 1920, 1080), displayAt(2, 1920, 0, 2560, 1440)]
  fake.cursor = { x: 2000, y: 10 }
  expect(displayInUse(fake.api.screen).id).toBe(2)
  fake.displays = [displayAt(1, 0, 0, 1920, 1080), displayAt(2, 1920, 0, 0, 0)]
  fake.cursor = { x: 1, y: 1 }
  expect(displayInUse(fake.api.screen).id).toBe(1)
  const blind = {
    ...fake.api.screen,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    getPrimaryDisplay: () => fake.displays[0]!,
    getDisplayNearestPoint: () => displayAt(9, 0, 0, 0, 0),
  }
  expect(displayInUse(blind).id).toBe(1)
})
