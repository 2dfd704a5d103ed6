import { describe, expect, it } from 'vitest'
import type { StoredFollowUp, StoredNote } from '../../main/core/ports/index.ts'
import { open, tempFile } from './temp-store.ts'

const note = (over: Partial<StoredNote> = {}): StoredNote => ({
  connection: 'pbx',
  callId: 'c1',
  number: '013500000002',
  canonical: '13500000002',
  callStartedAt: 1000,
  note: '要11月对账单',
  tags: [],
  author: '802',
  updatedAt: 2000,
  ...over,
})
const followUp = (over: Partial<StoredFollowUp> = {}): StoredFollowUp => ({
  connection: 'pbx',
  callId: 'c1',
  number: '013500000002',
  canonical: '13500000002',
  callStartedAt: 1000,
  promise: '报交期',
  dueAt: 5000,
  createdAt: 2000,
  doneAt: null,
  noticedFor: null,
  ...over,
})

describe('notes and tags', () => {
  it('are there again after the file was closed, tags in their order', async () => {
    const file = tempFile()
    const first = await open(file)
    await first.dispositions.saveNote(note({ tags: ['报价', '投诉', 'A'] }))
    await first.close()
    const again = await open(file)
    expect(again.dispositions.note({ connection: 'pbx', callId: 'c1' })).toEqual(note({ tags: ['报价', '投诉', 'A'] }))
    expect(again.dispositions.note({ connection: 'cloud', callId: 'c1' })).toBeNull()
  })

  it('replace each other; the same write twice changes nothing; an empty one is gone', async () => {
    const { dispositions } = await open()
    for (const _time of [1, 2]) await dispositions.saveNote(note({ note: '改过', tags: ['投诉'], updatedAt: 3000 }))
    expect(dispositions.note(note())).toMatchObject({ note: '改过', tags: ['投诉'], updatedAt: 3000 })
    await dispositions.saveNote(note({ note: '', tags: ['投诉'] }))
    expect(dispositions.note(note())).toMatchObject({ note: '', tags: ['投诉'] })
    await dispositions.saveNote(note({ note: '', tags: [] }))
    expect(dispositions.note(note())).toBeNull()
    expect(dispositions.usedTags(9)).toEqual([])
  })

  it('of one person come newest call first; nobody is a person without a number', async () => {
    const { dispositions } = await open()
    await dispositions.saveNote(note({ callId: 'old', callStartedAt: 1 }))
    await dispositions.saveNote(note({ callId: 'new', callStartedAt: 9 }))
    await dispositions.saveNote(note({ callId: 'hidden', canonical: '', number: '' }))
    await dispositions.saveNote(note({ callId: 'other', canonical: '13800000417' }))
    expect(dispositions.notesOf('13500000002', 5).map(({ callId }) => callId)).toEqual(['new', 'old'])
    expect(dispositions.notesOf('', 5)).toEqual([])
  })

  it('offers the tags used last, each once', async () => {
    const { dispositions } = await open()
    await dispositions.saveNote(note({ callId: 'a', tags: ['报价', '投诉'], updatedAt: 1000 }))
    await dispositions.saveNote(note({ callId: 'b', tags: ['售后'], updatedAt: 2000 }))
    await dispositions.saveNote(note({ callId: 'c', tags: ['报价'], updatedAt: 3000 }))
    expect(dispositions.usedTags(2)).toEqual(['报价', '售后'])
  })
})

describe('follow-ups', () => {
  it('open ones soonest first, counted whole; done ones newest first; reopened again', async () => {
    const { dispositions } = await open()
    await dispositions.saveFollowUp(followUp({ callId: 'late', dueAt: 9000 }))
    await dispositions.saveFollowUp(followUp({ callId: 'soon', dueAt: 3000 }))
    await dispositions.saveFollowUp(followUp({ callId: 'done1', doneAt: 4000 }))
    await dispositions.saveFollowUp(followUp({ callId: 'done2', doneAt: 6000 }))
    expect(dispositions.openFollowUps(9).map(({ callId }) => callId)).toEqual(['soon', 'late'])
    expect(dispositions.openFollowUps(1)).toEqual([followUp({ callId: 'soon', dueAt: 3000 })])
    expect(dispositions.openCount()).toBe(2)
    expect(dispositions.doneFollowUps(9).map(({ callId }) => callId)).toEqual(['done2', 'done1'])
    await dispositions.saveFollowUp(followUp({ callId: 'done2', doneAt: null, noticedFor: 5000 }))
    expect(dispositions.openCount()).toBe(3)
    expect(dispositions.followUp({ connection: 'pbx', callId: 'done2' })).toEqual(
      followUp({ callId: 'done2', noticedFor: 5000 }),
    )
  })
})

describe('openings of the customer system', () => {
  it('are claimed once per call and occasion, for ever, however many ask at once', async () => {
    const file = tempFile()
    const first = await open(file)
    const call = { connection: 'pbx', callId: 'c1' }
    const claims = await Promise.all([1, 2, 3].map(() => first.dispositions.claimOpening(call, 'ring', 1000)))
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await first.dispositions.claimOpening(call, 'answer', 1000)).toBe(true)
    await first.close()
    const again = await open(file)
    expect(await again.dispositions.claimOpening(call, 'ring', 2000)).toBe(false)
    expect(await again.dispositions.claimOpening({ ...call, connection: 'cloud' }, 'ring', 2000)).toBe(true)
  })
})

it('a purged connection takes what was written about its calls with it, and nothing else', async () => {
  const store = await open()
  const { dispositions } = store
  for (const connection of ['demo', 'pbx']) {
    await dispositions.saveNote(note({ connection, tags: ['投诉'] }))
    await dispositions.saveFollowUp(followUp({ connection }))
    await dispositions.claimOpening({ connection, callId: 'c1' }, 'ring', 1)
  }
  await store.calls.purge('demo')
  expect(dispositions.note(note({ connection: 'demo' }))).toBeNull()
  expect(dispositions.followUp(followUp({ connection: 'demo' }))).toBeNull()
  expect(dispositions.openCount()).toBe(1)
  expect(dispositions.note(note())?.tags).toEqual(['投诉'])
  expect(await dispositions.claimOpening({ connection: 'demo', callId: 'c1' }, 'ring', 2)).toBe(true)
})
