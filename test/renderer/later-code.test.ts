import { describe, expect, it } from 'vitest'
import { createLaterCode } from '../../renderer/app/later-code.ts'

/** Code whose every reading the test answers. */
function heldCode() {
  const readings: PromiseWithResolvers<string>[] = []
  const code = createLaterCode(() => {
    const reading = Promise.withResolvers<string>()
    readings.push(reading)
    return reading.promise
  })
  const seen: string[] = []
  code.subscribe(() => seen.push(code.read().state))
  const settled = () => new Promise((done) => setImmediate(done))
  return { code, readings, seen, settled }
}

describe('code that is read later', () => {
  it('is read once, however many want it', async () => {
    const { code, readings, seen, settled } = heldCode()
    expect(code.read()).toEqual({ state: 'absent' })
    code.open()
    code.open()
    void code.prefetch()
    readings[0]?.resolve('page')
    await settled()
    code.open()
    await code.prefetch()
    expect(readings).toHaveLength(1)
    expect(code.read()).toEqual({ state: 'ready', value: 'page' })
    expect(seen).toEqual(['loading', 'ready'])
  })

  it('failed in advance is nobody’s concern, and is tried again when wanted', async () => {
    const { code, readings, settled } = heldCode()
    const done = code.prefetch()
    readings[0]?.reject(new Error('gone'))
    await done
    expect(code.read()).toEqual({ state: 'absent' })
    code.open()
    readings[1]?.resolve('page')
    await settled()
    expect(code.read()).toEqual({ state: 'ready', value: 'page' })
  })

  it('wanted while it is read in advance, a failure is told', async () => {
    const { code, readings } = heldCode()
    const done = code.prefetch()
    code.open()
    const gone = new Error('gone')
    readings[0]?.reject(gone)
    await done
    expect(code.read()).toEqual({ state: 'failed', error: gone })
    await code.prefetch()
    expect(readings).toHaveLength(1)
  })

  it('is tried again after a failure, and fails or works anew', async () => {
    const { code, readings, seen, settled } = heldCode()
    for (const n of [0, 1]) {
      code.open()
      readings[n]?.reject(new Error('gone'))
      await settled()
      expect(code.read().state).toBe('failed')
    }
    code.open()
    readings[2]?.resolve('page')
    await settled()
    expect(seen).toEqual(['loading', 'failed', 'loading', 'failed', 'loading', 'ready'])
  })
})
