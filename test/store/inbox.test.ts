import { describe, expect, it } from 'vitest'
import { event, open, record, tempFile } from './temp-store.ts'

describe('inbox', () => {
  it('gives every event a growing id and returns it exactly as it came', async () => {
    const store = await open()
    const strange = event({
      raw: 'GET /srvlt?caller=\u00d5\u00c5 x\u0000\u{1f4de}',
      charset: 'gb18030',
      caller: '',
      state: 'hungup',
    })
    const first = await store.inbox.append(event())
    const second = await store.inbox.append(strange)
    expect(second).toBeGreaterThan(first)
    expect(store.inbox.unfolded()).toEqual([
      { id: first, ...event() },
      { id: second, ...strange },
    ])
  })

  it('keeps events over a restart and leaves out what is folded', async () => {
    const file = tempFile()
    const before = await open(file)
    const ids = []
    for (const callId of ['a', 'b', 'c']) ids.push(await before.inbox.append(event({ callId })))
    await before.calls.save([record({ callId: 'a' })], ids[1])
    await before.close()
    const after = await open(file)
    expect(after.inbox.unfolded().map((one) => one.callId)).toEqual(['c'])
  })

  it('gives the last events, newest first, folded or not', async () => {
    const store = await open()
    const ids = []
    for (const callId of ['a', 'b', 'c']) ids.push(await store.inbox.append(event({ callId })))
    await store.calls.save([], ids[2])
    expect(store.inbox.newest(2)).toEqual([
      { id: ids[2], ...event({ callId: 'c' }) },
      { id: ids[1], ...event({ callId: 'b' }) },
    ])
  })

  it('never moves the folded mark back', async () => {
    const store = await open()
    const ids = await Promise.all(['a', 'b', 'c'].map((callId) => store.inbox.append(event({ callId }))))
    await store.calls.save([], ids[2])
    await store.calls.save([], ids[0])
    expect(store.inbox.unfolded()).toEqual([])
  })

  it('never uses an id twice, so that a new event cannot count as folded', async () => {
    const file = tempFile()
    const first = await open(file)
    const id = await first.inbox.append(event({ connection: 'demo' }))
    await first.calls.save([], id)
    await first.calls.purge('demo')
    await first.close()
    const second = await open(file)
    expect(await second.inbox.append(event({ callId: 'new' }))).toBeGreaterThan(id)
    expect(second.inbox.unfolded().map((one) => one.callId)).toEqual(['new'])
  })

  it('takes a time with a fraction', async () => {
    const store = await open()
    await store.inbox.append(event({ receivedAt: 1234.56 }))
    expect(store.inbox.unfolded()[0]?.receivedAt).toBe(1235)
  })

  it('refuses a value that is no text, and names it as a storage error', async () => {
    const store = await open()
    const broken = { ...event(), caller: undefined as unknown as string }
    const [bad, good] = await Promise.allSettled([store.inbox.append(broken), store.inbox.append(event())])
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'storage-failed' } })
    expect(good.status).toBe('fulfilled')
  })
})
