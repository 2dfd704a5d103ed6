import { describe, expect, it } from 'vitest'
import { createPacedEvents } from '../../../main/core/calls/paced-events.ts'
import { popEvent } from './call-events.ts'
import { createManualClock } from './manual-clock.ts'

const open = () => {
  const clock = createManualClock()
  const taken: string[] = []
  // Each event costs a millisecond of the clock, as work would.
  const paced = createPacedEvents(
    { ...clock, mono: () => clock.mono() + taken.length },
    (event) => taken.push(event.callId),
    (slice) => slice(),
  )
  const add = (callId: string, urgent = false) => paced.add(popEvent({ state: 'ringing', callId }), 0, urgent)
  return { clock, taken, paced, add }
}

describe('R22: paced events', () => {
  it('R22: takes everything at once while it is calm', () => {
    const { clock, taken, add } = open()
    for (let count = 0; count < 300; count += 1) {
      add(`c${count}`)
      clock.advance(10)
    }
    expect(taken).toHaveLength(300)
  })

  it('R22: in a burst only what somebody waits for is taken at once; the rest follows in order, none is lost', () => {
    const clock = createManualClock()
    const taken: string[] = []
    const paced = createPacedEvents(
      clock,
      (event) => taken.push(event.callId),
      (slice) => slice(),
    )
    for (let count = 0; count < 1000; count += 1)
      paced.add(popEvent({ state: 'ringing', callId: `c${count}` }), 0, count === 500)
    expect(taken.length).toBe(101)
    expect(taken.at(-1)).toBe('c500')
    clock.advance(20)
    expect(taken).toHaveLength(1000)
    expect(taken.slice(101)).toEqual(
      Array.from({ length: 900 }, (_, index) => `c${index + 100}`).filter((id) => id !== 'c500'),
    )
  })

  it('R22: a slice ends when its time is up', () => {
    const { clock, taken, paced, add } = open()
    for (let count = 0; count < 1000; count += 1) add(`c${count}`)
    const atOnce = taken.length
    expect(atOnce).toBeLessThan(1000)
    clock.advance(20)
    expect(taken.length - atOnce).toBeLessThanOrEqual(12)
    paced.drain()
    expect(taken).toHaveLength(1000)
  })

  it('R22: no more than 12,000 wait', () => {
    const clock = createManualClock()
    const taken: string[] = []
    const paced = createPacedEvents(
      clock,
      (event) => taken.push(event.callId),
      (slice) => slice(),
    )
    for (let count = 0; count < 20_000; count += 1)
      paced.add(popEvent({ state: 'ringing', callId: `c${count}` }), 0, false)
    expect(taken).toHaveLength(8000)
    paced.drain()
    expect(new Set(taken).size).toBe(20_000)
  })
})
