import { loadReadings } from '../history/words.ts'
import type { Clock, PeopleStore } from '../ports/index.ts'
import { createGlyphTable } from './name-match.ts'
import { createPeopleIndex, type FoundPerson, heatOf, type PeopleIndex, type TypedWord } from './people-index.ts'

export interface PeopleSearchDeps {
  clock: Clock
  people: Pick<
    PeopleStore,
    | 'contacts'
    | 'contactsOf'
    | 'contactsSince'
    | 'indexRows'
    | 'indexRowsOf'
    | 'learnedRows'
    | 'version'
    | 'changedSince'
    | 'learnedVersion'
    | 'withNumber'
  >
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
const sliceRows = 250
/** Unused for so long, the index is let go, ms. */
const idleMs = 10 * 60_000
/** Names and calls come with every poll: they are read anew at most so often, ms. */
const freshMs = 30_000
/** A call is logged when it ends: calls are read from so long before the last look on, ms. */
const longCallMs = 60 * 60_000

interface Held {
  index: PeopleIndex
  learned: { canonical: string; name: string }[]
  version: number
  learnedVersion: number
  learnedMono: number
  /** Calls were read up to here: epoch ms, and when that was. */
  calledAt: number
  calledMono: number
  /** The newest numbers and their heat that are in already, as text; '' = people changed since. */
  warmed: string
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

  /** The heat of whoever has the numbers, by what the call log says of these numbers. */
  function heatsOf(numbers: readonly string[]): Map<string, number> {
    return new Map(people.contactsOf(numbers).map(({ canonical, calls, lastAt }) => [canonical, heatOf(calls, lastAt)]))
  }
  const warmest = (numbers: readonly string[], heats: ReadonlyMap<string, number>) =>
    Math.max(0, ...numbers.map((one) => heats.get(one) ?? 0))

  async function make(): Promise<Held> {
    const readings = await loadReadings()
    const index = createPeopleIndex(createGlyphTable((sign) => (/\p{Script=Han}/u.test(sign) ? readings(sign) : [])))
    const version = people.version()
    const [calledAt, calledMono] = [clock.now(), clock.mono()]
    const heats = await contacts()
    for (let after = 0; ; ) {
      const rows = people.indexRows(after, sliceRows)
      for (const row of rows) index.put(row, warmest(row.numbers, heats))
      const last = rows.at(-1)
      if (!last || rows.length < sliceRows) break
      after = last.id
      await breathe()
    }
    const made: Held = {
      ...{ index, version, calledAt, calledMono },
      ...{ learned: [], learnedVersion: -1, learnedMono: Number.NEGATIVE_INFINITY, warmed: '' },
    }
    await readLearned(made, heats)
    return made
  }

  async function readLearned(into: Held, heats: Map<string, number> | null): Promise<void> {
    const version = people.learnedVersion()
    if (version === into.learnedVersion || clock.mono() - into.learnedMono < freshMs) return
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
    const moved = fresh.flatMap(({ canonical, name }, at) => {
      const old = into.learned[at]
      return old?.canonical === canonical && old.name === name ? [] : [at]
    })
    for (let from = 0; from < moved.length; from += sliceRows) {
      const slice = moved.slice(from, from + sliceRows).map((at) => ({ at, ...fresh[at]! }))
      const own = heats ?? heatsOf(slice.map(({ canonical }) => canonical))
      for (const { at, canonical, name } of slice)
        into.index.put({ id: -1 - at, name, company: null, group: null, numbers: [canonical] }, own.get(canonical) ?? 0)
    }
    for (let at = fresh.length; at < into.learned.length; at += 1) into.index.remove(-1 - at)
    into.learned = fresh
    into.warmed = ''
    into.learnedVersion = version
  }

  /** Whoever changed is put in anew; where nobody can say who, everything is. */
  async function follow(one: Held): Promise<boolean> {
    const version = people.version()
    if (version === one.version) return true
    const changed = people.changedSince(one.version)
    if (changed === null || one.index.isWorn()) return false
    const ids = [...new Set(changed)]
    for (let from = 0; from < ids.length; from += sliceRows) {
      if (from > 0) await breathe()
      const slice = ids.slice(from, from + sliceRows)
      const rows = people.indexRowsOf(slice)
      const heats = heatsOf(rows.flatMap(({ numbers }) => numbers))
      for (const id of slice) one.index.remove(id)
      for (const row of rows) one.index.put(row, warmest(row.numbers, heats))
    }
    one.warmed = ''
    // Another search may have followed further meanwhile.
    one.version = Math.max(one.version, version)
    return true
  }

  /** Whoever was talked with since the last look moves up. */
  async function readCalls(into: Held): Promise<void> {
    if (clock.mono() - into.calledMono < freshMs) return
    const from = into.calledAt - longCallMs
    into.calledAt = clock.now()
    into.calledMono = clock.mono()
    const fresh = people.contactsSince(from)
    for (let at = 0; at < fresh.length; at += sliceRows) {
      if (at > 0) await breathe()
      for (const { canonical, calls, lastAt } of fresh.slice(at, at + sliceRows))
        warm(into, canonical, heatOf(calls, lastAt))
    }
  }

  function warm({ index, learned }: Held, canonical: string, heat: number): void {
    for (const id of people.withNumber(canonical)) index.warm(id, heat)
    const at = placeOf(learned, canonical)
    if (at >= 0) index.warm(-1 - at, heat)
  }

  /** The calls of these minutes: the log that counts calls comes later. */
  function warmRecent(one: Held): void {
    const newest = recent()
    const known = new Map(
      people.contactsOf(newest.map(({ canonical }) => canonical)).map((row) => [row.canonical, row]),
    )
    const heats = newest.map(({ canonical, at }) => {
      const { calls, lastAt } = known.get(canonical) ?? { calls: 1, lastAt: at }
      return { canonical, heat: heatOf(Math.max(1, calls), Math.max(lastAt, at)) }
    })
    const shown = JSON.stringify(heats)
    if (shown === one.warmed) return
    for (const { canonical, heat } of heats) warm(one, canonical, heat)
    one.warmed = shown
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
    const old = held
    const isTrue = old !== null && (await follow(old))
    if (old && isTrue) {
      await readLearned(old, null)
      await readCalls(old)
      return old
    }
    if (held === old) held = null
    making ??= make().finally(() => {
      making = null
    })
    const made = await making
    held = made
    await follow(made)
    watch()
    await readLearned(made, null)
    return made
  }

  return {
    async find(words, limit) {
      const one = await ready()
      warmRecent(one)
      const { index, learned } = one
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

/** Where a number stands in a list that is in order of numbers; -1 = nowhere. */
function placeOf(list: readonly { canonical: string }[], canonical: string): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]!.canonical < canonical) low = middle + 1
    else high = middle
  }
  return list[low]?.canonical === canonical ? low : -1
}
