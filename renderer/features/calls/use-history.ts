import {
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Call, HistoryCall, HistoryFilter } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { onceShown, useNow } from '../../ui/index.ts'
import { callKey } from './call-key.ts'
import { createHistoryFeed, type FeedState, type HistoryFeed } from './history-feed.ts'
import { liveRow } from './live-row.ts'
import { filterKey, filterOf, fits, type Look, lookOf } from './look.ts'
import { useNews } from './use-news.ts'

/** A burst of calls asks for the list once per this time, not once per call. */
const refreshMs = 500
/** So many lists stay as they were read: going back to one shows it at once. */
const mostFeeds = 8

const feeds = new Map<string, HistoryFeed>()

function feedOf(filter: HistoryFilter): HistoryFeed {
  const key = filterKey(filter)
  const feed =
    feeds.get(key) ??
    createHistoryFeed(({ before, limit }) => rpc.history.search({ filter, limit, ...(before && { before }) }))
  feeds.delete(key)
  feeds.set(key, feed)
  for (const old of feeds.keys()) {
    if (feeds.size <= mostFeeds) break
    feeds.delete(old)
  }
  return feed
}

/** What the page shows first, before it is opened; → whether it could be read. */
export async function readAhead(): Promise<boolean> {
  const feed = feedOf(filterOf(lookOf('today', null), '', Date.now()))
  await feed.open()
  return feed.read().phase === 'ready'
}

export interface HistoryList extends FeedState {
  feed: HistoryFeed
  filter: HistoryFilter
  /** What the rows were found for; while the next answer is on its way, not yet what is typed. */
  shownText: string
  /** The rows are those of the look before, until the first page of this one is there. */
  isStale: boolean
  /** Calls that go on, by key. */
  live: ReadonlyMap<string, Call>
}

/** The calls that a look finds, newest first, kept up to date. */
export function useHistory(look: Look, typed: string): HistoryList {
  const text = useDeferredValue(typed)
  const now = useNow(60_000)
  const filter = useStable(filterOf(look, text, now))
  const feed = useMemo(() => feedOf(filter), [filter])
  const state = useSyncExternalStore(feed.subscribe, feed.read)
  const cards = useSnapshot('calls', (calls) => calls?.cards)
  // A call without an id of the log would stand there twice once the log has it.
  const live = useMemo(
    () => new Map((cards ?? []).filter((call) => call.hasLogId).map((call) => [callKey(call), call])),
    [cards],
  )
  useOpen(feed)
  useRefresh(feed)
  useOffers(feed, filter, live, state.rows)

  const before = useRef<{ state: FeedState; text: string } | null>(null)
  useEffect(() => {
    if (state.phase !== 'loading') before.current = { state, text: filter.text }
  }, [state, filter])
  const isStale = state.phase === 'loading' && before.current !== null && before.current.state.rows.length > 0
  const shown = isStale && before.current ? before.current.state : state
  const shownText = isStale && before.current ? before.current.text : filter.text
  return { ...shown, feed, filter, shownText, isStale, live }
}

/** An empty list is asked for before it is painted: the answer is on its way meanwhile. One that is there is shown first. */
function useOpen(feed: HistoryFeed): void {
  useLayoutEffect(() => {
    const stop = feed.read().phase === 'ready' ? onceShown(() => void feed.open()) : void feed.open()
    return () => {
      stop?.()
      feed.close()
    }
  }, [feed])
}

/** The same object while nothing in it changes. */
function useStable(filter: HistoryFilter): HistoryFilter {
  const key = filterKey(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of it
  return useMemo(() => filter, [key])
}

/** News of calls or of the logs: look at the top of the list again. What fills older gaps: read anew once it is through. */
function useRefresh(feed: HistoryFeed): void {
  useNews(() => {
    feed.reopen()
    void feed.refresh()
  }, refreshMs)
  const gaps = useSnapshot('history')
    ?.connections.map(({ connection, complete }) => `${connection} ${complete.length}`)
    .join()
  const seen = useRef(gaps)
  const written = useSnapshot('dispositions', (dispositions) => dispositions?.revision)
  const read = useRef(written)
  useEffect(() => {
    if (gaps === seen.current) return
    seen.current = gaps
    void feed.renew()
  }, [feed, gaps])
  useEffect(() => {
    if (written === read.current) return
    read.current = written
    void feed.refresh()
  }, [feed, written])
}

function useOffers(
  feed: HistoryFeed,
  filter: HistoryFilter,
  live: ReadonlyMap<string, Call>,
  rows: readonly HistoryCall[],
): void {
  const systems = useSnapshot('status', (status) => status?.connections)
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that were read anew may be without them
  useEffect(() => {
    const systemOf = (id: string) => systems?.find((one) => one.id === id)?.system ?? ''
    const found = [...live.values()].map((call) => liveRow(call, systemOf(call.connection)))
    feed.offer(found.filter((row) => fits(filter, row)).sort((a, b) => b.startedAt - a.startedAt))
  }, [feed, filter, live, systems, rows])
}

/** Held while the pointer is over the list, the list is scrolled, or a call is open. */
export function useHold(feed: HistoryFeed, isOpen: boolean) {
  const [reading, setReading] = useState({ pointer: false, scrolled: false })
  const held = isOpen || reading.pointer || reading.scrolled
  useEffect(() => {
    feed.hold(held)
    if (!held) void feed.release()
    return () => feed.hold(false)
  }, [feed, held])
  return {
    onPointer: useCallback((pointer: boolean) => setReading((before) => ({ ...before, pointer })), []),
    onScrolled: useCallback(
      (scrolled: boolean) => setReading((before) => (before.scrolled === scrolled ? before : { ...before, scrolled })),
      [],
    ),
  }
}
