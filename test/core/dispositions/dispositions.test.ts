import { beforeEach, describe, expect, it } from 'vitest'
import { createDispositions, type Dispositions } from '../../../main/core/dispositions/dispositions.ts'
import type { Store } from '../../../main/core/ports/index.ts'
import { createManualClock, open } from '../../store/temp-store.ts'

const c1 = { connection: 'pbx', callId: 'c1' }
const known = new Map([
  ['c1', { number: '013500000002', canonical: '13500000002', callStartedAt: 1000 }],
  ['c2', { number: '13500000002', canonical: '13500000002', callStartedAt: 2000 }],
])

describe('dispositions', () => {
  const clock = createManualClock()
  let store: Store
  let tags: { list: string[]; free: boolean }
  let changes: number
  let dispositions: Dispositions
  let desk: Dispositions['desk']
  beforeEach(async () => {
    store = await open()
    tags = { list: ['报价', '投诉'], free: true }
    changes = 0
    dispositions = createDispositions({
      clock,
      store: store.dispositions,
      callOf(call) {
        const facts = known.get(call.callId)
        return facts && call.connection === 'pbx' ? { ...call, ...facts } : null
      },
      returnOf: () => null,
      identify: (number) => ({
        number,
        canonical: number,
        display: number,
        home: null,
        name: '李建国',
        company: null,
        source: 'directory',
      }),
      extensionName: (extension) => (extension === '802' ? '张霞' : null),
      myExtension: () => '802',
      tags: () => tags,
      onChange: () => {
        changes += 1
      },
    })
    desk = dispositions.desk
  })

  it('a note is written, found by its call and by its person, and signed', async () => {
    const saved = await desk.saveText({ ...c1, text: '要对账单', base: '' })
    expect(saved).toMatchObject({
      text: '要对账单',
      author: '802',
      authorName: '张霞',
      callStartedAt: 1000,
      party: { name: '李建国' },
    })
    expect(await desk.get(c1)).toMatchObject({ note: { text: '要对账单' }, followUp: null, earlier: [] })
    expect((await desk.get({ connection: 'pbx', callId: 'c2' })).earlier.map(({ text }) => text)).toEqual(['要对账单'])
    expect(changes).toBe(1)
    await desk.saveText({ ...c1, text: '要对账单', base: '要对账单' })
    expect(changes).toBe(1)
    expect(await desk.saveText({ ...c1, text: '', base: '要对账单' })).toBeNull()
    expect((await desk.get(c1)).note).toBeNull()
  })

  it('text and tags that are written at once are both kept; so are two texts', async () => {
    await Promise.all([
      desk.saveText({ ...c1, text: '第一', base: '' }),
      desk.setTags({ ...c1, tags: ['报价', '新标签', '报价'] }),
      desk.saveText({ ...c1, text: '第二', base: '' }),
    ])
    expect((await desk.get(c1)).note).toMatchObject({ text: '第一\n第二', tags: ['报价', '新标签'] })
    expect(dispositions.snapshot().tags).toEqual(['报价', '投诉', '新标签'])
  })

  it('where only the list is allowed, no other tag is taken; one that is there already may stay', async () => {
    await desk.setTags({ ...c1, tags: ['旧标签'] })
    tags = { list: ['报价'], free: false }
    await expect(desk.setTags({ ...c1, tags: ['别的'] })).rejects.toMatchObject({
      code: 'bad-request',
      details: { field: 'tags' },
    })
    expect((await desk.setTags({ ...c1, tags: ['旧标签', '报价'] }))?.tags).toEqual(['旧标签', '报价'])
    expect(dispositions.snapshot()).toMatchObject({ tags: ['报价'], freeTags: false })
  })

  it('nothing is written about a call that nobody knows', async () => {
    const foreign = { connection: 'pbx', callId: 'nope' }
    await expect(desk.saveText({ ...foreign, text: 'x', base: '' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(desk.setFollowUp({ ...foreign, dueAt: clock.now() + 1 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(desk.finishFollowUp(c1)).rejects.toMatchObject({ code: 'not-found' })
    expect((await desk.get(foreign)).note).toBeNull()
  })

  it('a note stays editable after its call was purged', async () => {
    await desk.saveText({ ...c1, text: '一', base: '' })
    const facts = known.get('c1')
    known.delete('c1')
    expect(await desk.saveText({ ...c1, text: '一二', base: '一' })).toMatchObject({
      text: '一二',
      callStartedAt: 1000,
    })
    if (facts) known.set('c1', facts)
  })

  it('a follow-up is promised, moved, done and undone; a new time is announced anew', async () => {
    const dueAt = clock.now() + 60_000
    expect(await desk.setFollowUp({ ...c1, dueAt, promise: '报交期' })).toMatchObject({
      dueAt,
      promise: '报交期',
      doneAt: null,
    })
    const stored = () => store.dispositions.followUp(c1)
    expect(dispositions.due()).toEqual([])
    clock.advance(60_000)
    const [first] = dispositions.due()
    if (!first) throw new Error('nothing is due')
    await dispositions.noticed([first])
    expect(stored()?.noticedFor).toBe(dueAt)
    expect(dispositions.due()).toEqual([])
    expect(await desk.setFollowUp({ ...c1, dueAt: dueAt + 1 })).toMatchObject({ promise: '报交期', dueAt: dueAt + 1 })
    expect(stored()?.noticedFor).toBeNull()
    // It was announced for the old time while it was being moved.
    await dispositions.noticed([first])
    expect(stored()?.noticedFor).toBeNull()
    expect((await desk.finishFollowUp(c1)).doneAt).toBe(clock.now())
    expect(dispositions.snapshot()).toMatchObject({ openCount: 0, followUps: [] })
    expect(await desk.doneFollowUps({ limit: 9 })).toHaveLength(1)
    expect((await desk.reopenFollowUp(c1)).doneAt).toBeNull()
    expect(dispositions.snapshot().openCount).toBe(1)
  })

  it('a time that has passed or lies ages ahead is refused, by its field', async () => {
    for (const dueAt of [clock.now(), clock.now() - 1, clock.now() + 6 * 366 * 86_400_000])
      await expect(desk.setFollowUp({ ...c1, dueAt })).rejects.toMatchObject({
        code: 'bad-request',
        details: { field: 'dueAt' },
      })
    expect(dispositions.snapshot().openCount).toBe(0)
  })

  it('however many there are: each is due at its time, in order, and the list goes on where the snapshot ends', async () => {
    const now = clock.now()
    const promised = Array.from({ length: 450 }, (_, n) => ({
      ...{ ...c1, callId: `many${String(n).padStart(3, '0')}`, number: '', canonical: '', callStartedAt: 1 },
      // Many share a time.
      ...{ promise: '', dueAt: now + 1000 * (1 + Math.floor(n / 150)), createdAt: 1, doneAt: null, noticedFor: null },
    }))
    await Promise.all(promised.map((one) => store.dispositions.saveFollowUp(one)))
    dispositions.refresh()
    expect(dispositions.due()).toEqual([])
    clock.advance(2000)
    expect(dispositions.due()).toEqual(promised.slice(0, 300))
    clock.advance(1000)
    expect(dispositions.due()).toEqual(promised)
    await dispositions.noticed(promised.slice(0, 299))
    expect(dispositions.due()).toEqual(promised.slice(299))
    // Somebody sets the clock right.
    clock.advance(-1000)
    expect(dispositions.due()).toEqual(promised.slice(299, 300))
    const { followUps, openCount } = dispositions.snapshot()
    expect([followUps.length, openCount]).toEqual([200, 450])
    const after = { ...c1, callId: 'many199', dueAt: now + 2000 }
    const rest = await desk.openFollowUps({ after, limit: 5000 })
    expect([...followUps, ...rest].map(({ callId }) => callId)).toEqual(promised.map(({ callId }) => callId))
    expect(await desk.openFollowUps({ after, limit: 2 })).toEqual(rest.slice(0, 2))
  })

  it('each click on a reminder is new', () => {
    dispositions.focus(c1)
    const first = dispositions.snapshot().focus
    dispositions.focus(c1)
    expect(dispositions.snapshot().focus?.at).toBeGreaterThan(first?.at ?? 0)
  })
})
