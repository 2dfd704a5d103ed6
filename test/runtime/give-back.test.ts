import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Clock, Log } from '../../main/core/ports/index.ts'
import { giveBackMemory, roomOfNewObjects } from '../../main/runtime/give-back.ts'

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet }

/** A clock whose timers the test lets run. */
function heldClock() {
  const waiting: { ms: number; run: () => void; isOff: boolean }[] = []
  const clock: Clock = {
    now: () => Date.now(),
    mono: () => performance.now(),
    after(ms, run) {
      const one = { ms, run, isOff: false }
      waiting.push(one)
      return () => {
        one.isOff = true
      }
    },
  }
  return { clock, waiting, next: () => waiting.shift()?.run() }
}

/** What a rush does: much is made, and some of it lives for a while. */
function rush(): void {
  let kept: object[] = []
  for (let n = 0; n < 3_000_000; n += 1) {
    kept.push({ n, text: `call ${n}` })
    if (kept.length > 100_000) kept = []
  }
}

describe('memory that is given back', () => {
  it('is the room of new objects that a rush left behind, once the program rests', async () => {
    const { clock, waiting, next } = heldClock()
    const stop = giveBackMemory({ clock, log: quiet })
    rush()
    const roomy = roomOfNewObjects()
    expect(roomy).toBeGreaterThan(16 * 1024 * 1024)
    next()
    expect(roomOfNewObjects()).toBe(roomy)
    await wait(600)
    next()
    expect(roomOfNewObjects()).toBeLessThan(roomy / 2)
    expect(waiting).toHaveLength(1)
    stop()
    expect(waiting[0]?.isOff).toBe(true)
  })
})
