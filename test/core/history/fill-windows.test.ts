import { describe, expect, it } from 'vitest'
import { createFillWindows } from '../../../main/core/history/fill-windows.ts'
import { dayMs, SimulatedLog } from './simulated-log.ts'

const day = (n: number) => n * dayMs
/** Up to five days at once, 100 rows a page. */
const windowsOf = (mostWindows = 5) => createFillWindows({ ...new SimulatedLog(0, 100).source(), mostWindows })

describe('what one reading of the filling spans', () => {
  it('the newest day at first, whole', () => {
    expect(windowsOf().newestOf({ from: 0, to: day(10) + 5 })).toEqual({ from: day(10), to: day(11) })
    expect(windowsOf().newestOf({ from: 0, to: day(10) })).toEqual({ from: day(9), to: day(10) })
  })

  it('twice as many days while there are few calls, as many as the system allows, never before the gap', () => {
    const windows = windowsOf()
    const spans = [1, 2, 3, 4].map(() => {
      const { from, to } = windows.newestOf({ from: 0, to: day(100) })
      windows.hadRows(900)
      return (to - from) / dayMs
    })
    expect(spans).toEqual([1, 2, 4, 5])
    expect(windows.newestOf({ from: day(98) + 7, to: day(100) })).toEqual({ from: day(98), to: day(100) })
  })

  it('half as many where there are very many calls, and never less than one', () => {
    const windows = windowsOf()
    for (const _ of [1, 2, 3]) windows.hadRows(0)
    const spans = [1, 2, 3, 4].map(() => {
      windows.hadRows(5000)
      const { from, to } = windows.newestOf({ from: 0, to: day(100) })
      return (to - from) / dayMs
    })
    expect(spans).toEqual([2, 1, 1, 1])
  })

  it('a system that bounds what may be asked for is asked for one window at a time', () => {
    const windows = windowsOf(1)
    windows.hadRows(0)
    expect(windows.newestOf({ from: 0, to: day(3) })).toEqual({ from: day(2), to: day(3) })
  })
})
