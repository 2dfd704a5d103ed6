import { spaced } from '../core/history/words.ts'
import type { Statement } from './sqlite.ts'

/** Outside parties as the logs name them: one row per number and name, with how many calls it has. */
export interface PartyWrites {
  /** Before the first `idOf` of a write: what was remembered and then rolled back is forgotten. */
  begin(): void
  /** Its id; a new one is made. */
  idOf(canonical: string, number: string, name: string, spelling: string): number
  /** Add what `counts` gathered. */
  count(counts: PartyCounts): void
  /** Index the new ones. In one go at the end, see the notes. */
  index(): void
  /** Delete parties that have no call any more, at most `limit`. */
  dropUnused(limit: number): void
}

/** What one write does to the calls of parties, gathered so that each party is written once. */
export interface PartyCounts {
  /** `lastId` and `lastTalk` are ids of calls, 0 where there is nothing to tell. */
  add(party: number, calls: number, lastId: number, lastTalk: number): void
  each(write: (party: number, calls: number, lastId: number, lastTalk: number) => void): void
}

interface Known {
  canonical: string
  name: string
  id: number
}

/** Ids are remembered for so many numbers at least: the same ones call again and again. */
const rememberedParties = 10_000
/** Of a number that comes under ever new names, so many. */
const rememberedNames = 8

export function partyWrites(statement: (sql: string) => Statement): PartyWrites {
  const find = statement('SELECT id FROM parties WHERE canonical = ? AND number = ? AND name = ?').pluck()
  const newest = statement('SELECT max(id) FROM parties').pluck()
  const add = statement(
    'INSERT INTO parties (canonical, number, name, spelling, calls, last_call, last_talk) VALUES (?, ?, ?, ?, 0, 0, 0)',
  )
  const addWords = statement('INSERT INTO party_words (rowid, words) VALUES (?, ?)')
  const addDigits = statement('INSERT INTO party_digits (rowid, digits) VALUES (?, ?)')
  const addCalls = statement(
    'UPDATE parties SET calls = calls + ?, last_call = max(last_call, ?), last_talk = max(last_talk, ?) WHERE id = ?',
  )
  const unused = statement('SELECT id FROM parties INDEXED BY parties_unused WHERE calls <= 0 LIMIT ?').pluck()
  const drop = ['party_words WHERE rowid', 'party_digits WHERE rowid', 'parties WHERE id'].map((which) =>
    statement(`DELETE FROM ${which} = ?`),
  )
  // Two generations: the older one goes when the younger one is full. By the number as it came: making one key of all costs more.
  let younger = new Map<string, Known[]>()
  let older = new Map<string, Known[]>()
  let newestId = 0
  let waiting: { id: number; words: string | null; digits: string }[] = []

  function forget(): void {
    younger = new Map()
    older = new Map()
  }

  function remember(number: string, known: Known): number {
    const others = younger.get(number)
    if (others) {
      if (others.push(known) > rememberedNames) others.shift()
      return known.id
    }
    if (younger.size >= rememberedParties) {
      older = younger
      younger = new Map()
    }
    younger.set(number, [known])
    return known.id
  }

  function create(canonical: string, number: string, name: string, spelling: string): number {
    const id = Number(add.run(canonical, number, name, spelling).lastInsertRowid)
    newestId = id
    const words = name === '' ? null : `${spaced(name)} ${spelling}`
    waiting.push({ id, words, digits: number.endsWith(canonical) ? number : `${canonical} ${number}` })
    return id
  }

  return {
    begin() {
      // Parties are made and deleted here only: a newest one that is not ours was rolled back.
      const id = Number(newest.get() ?? 0)
      if (id !== newestId) forget()
      newestId = id
      waiting = []
    },
    idOf(canonical, number, name, spelling) {
      const isIt = (known: Known) => known.name === name && known.canonical === canonical
      const remembered = younger.get(number)?.find(isIt)
      if (remembered) return remembered.id
      const known = older.get(number)?.find(isIt)?.id ?? find.get(canonical, number, name)
      const id = known === undefined ? create(canonical, number, name, spelling) : Number(known)
      return remember(number, { canonical, name, id })
    },
    count(counts) {
      counts.each((party, calls, lastId, lastTalk) => addCalls.run(calls, lastId, lastTalk, party))
    },
    index() {
      for (const { id, words } of waiting) if (words !== null) addWords.run(id, words)
      for (const { id, digits } of waiting) addDigits.run(id, digits)
      waiting = []
    },
    dropUnused(limit) {
      const ids = unused.all(limit)
      if (ids.length > 0) forget()
      for (const one of drop) for (const id of ids) one.run(id)
    },
  }
}

export function createPartyCounts(): PartyCounts {
  const counts = new Map<number, [calls: number, lastId: number, lastTalk: number]>()
  return {
    add(party, calls, lastId, lastTalk) {
      const known = counts.get(party)
      if (known === undefined) {
        counts.set(party, [calls, lastId, lastTalk])
        return
      }
      known[0] += calls
      known[1] = Math.max(known[1], lastId)
      known[2] = Math.max(known[2], lastTalk)
    },
    each(write) {
      for (const [party, [calls, lastId, lastTalk]] of counts) write(party, calls, lastId, lastTalk)
    },
  }
}
