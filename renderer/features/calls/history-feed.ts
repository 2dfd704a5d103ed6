import type { CallsCursor, HistoryCall } from '../../../preload/contract/index.ts'
import { callKey } from './call-key.ts'

export interface HistoryPage {
  rows: HistoryCall[]
  next: CallsCursor | null
}

export interface FeedState {
  /** Newest first, as far as they were asked for. */
  rows: readonly HistoryCall[]
  /** Came while somebody was reading: they go into the list when asked for. */
  waiting: readonly HistoryCall[]
  /** More than `waiting` came: the list is read anew when asked for. */
  waitingMore: boolean
  phase: 'loading' | 'ready' | 'failed'
  /** Of the first page. */
  error: unknown
  hasMore: boolean
  loadingMore: boolean
  moreError: unknown
}

/** One list of calls. What stands in it never moves while it is held; only `release` and `reload` change places. */
export interface HistoryFeed {
  read(): FeedState
  subscribe(listener: () => void): () => void
  /** Somebody looks at it now, or soon: read anew, unless its first page is on its way already. */
  open(): Promise<void>
  /** Nobody looks at it any more: what a screen shows stays, to be there at once the next time. */
  close(): void
  /** Read what is loaded anew, from the top. */
  reload(): Promise<void>
  /** Look for newer calls, and bring known ones up to date. */
  refresh(): Promise<void>
  more(): Promise<void>
  /** Somebody is reading: what is new waits. */
  hold(held: boolean): void
  /** What waits goes into the list. */
  release(): Promise<void>
  /** Calls that go on and are not in the history yet; `row` is -1. */
  offer(calls: readonly HistoryCall[]): void
  /** Older calls may have come in behind the last one. */
  reopen(): void
  /** Something in the middle may have changed: read anew, at once or when nobody reads. */
  renew(): Promise<void>
  /** Change one call at once, before the core confirms it by the next look. */
  patch(key: string, change: Partial<HistoryCall>): void
}

/** A page of the first look is what a screen shows and some more: quick to come. */
const firstRows = 60
const pageRows = 200
/** So many newer calls are joined; beyond that the list is read anew. */
const mostNewPages = 3
const mostReloaded = 500

/** A call that goes on stands above the rows of the same moment. */
const newestFirst = (a: HistoryCall, b: HistoryCall) => b.startedAt - a.startedAt || b.row - a.row
const cursorOf = ({ startedAt, row }: HistoryCall): CallsCursor => ({ startedAt, row })

export function createHistoryFeed(
  search: (request: { before: CallsCursor | null; limit: number }) => Promise<HistoryPage>,
): HistoryFeed {
  let state: FeedState = {
    rows: [],
    waiting: [],
    waitingMore: false,
    phase: 'loading',
    error: null,
    hasMore: false,
    loadingMore: false,
    moreError: null,
  }
  let next: CallsCursor | null = null
  let held = false
  /** Answers of before a reload are thrown away. */
  let epoch = 0
  let refreshing: Promise<void> | null = null
  let first: Promise<void> | null = null
  let again = false
  const listeners = new Set<() => void>()

  function set(change: Partial<FeedState>): void {
    state = { ...state, ...change, hasMore: next !== null }
    for (const listener of listeners) listener()
  }

  /** Keys of the rows: made once per list, and longer with every page of it. */
  let keys = { of: state.rows, set: new Set<string>() }
  function isKnown(row: HistoryCall): boolean {
    const { length } = keys.of
    const isLonger = length > 0 && state.rows[0] === keys.of[0] && state.rows[length - 1] === keys.of[length - 1]
    const set = isLonger ? keys.set : new Set<string>()
    if (keys.of !== state.rows) {
      for (const one of isLonger ? state.rows.slice(length) : state.rows) set.add(callKey(one))
      keys = { of: state.rows, set }
    }
    const key = callKey(row)
    return set.has(key) || state.waiting.some((one) => callKey(one) === key)
  }

  async function readFrom(before: CallsCursor | null, count: number): Promise<HistoryPage> {
    const rows: HistoryCall[] = []
    let cursor = before
    for (;;) {
      const limit = Math.min(count - rows.length, pageRows)
      const page = await search({ before: cursor, limit })
      rows.push(...page.rows)
      if (page.next === null || rows.length >= count) return { rows, next: page.next }
      cursor = page.next
    }
  }

  async function reload(): Promise<void> {
    epoch += 1
    const own = epoch
    const count = Math.min(Math.max(firstRows, state.rows.length), mostReloaded)
    try {
      const page = await readFrom(null, count)
      if (own !== epoch) return
      next = page.next
      const cleared = { waiting: [], waitingMore: false, loadingMore: false, moreError: null }
      set({ ...cleared, rows: asBefore(state.rows, page.rows), phase: 'ready', error: null })
    } catch (error) {
      if (own === epoch) set({ phase: state.rows.length > 0 ? 'ready' : 'failed', error })
    }
  }

  /** Everything newer than what we have, down to the first page that holds a call we know. Null = too much for that. */
  async function readNewer(known: ReadonlySet<string>): Promise<HistoryCall[] | null> {
    const rows: HistoryCall[] = []
    let before: CallsCursor | null = null
    for (let n = 0; n < mostNewPages; n += 1) {
      const page = await search({ before, limit: firstRows })
      rows.push(...page.rows)
      if (page.next === null || page.rows.some((row) => known.has(callKey(row)))) return rows
      before = page.next
    }
    return null
  }

  function join(found: readonly HistoryCall[]): void {
    const newest = new Map(found.map((row) => [callKey(row), row]))
    const renew = (row: HistoryCall) => {
      const key = callKey(row)
      const now = newest.get(key)
      newest.delete(key)
      return now === undefined || isSame(now, row) ? row : now
    }
    const rows = keepSame(state.rows, state.rows.map(renew))
    const waiting = [...state.waiting.map(renew), ...newest.values()].sort(newestFirst)
    // Below the last row they come with the next page; an empty list has no such place.
    const last = state.rows.at(-1)
    const fresh = waiting.filter((row) => next === null || last === undefined || newestFirst(row, last) < 0)
    if (held) set({ rows, waiting: fresh, phase: 'ready', error: null })
    else set({ rows: fresh.length > 0 ? merged(rows, fresh) : rows, waiting: [], phase: 'ready', error: null })
  }

  async function refreshOnce(): Promise<void> {
    const own = epoch
    try {
      const stored = [...state.rows, ...state.waiting].filter(({ row }) => row >= 0)
      const known = new Set(stored.map(callKey))
      const found = known.size === 0 ? null : await readNewer(known)
      if (own !== epoch) return
      if (found) join(found)
      else if (held && known.size > 0) set({ waitingMore: true })
      else await reload()
    } catch (error) {
      // What is shown stays; the next news asks again, and an empty list says what is wrong.
      if (own === epoch) set({ error, phase: state.rows.length > 0 ? 'ready' : 'failed' })
    }
  }

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open() {
      if (first === null) {
        first = reload()
        return first
      }
      if (state.phase === 'loading') return first
      if (state.phase === 'failed') set({ phase: 'loading', error: null })
      return reload()
    },
    close() {
      const rows = state.rows.slice(0, firstRows)
      const last = rows.at(-1)
      if (state.rows.length <= firstRows || last === undefined || last.row < 0) return
      // Answers on their way are for the longer list.
      epoch += 1
      next = cursorOf(last)
      set({ rows, loadingMore: false, moreError: null })
    },
    reload,
    refresh() {
      if (refreshing) {
        again = true
        return refreshing
      }
      refreshing = (async () => {
        do {
          again = false
          await refreshOnce()
        } while (again)
      })().finally(() => {
        refreshing = null
      })
      return refreshing
    },
    async more() {
      if (next === null || state.loadingMore) return
      const own = epoch
      set({ loadingMore: true, moreError: null })
      try {
        const page = await search({ before: next, limit: pageRows })
        if (own !== epoch) return
        next = page.next
        const rows = [...state.rows, ...page.rows.filter((row) => !isKnown(row))]
        set({ rows, loadingMore: false })
      } catch (error) {
        if (own === epoch) set({ loadingMore: false, moreError: error })
      }
    },
    hold(value) {
      held = value
    },
    offer(calls) {
      const known = new Set([...state.rows, ...state.waiting].map(callKey))
      const fresh = calls.filter((call) => !known.has(callKey(call)))
      if (state.phase === 'ready' && fresh.length > 0) join(fresh)
    },
    async release() {
      if (state.waitingMore) return reload()
      if (state.waiting.length > 0) set({ rows: merged(state.rows, state.waiting), waiting: [] })
    },
    reopen() {
      const last = state.rows.findLast(({ row }) => row >= 0)
      if (next !== null || last === undefined || state.loadingMore) return
      next = cursorOf(last)
      set({})
    },
    async renew() {
      if (state.phase === 'loading') return
      if (held) set({ waitingMore: true })
      else await reload()
    },
    patch(key, change) {
      const apply = (row: HistoryCall) => (callKey(row) === key ? { ...row, ...change } : row)
      set({ rows: state.rows.map(apply), waiting: state.waiting.map(apply) })
    },
  }
}

/** Two lists, each newest first, as one. Rows of the first keep their order among themselves. */
export function merged(rows: readonly HistoryCall[], others: readonly HistoryCall[]): HistoryCall[] {
  const out: HistoryCall[] = []
  let at = 0
  for (const row of rows) {
    while (at < others.length && newestFirst(others[at]!, row) < 0) out.push(others[at++]!)
    out.push(row)
  }
  return [...out, ...others.slice(at)]
}

const isSame = (a: HistoryCall, b: HistoryCall) => JSON.stringify(a) === JSON.stringify(b)

/** Rows that were read anew: those in which nothing changed are the same objects, and need not be drawn again. */
function asBefore(before: readonly HistoryCall[], after: HistoryCall[]): readonly HistoryCall[] {
  const known = new Map(before.map((row) => [callKey(row), row]))
  const rows = after.map((row) => {
    const old = known.get(callKey(row))
    return old !== undefined && isSame(old, row) ? old : row
  })
  return rows.length === before.length ? keepSame(before, rows) : rows
}

/** The same array when nothing in it is another. */
function keepSame(before: readonly HistoryCall[], after: HistoryCall[]): readonly HistoryCall[] {
  return after.every((row, at) => row === before[at]) ? before : after
}
