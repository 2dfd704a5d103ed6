import type { CallNote, DispositionsSnapshot, FollowUp, Party } from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { CoreError } from '../errors.ts'
import type {
  CallFacts,
  CallKey,
  Clock,
  DispositionStore,
  MissedReturn,
  StoredFollowUp,
  StoredNote,
} from '../ports/index.ts'
import { mergeNote } from './merge-note.ts'

const shownFollowUps = 200
const readAtOnce = 200
const earlierNotes = 5
const offeredTags = 40
/** A promise for later than that is a mistyped year, ms. */
const farthestMs = 5 * 366 * 24 * 3_600_000

export interface DispositionsDeps {
  clock: Clock
  store: DispositionStore
  /** The call, if anything is known of it. */
  callOf(call: CallKey): CallFacts | null
  /** Of a missed call: the talk with its caller since. */
  returnOf(call: CallKey): MissedReturn | null
  identify(number: string): Party
  extensionName(extension: string): string | null
  myExtension(): string | null
  /** `free`: tags beyond the list are allowed. */
  tags(): { list: readonly string[]; free: boolean }
  onChange(): void
}

export interface Dispositions {
  desk: Desk['dispositions']
  snapshot(): DispositionsSnapshot
  /** Whose time has come and that were not announced for it, longest waiting first; cheap to ask. */
  due(): readonly StoredFollowUp[]
  view(followUp: StoredFollowUp): FollowUp
  /** They were announced for their due times. */
  noticed(followUps: readonly StoredFollowUp[]): Promise<void>
  /** Bring it to the front on the page. */
  focus(call: CallKey): void
  /** Something else changed what is shown: the database, the settings. */
  refresh(): void
}

/** Notes, tags and follow-ups of calls: what a telephone system calls disposition or wrap-up. */
export function createDispositions(deps: DispositionsDeps): Dispositions {
  const { clock, store } = deps
  let revision = 1
  let cached: { rows: StoredFollowUp[]; count: number; used: string[] } | null = null
  /** Holds from `from` until the next one is due. */
  let due: { rows: StoredFollowUp[]; from: number; until: number } | null = null
  let focused: DispositionsSnapshot['focus'] = null
  let last: Promise<unknown> = Promise.resolve()

  /** One change after the other: each begins with what the one before left. */
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = last.catch(() => undefined).then(change)
    last = turn
    return turn
  }

  function refresh(): void {
    revision += 1
    cached = null
    due = null
    deps.onChange()
  }

  function read() {
    cached ??= {
      rows: store.openFollowUps(shownFollowUps),
      count: store.openCount(),
      used: store.usedTags(offeredTags),
    }
    return cached
  }

  function readDue(): StoredFollowUp[] {
    const now = clock.now()
    // The clock may have been set back.
    if (due && now >= due.from && now < due.until) return due.rows
    const rows: StoredFollowUp[] = []
    for (;;) {
      const piece = store.dueFollowUps(now, readAtOnce, rows.at(-1))
      rows.push(...piece)
      if (piece.length < readAtOnce) break
    }
    due = { rows, from: now, until: store.nextDueAt(now) ?? Number.POSITIVE_INFINITY }
    return rows
  }

  function factsOf({ connection, callId }: CallKey): CallFacts {
    const key = { connection, callId }
    const known = deps.callOf(key) ?? store.note(key) ?? store.followUp(key)
    if (!known) throw new CoreError('not-found', { field: 'callId', reason: 'no such call' })
    const { number, canonical, callStartedAt } = known
    return { ...key, number, canonical, callStartedAt }
  }

  const viewNote = ({ note, number, canonical: _canonical, ...rest }: StoredNote): CallNote => ({
    ...rest,
    text: note,
    party: deps.identify(number),
    authorName: rest.author === null ? null : deps.extensionName(rest.author),
  })

  const view = ({ number, canonical: _canonical, noticedFor: _noticedFor, ...rest }: StoredFollowUp): FollowUp => ({
    ...rest,
    party: deps.identify(number),
  })

  function changeNote(call: CallKey, change: (before: StoredNote) => Partial<StoredNote>): Promise<CallNote | null> {
    return inTurn(async () => {
      const facts = factsOf(call)
      const before = store.note(call) ?? { ...facts, note: '', tags: [], author: null, updatedAt: 0 }
      const changed = change(before)
      const after: StoredNote = { ...before, ...changed, author: deps.myExtension(), updatedAt: clock.now() }
      const isSame = after.note === before.note && after.tags.join('\n') === before.tags.join('\n')
      if (!isSame) {
        await store.saveNote(after)
        refresh()
      }
      return after.note === '' && after.tags.length === 0 ? null : viewNote(isSame ? before : after)
    })
  }

  function changeFollowUp(call: CallKey, change: (before: StoredFollowUp) => Partial<StoredFollowUp>) {
    return inTurn(async () => {
      const before = store.followUp(call)
      if (!before) throw new CoreError('not-found', { field: 'callId', reason: 'nothing was promised on this call' })
      const after = { ...before, ...change(before) }
      await store.saveFollowUp(after)
      refresh()
      return view(after)
    })
  }

  function assertAllowed(tags: readonly string[], before: readonly string[]): void {
    const { list, free } = deps.tags()
    const foreign = free ? undefined : tags.find((tag) => !list.includes(tag) && !before.includes(tag))
    if (foreign !== undefined)
      throw new CoreError('bad-request', { field: 'tags', reason: 'only tags of the list may be used' })
  }

  function assertAhead(dueAt: number): void {
    const now = clock.now()
    if (dueAt <= now) throw new CoreError('bad-request', { field: 'dueAt', reason: 'this time has passed' })
    if (dueAt > now + farthestMs)
      throw new CoreError('bad-request', { field: 'dueAt', reason: 'this is more than five years ahead' })
  }

  return {
    desk: {
      async get(call) {
        const note = store.note(call)
        const followUp = store.followUp(call)
        const returned = deps.returnOf(call)
        const canonical = (deps.callOf(call) ?? note ?? followUp)?.canonical ?? ''
        const isOther = (one: CallKey) => one.callId !== call.callId || one.connection !== call.connection
        return {
          note: note && viewNote(note),
          followUp: followUp && view(followUp),
          earlier: store
            .notesOf(canonical, earlierNotes + 1)
            .filter(isOther)
            .slice(0, earlierNotes)
            .map(viewNote),
          returned: returned && { ...returned, byName: returned.by === null ? null : deps.extensionName(returned.by) },
        }
      },
      saveText: ({ text, base, ...call }) =>
        changeNote(call, (before) => ({ note: mergeNote(before.note, base, text.toWellFormed()) })),
      setTags: ({ tags, ...call }) =>
        changeNote(call, (before) => {
          const wanted = [...new Set(tags.map((tag) => tag.toWellFormed()))]
          assertAllowed(wanted, before.tags)
          return { tags: wanted }
        }),
      setFollowUp: ({ dueAt, promise, ...call }) =>
        inTurn(async () => {
          assertAhead(dueAt)
          const before = store.followUp(call)
          const made = before ?? { ...factsOf(call), promise: '', createdAt: clock.now() }
          const text = promise?.toWellFormed() ?? made.promise
          const after: StoredFollowUp = { ...made, promise: text, dueAt, doneAt: null, noticedFor: null }
          await store.saveFollowUp(after)
          refresh()
          return view(after)
        }),
      finishFollowUp: (call) => changeFollowUp(call, (before) => ({ doneAt: before.doneAt ?? clock.now() })),
      reopenFollowUp: (call) => changeFollowUp(call, () => ({ doneAt: null })),
      openFollowUps: async ({ limit, after }) => store.openFollowUps(limit, after).map(view),
      doneFollowUps: async ({ limit }) => store.doneFollowUps(limit).map(view),
    },
    snapshot() {
      const { rows, count, used } = read()
      const { list, free } = deps.tags()
      return {
        revision,
        followUps: rows.map(view),
        openCount: count,
        tags: free ? [...new Set([...list, ...used])] : [...list],
        freeTags: free,
        focus: focused,
      }
    },
    due: readDue,
    view,
    noticed: (followUps) =>
      inTurn(async () => {
        // Moved or done meanwhile: what was announced is not what stands there now.
        const same = followUps.flatMap((one) => {
          const now = store.followUp(one)
          return now?.dueAt === one.dueAt ? [now] : []
        })
        await Promise.all(same.map((now) => store.saveFollowUp({ ...now, noticedFor: now.dueAt })))
        refresh()
      }),
    focus({ connection, callId }) {
      focused = { connection, callId, at: Math.max(clock.now(), (focused?.at ?? 0) + 1) }
      deps.onChange()
    },
    refresh,
  }
}
