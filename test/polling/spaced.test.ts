import { describe, expect, it } from 'vitest'
import { createSpaced } from '../../main/polling/spaced.ts'
import { createFakeClock } from './fake-clock.ts'

function setUp() {
  const clock = createFakeClock()
  const began = clock.mono()
  const ran: number[] = []
  const spaced = createSpaced({ clock, gapMs: 2000, run: () => ran.push(clock.mono() - began) })
  return { clock, ran, spaced }
}

describe('at most once in a while', () => {
  it('the first one is served at once', () => {
    const { ran, spaced } = setUp()
    spaced.ask()
    expect(ran).toEqual([0])
  })

  it('who asks too early is served when the time has come, once for all who did', async () => {
    const { clock, ran, spaced } = setUp()
    spaced.ask()
    await clock.advance(300)
    spaced.ask()
    spaced.ask()
    await clock.advance(1699)
    spaced.ask()
    expect(ran).toEqual([0])
    await clock.advance(1)
    expect(ran).toEqual([0, 2000])
    await clock.advance(10_000)
    expect(ran).toEqual([0, 2000])
    spaced.ask()
    expect(ran).toEqual([0, 2000, 12_000])
  })

  it('never more often than that, however often it is asked', async () => {
    const { clock, ran, spaced } = setUp()
    for (let ms = 0; ms < 20_000; ms += 100) {
      spaced.ask()
      await clock.advance(100)
    }
    expect(ran).toEqual(Array.from({ length: 11 }, (_, nth) => nth * 2000))
  })

  it('nothing runs once it is stopped, and no timer is left', async () => {
    const { clock, ran, spaced } = setUp()
    spaced.ask()
    spaced.ask()
    spaced.stop()
    spaced.ask()
    expect(clock.pending()).toBe(0)
    await clock.advance(10_000)
    expect(ran).toEqual([0])
  })
})
