import { loadReadings } from '../history/words.ts'
import type { Clock, PeopleStore } from '../ports/index.ts'
import { createGlyphTable } from './name-match.ts'
import { createPeopleIndex, type FoundPerson, heatOf, type PeopleIndex, type TypedWord } from './people-index.ts'

export interface PeopleSearchDeps {
  clock: Clock
  people: PeopleStore
  /** Newest first. */
  recent(): { canonical: string; at: number }[]
}

export interface FoundPeople {
  found: FoundPerson[]
  total: number
  /** The number and name behind a key below 0. */
  learnedOf(key: number): { canonical: string; name: string } | null
}

export interface PeopleSearch {
  /** The best people for these words. The first search makes the index, which takes a while with very many people. */
  find(words: readonly TypedWord[], limit: number): Promise<FoundPeople>
  /** Numbers of everybody whom these words fit and who was talked with. */
  canonicals(words: readonly TypedWord[]): Promise<string[]>
  /** An index is held at the moment. */
  isHeld(): boolean
  stop(): void
}

/** People that are read at once; in between, calls are attended to. */
const sliceRows = 1000
/** Unused for so long, the index is let go, ms. */
const idleMs = 10 * 60_000
/** Names from logs come with every poll: they are read anew at most so often, ms. */
const learnedMs = 30_000

interface Held {
  index: PeopleIndex
  learned: { canonical: string; name: string }[]
  version: number
  learnedVersion: number
  learnedMono: number
}

/** The index of everybody: made by the first search, kept true while it is used, let go when it is not. */
export function createPeopleSearch({ clock, people, recent }: PeopleSearchDeps): PeopleSearch {
  let held: Held | null = null
  let making: Promise<Held> | null = null
  let usedMono = 0
  let stopWatching: (() => void) | null = null

  const breathe = () => new Promise<void>((resolve) => void clock.after(0, resolve))

  /** How often and when last each number was talked with. */
  async function contacts(): Promise<Map<string, number>> {
    const heats = new Map<string, number>()
    for (let after = ''; ; ) {
      const rows = people.contacts(after, sliceRows)
      for (const { canonical, calls, lastAt } of rows) heats.set(canonical, heatOf(calls, lastAt))
      const last = rows.at(-1)
      if (!last || rows.length < sliceRows) return heats
      after = last.canonical
      await breathe()
    }
  }

  async function make(): Promise<Held> {
    const readings = await loadReadings()
    const index = createPeopleIndex(createGlyphTable((sign) => (/\p{Script=Han}/u.test(sign) ? readings(sign) : [])))
    const version = people.version()
    const heats = await contacts()
    const heatOfAll = (numbers: readonly string[]) => Math.max(0, ...numbers.map((one) => heats.get(one) ?? 0))
    for (let after = 0; ; ) {
      const rows = people.indexRows(after, sliceRows)
      for (const row of rows) index.put(row, heatOfAll(row.numbers))
      const last = rows.at(-1)
      if (!last || rows.length < sliceRows) break
      after = last.id
      await breathe()
    }
    const made: Held = { index, learned: [], version, learnedVersion: -1, learnedMono: Number.NEGATIVE_INFINITY }
    await readLearned(made, heats)
    return made
  }

  async function readLearned(into: Held, heats: Map<string, number> | null): Promise<void> {
    const version = people.learnedVersion()
    if (version === into.learnedVersion || clock.mono() - into.learnedMono < learnedMs) return
    into.learnedMono = clock.mono()
    const fresh: Held['learned'] = []
    for (let after = ''; ; ) {
      const rows = people.learnedRows(after, sliceRows)
      fresh.push(...rows)
      const last = rows.at(-1)
      if (!last || rows.length < sliceRows) break
      after = last.canonical
      await breathe()
    }
    fresh.forEach(({ canonical, name }, at) => {
      const old = into.learned[at]
      if (old?.canonical === canonical && old.name === name) return
      into.index.put(
        { id: -1 - at, name, company: null, group: null, numbers: [canonical] },
        heats?.get(canonical) ?? 0,
      )
    })
    for (let at = fresh.length; at < into.learned.length; at += 1) into.index.remove(-1 - at)
    into.learned = fresh
    into.learnedVersion = version
  }

  /** Whoever changed is put in anew; where nobody can say who, everything is. */
  function follow(one: Held): boolean {
    const version = people.version()
    if (version === one.version) return true
    const changed = people.changedSince(one.version)
    if (changed === null || one.index.isWorn()) return false
    const rows = people.indexRowsOf(changed)
    for (const id of changed) one.index.remove(id)
    for (const row of rows) one.index.put(row, 0)
    one.version = version
    return true
  }

  function watch(): void {
    stopWatching?.()
    stopWatching = clock.after(idleMs, () => {
      stopWatching = null
      if (held !== null && clock.mono() - usedMono < idleMs) watch()
      else held = null
    })
  }

  async function ready(): Promise<Held> {
    usedMono = clock.mono()
    if (held && !follow(held)) held = null
    if (!held) {
      making ??= make().finally(() => {
        making = null
      })
      held = await making
      follow(held)
      watch()
    }
    await readLearned(held, null)
    return held
  }

  return {
    async find(words, limit) {
      const { index, learned } = await ready()
      for (const { canonical, at } of recent())
        for (const id of people.withNumber(canonical)) index.warm(id, heatOf(1, at))
      const { found, total } = index.search(words, limit)
      return { found, total, learnedOf: (key) => learned[-1 - key] ?? null }
    },
    async canonicals(words) {
      const { index } = await ready()
      return index.calledNumbers(words)
    },
    isHeld: () => held !== null,
    stop() {
      stopWatching?.()
      held = null
    },
  }
}
