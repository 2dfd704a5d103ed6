import { describe, expect, it } from 'vitest'
import { open, tempFile } from './temp-store.ts'

const number = { number: '135 0000 0002', canonical: '13500000002' }
const learned = (name: string, at: number, connection = 'pbx') => ({
  canonical: number.canonical,
  name,
  at,
  connection,
})

describe('directory', () => {
  it('creates a person, then renames the same one', async () => {
    const store = await open()
    expect(store.directory.lookup(number.canonical)).toBeNull()
    await store.directory.save({ ...number, name: '李先生', company: null })
    await store.directory.save({ ...number, number: '13500000002', name: '李明', company: '明亮公司' })
    expect(store.directory.lookup(number.canonical)).toMatchObject({
      name: '李明',
      company: '明亮公司',
      source: 'directory',
      person: 1,
    })
    expect(store.directory.entered()).toMatchObject([
      { id: 1, name: '李明', company: '明亮公司', numbers: [{ number: '13500000002', canonical: '13500000002' }] },
    ])
  })

  it('lets the newest learned name win among learned ones, never over a person', async () => {
    const store = await open()
    await store.directory.learn([learned('Old', 10), learned('New', 20)])
    await store.directory.learn([learned('Older', 5)])
    expect(store.directory.lookup(number.canonical)).toEqual({ name: 'New', company: null, source: 'learned' })
    await store.directory.learn([learned('Other log', 30, 'demo')])
    expect(store.directory.lookup(number.canonical)?.name).toBe('Other log')
    await store.directory.save({ ...number, name: 'Person', company: null })
    await store.directory.learn([learned('Newest', 40)])
    expect(store.directory.lookup(number.canonical)).toMatchObject({ name: 'Person', source: 'directory' })
  })

  it('gives back a learned name that a purged connection had covered', async () => {
    const store = await open()
    await store.directory.learn([learned('Real', 10), learned('Training', 20, 'demo')])
    await store.calls.purge('demo')
    expect(store.directory.lookup(number.canonical)?.name).toBe('Real')
  })

  it('has a version that grows with every change and stands still without one', async () => {
    const store = await open()
    const versions = [store.directory.version()]
    const step = async (work: Promise<unknown>) => {
      await work
      versions.push(store.directory.version())
    }
    await step(store.directory.learn([learned('A', 10)]))
    await step(store.directory.learn([learned('A', 10)]))
    await step(store.directory.learn([learned('A', 20)]))
    await step(store.directory.learn([learned('B', 30)]))
    await step(store.directory.save({ ...number, name: 'C', company: null }))
    await step(store.directory.learn([]))
    const grew = versions.slice(1).map((version, at) => version > (versions[at] ?? 0))
    expect(grew).toEqual([true, false, false, true, true, false])
  })

  it('ignores nameless rows and refuses an empty number', async () => {
    const store = await open()
    await store.directory.learn([{ ...learned('  ', 1) }, { ...learned('X', 1), canonical: '' }])
    expect(store.directory.lookup(number.canonical)).toBeNull()
    expect(store.directory.lookup('')).toBeNull()
    await expect(store.directory.save({ ...number, canonical: '', name: 'X', company: null })).rejects.toMatchObject({
      code: 'bad-request',
      details: { field: 'number' },
    })
  })

  it('is there after a restart', async () => {
    const file = tempFile()
    const first = await open(file)
    await first.directory.save({ ...number, name: '张三', company: null })
    await first.directory.learn([{ ...learned('Log', 1), canonical: '801' }])
    await first.close()
    const second = await open(file)
    expect(second.directory.lookup(number.canonical)?.name).toBe('张三')
    expect(second.directory.lookup('801')?.name).toBe('Log')
    expect(second.notices).toEqual([])
  })
})

it('names learned from the call log stand apart, once each, and never beside an entered person', async () => {
  const store = await open(tempFile())
  await store.directory.save({ number: '13500000002', canonical: '13500000002', name: '李建国', company: null })
  await store.directory.learn([
    { canonical: '13500000002', name: '李总', at: 5, connection: 'pbx' },
    { canonical: '13900000003', name: '旧名', at: 1, connection: 'pbx' },
    { canonical: '13900000003', name: '新名', at: 9, connection: 'other' },
  ])
  expect(store.people.learned({ offset: 0, limit: 9 })).toEqual([{ canonical: '13900000003', name: '新名', at: 9 }])
  expect(store.people.learnedRows('', 9).map(({ name }) => name)).toEqual(['新名'])
  expect(store.people.learnedCount()).toBe(1)
})
