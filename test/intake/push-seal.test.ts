import { describe, expect, it } from 'vitest'
import { limits } from '../../main/intake/limits.ts'
import { createSealCheck, type PushSender } from '../../main/intake/push-seal.ts'

const sender: PushSender = {
  ...{ connection: 'voice', customer: 'C2', acceptsUnsigned: false },
  digest: (timestamp, seq) => `${timestamp}-${seq}`,
}
const start = 1_760_000_000_000
const sealAt = (at: number, seq: string) => ({ customer: 'C2', timestamp: `${at}`, seq, digest: `${at}-${seq}` })

describe('used numbers', () => {
  it('are free again once their timestamp would not pass any more', () => {
    const seals = createSealCheck()
    const taken = (at: number, now: number) => 'connection' in seals.check(sealAt(at, '1'), [sender], now)
    expect(taken(start, start)).toBe(true)
    expect(taken(start, start + limits.pushAgeMs)).toBe(false)
    expect(taken(start, start + limits.pushAgeMs + 1)).toBe(false)
    expect(taken(start + limits.pushAgeMs + 1, start + limits.pushAgeMs + 1)).toBe(true)
  })

  it('sent ahead of time stay used until then', () => {
    const seals = createSealCheck()
    const ahead = sealAt(start + limits.pushAgeMs, '1')
    expect(seals.check(ahead, [sender], start)).toMatchObject({ signed: true })
    expect(seals.check(ahead, [sender], start + 2 * limits.pushAgeMs)).toEqual({ refused: 'seq was used before' })
  })

  it('are remembered up to a limit, the newest longest', () => {
    const seals = createSealCheck()
    const check = (seq: number) => 'connection' in seals.check(sealAt(start, `${seq}`), [sender], start)
    for (let seq = 0; seq <= limits.rememberedPushes; seq += 1) expect(check(seq)).toBe(true)
    expect(check(limits.rememberedPushes)).toBe(false)
    expect(check(1)).toBe(false)
    expect(check(0)).toBe(true)
  })

  it('a refused seal uses nothing up', () => {
    const seals = createSealCheck()
    expect(seals.check({ ...sealAt(start, '1'), digest: 'x' }, [sender], start)).toHaveProperty('refused')
    expect(seals.check(sealAt(start, '1'), [sender], start)).toMatchObject({ connection: 'voice', signed: true })
  })
})
