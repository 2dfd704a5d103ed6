import { expect, it } from 'vitest'
import { createSlots } from '../../../main/core/recordings/slots.ts'

const never = new AbortController().signal

/** Slots with work that ends when it is told to, and what of it has begun. */
function opened(most: number) {
  const run = createSlots(most)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  let mostBusy = 0
  let busy = 0
  const start = (name: string, signal: AbortSignal = never) =>
    run(signal, async () => {
      begun.push(name)
      busy += 1
      mostBusy = Math.max(mostBusy, busy)
      await new Promise<void>((end) => ends.set(name, end))
      busy -= 1
    })
  return { begun, start, end: (name: string) => ends.get(name)?.(), busiest: () => mostBusy }
}
const settled = () => new Promise((done) => setImmediate(done))

it.each([0, 1, 2, 3, 4, 5, 6])('who gives up as his turn comes hands it on (%i steps after the end)', async (steps) => {
  const { begun, start, end, busiest } = opened(1)
  void start('first')
  const abort = new AbortController()
  const second = start('second', abort.signal).catch((error: { code: string }) => error.code)
  void start('third')
  await settled()
  end('first')
  for (let step = 0; step < steps; step += 1) await null
  abort.abort()
  await settled()
  if (begun.includes('second')) end('second')
  else expect(await second).toBe('cancelled')
  await settled()
  expect(begun.at(-1)).toBe('third')
  end('third')
  await settled()
  void start('fourth')
  await settled()
  expect(begun.at(-1)).toBe('fourth')
  expect(busiest()).toBe(1)
})

it('who comes as a slot is handed over waits behind those in line, and there are never more than may be', async () => {
  const { begun, start, end, busiest } = opened(1)
  const late: Promise<void>[] = []
  void start('first')
  void start('second')
  await settled()
  end('first')
  for (let step = 0; step < 3; step += 1) {
    await null
    late.push(start(`late ${step}`))
  }
  await settled()
  expect(begun).toEqual(['first', 'second'])
  expect(busiest()).toBe(1)
  end('second')
  await settled()
  expect(begun).toEqual(['first', 'second', 'late 0'])
})

it('who has given up before takes no place, in line or out of it', async () => {
  const { begun, start, end } = opened(1)
  const gone = AbortSignal.abort()
  await expect(start('none', gone)).rejects.toMatchObject({ code: 'cancelled' })
  void start('first')
  await expect(start('none', gone)).rejects.toMatchObject({ code: 'cancelled' })
  const abort = new AbortController()
  const waiting = start('waiting', abort.signal).catch((error: { code: string }) => error.code)
  abort.abort()
  expect(await waiting).toBe('cancelled')
  void start('second')
  end('first')
  await settled()
  expect(begun).toEqual(['first', 'second'])
})
