import { describe, expect, it } from 'vitest'
import { typedWords } from '../../../main/core/directory/typed-words.ts'
import { createMemoryDirectory, searchOver } from './directory-stand-in.ts'

describe('who was talked with often and lately', () => {
  const day = 86_400_000
  const today = Date.UTC(2026, 10, 21, 8)
  const [li, wang] = ['13500000002', '13800000417']
  let mono = 0
  /** What is due at once happens; the index is never let go. */
  const clock = {
    now: () => today,
    mono: () => mono,
    after(ms: number, run: () => void) {
      const soon = ms === 0 ? setImmediate(run) : null
      return () => soon && clearImmediate(soon)
    },
  }
  const none: { canonical: string; at: number }[] = []

  /** Two people whom "li" fits alike. */
  function twoOf(calls: { canonical: string; calls: number; lastAt: number }[], recent: typeof none = none) {
    mono = 0
    const directory = createMemoryDirectory(
      [
        { name: '李甲', numbers: [wang] },
        { name: '李乙', numbers: ['075528000123', li] },
      ],
      calls,
    )
    const people = searchOver(directory, recent, clock)
    const first = async () => {
      const { found } = await people.find(typedWords('li'), 5)
      return directory.personOf(found[0]!.key)?.name
    }
    const save = (number: string, name: string) =>
      directory.save({ number, canonical: number, name, company: '华强' }).then(() => undefined)
    return { directory, people, first, save }
  }
  const talked = (canonical: string, calls: number, daysAgo: number) => ({
    ...{ canonical, calls },
    lastAt: today - daysAgo * day,
  })

  it.each([
    ['50 calls beat one', 50, 1],
    ['50 calls of four months ago beat one of today', 50, 120],
  ])('%s', async (_what, calls, daysAgo) =>
    expect(await twoOf([talked(wang, 1, 1), talked(li, calls, daysAgo)]).first()).toBe('李乙'),
  )

  it('50 calls of a year ago do not beat one of yesterday', async () =>
    expect(await twoOf([talked(wang, 1, 1), talked(li, 50, 365)]).first()).toBe('李甲'))

  it('an edit keeps their place, and whoever is new comes with theirs', async () => {
    const { first, save, people } = twoOf([talked(wang, 1, 1), talked(li, 50, 1), talked('13900000001', 90, 1)])
    expect(await first()).toBe('李乙')
    await save(li, '李乙')
    expect(await first()).toBe('李乙')
    expect(await people.canonicals(typedWords('李乙'))).toContain(li)
    await save('13900000001', '李丙')
    expect(await first()).toBe('李丙')
  })

  it('an import of thousands keeps everybody in place, and lets other work in between', async () => {
    const { first, save, directory } = twoOf([talked(wang, 1, 1), talked(li, 50, 1)])
    expect(await first()).toBe('李乙')
    for (let at = 0; at < 600; at += 1) await save(`136${String(at).padStart(8, '0')}`, `客户${at}`)
    await save(li, '李乙')
    const asked: number[] = []
    const { contactsOf } = directory.people
    directory.people.contactsOf = (canonicals) => {
      asked.push(canonicals.length)
      return contactsOf(canonicals)
    }
    expect(await first()).toBe('李乙')
    expect(asked.filter((count) => count > 0)).toEqual([250, 250, 102])
  })

  it('calls of an index that is held move people up: those just now at once, with all calls before them', async () => {
    const calls = [talked(wang, 5, 3), talked(li, 4, 3)]
    const recent: typeof none = []
    const { first } = twoOf(calls, recent)
    expect(await first()).toBe('李甲')
    recent.push({ canonical: li, at: today })
    expect(await first()).toBe('李甲')
    calls[1] = talked(li, 5, 3)
    expect(await first()).toBe('李乙')
  })

  it('calls that are no longer among the newest count too, looked for twice a minute', async () => {
    const calls = [talked(wang, 5, 3), talked(li, 1, 3)]
    const { first } = twoOf(calls)
    expect(await first()).toBe('李甲')
    calls[1] = talked(li, 9, 0.01)
    expect(await first()).toBe('李甲')
    mono += 30_000
    expect(await first()).toBe('李乙')
  })

  it('a name that only a log knows keeps its place when other names come', async () => {
    const { directory, people } = twoOf([talked(wang, 1, 1), talked('13900000002', 50, 1)])
    const learn = (canonical: string, name: string) =>
      directory.learn([{ canonical, name, connection: 'pbx', at: today }])
    const first = async () => {
      const { found, learnedOf } = await people.find(typedWords('li'), 5)
      return learnedOf(found[0]!.key)?.name
    }
    await learn('13900000002', '李丁')
    expect(await first()).toBe('李丁')
    await learn('13900000001', '王')
    mono += 30_000
    expect(await first()).toBe('李丁')
  })
})
