import type { CallsCursor, Notice, Party } from '../../../preload/contract/index.ts'
import type { CallRecord } from '../calls/call-record.ts'
import type { InboxEvent } from '../calls/inbox-event.ts'
import type { DispositionStore } from './dispositions.ts'
import type { HistoryStore } from './history.ts'
import type { ImportStore } from './imports.ts'
import type { MissedStore } from './missed.ts'
import type { PeopleStore } from './people.ts'
import type { PresenceHistoryStore } from './presence-history.ts'
import type { RetentionStore } from './retention.ts'
import type { StatisticsStore } from './statistics.ts'

/** Everything durable. Reads are quick and synchronous; writes are queued, grouped and resolve once they are on disk. */
export interface Store {
  readonly inbox: InboxStore
  readonly calls: CallStore
  readonly directory: DirectoryStore
  readonly people: PeopleStore
  readonly pushes: PushStore
  readonly dispositions: DispositionStore
  readonly missed: MissedStore
  readonly presence: PresenceHistoryStore
  readonly statistics: StatisticsStore
  readonly history: HistoryStore
  readonly retention: RetentionStore
  readonly imports: ImportStore
  /** What happened when the database was opened: quarantine, restore. */
  readonly notices: Notice[]
  /** Resolves when everything queued so far is committed. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface InboxStore {
  /** Append one raw event. Resolves with its row id after the commit (fsync). Errors: storage-failed. */
  append(event: Omit<InboxEvent, 'id'>): Promise<number>
  /** Rows not yet folded into calls, oldest first. */
  unfolded(): InboxEvent[]
  /** The last rows, newest first. */
  newest(limit: number): InboxEvent[]
}

/** What a platform reported by itself. */
export interface StoredPush {
  /** Grows with arrival. */
  id: number
  /** `tts-audit`: a template was reviewed; `tts-billing`: a notification call ended; `other`: a type no manual lists. */
  kind: 'tts-audit' | 'tts-billing' | 'other'
  connection: string
  /** Epoch ms. */
  receivedAt: number
  /** What it is about: template id or session of the call. */
  subject: string
  /** The report itself, JSON in the vendor's names. */
  body: string
}

export interface PushStore {
  /** Resolves after the commit; false = the same report of the same thing was there already. Errors: storage-failed. */
  add(push: Omit<StoredPush, 'id'>): Promise<boolean>
  /** Newest first; `before` is an id. */
  list(query: { kind?: StoredPush['kind'] | null; before?: number | null; limit: number }): StoredPush[]
}

/** A number with everything we know about who it is, without looking at a call. */
export interface KnownNumber {
  name: string | null
  company: string | null
  source: 'directory' | 'learned'
  /** Who it is, where that is one person of ours. */
  person?: number
  opportunity?: Party['opportunity']
}

export interface CallStore {
  /** Write records and remember that every inbox row up to `foldedThrough` is in them; one transaction. */
  save(records: CallRecord[], foldedThrough?: number): Promise<void>
  get(callId: string): CallRecord | null
  /** Many reads in a row, cheaper: all see the same state of the database. `run` must not await. */
  together<T>(run: () => T): T
  /** Records without an end. */
  open(): CallRecord[]
  /** Newest first. `text` matches number parts and names. `next` = where the following page begins; null = there is none. */
  list(query: CallQuery): {
    rows: CallRecord[]
    counts: { all: number; missed: number; mine: number; today: number }
    next: CallsCursor | null
  }
  /** Missed, not handled, newest first. */
  missed(query: { extensions: string[] | null; limit: number }): { rows: CallRecord[]; count: number }
  setHandled(callId: string, handledAt: number | null): Promise<void>
  /** Last talk with this canonical number that began before `before` (epoch ms), from our own calls and the history. */
  lastTalk(canonical: string, before: number): LastTalk | null
  missedSince(canonical: string, since: number, exceptCallId: string): number
  /** Newest distinct outside numbers. */
  recentNumbers(limit: number): { number: string; canonical: string; at: number; direction: CallRecord['direction'] }[]
  /** Forget every call, call-log row, inbox row and learned name of a connection (demo). */
  purge(connection: string): Promise<void>
}

export interface LastTalk {
  /** When the talk began, epoch ms. */
  at: number
  /** Who of us talked, or null when unknown. */
  extension: string | null
  direction: CallRecord['direction']
  note: string | null
}

export interface CallQuery {
  filter: 'all' | 'missed' | 'mine' | 'today'
  text: string
  /** Only what stands behind this row. */
  before: CallsCursor | null
  since: number | null
  limit: number
  /** Start of today, epoch ms, for the filter and the count. */
  todayFrom: number
  /** My extension, for `mine`. */
  extension: string | null
  /** Whose missed calls count; null = everybody's. */
  missedExtensions: string[] | null
}

export interface Person {
  id: number
  name: string
  company: string | null
  numbers: { number: string; canonical: string }[]
}

export interface DirectoryStore {
  /** By canonical number. A directory entry beats a learned name. */
  lookup(canonical: string): KnownNumber | null
  /** Create somebody for this number, or rename whoever has it first. */
  save(person: { number: string; canonical: string; name: string; company: string | null }): Promise<{ id: number }>
  /** Names seen in a call log; never overwrite what a person entered. */
  learn(names: { canonical: string; name: string; at: number; connection: string }[]): Promise<void>
  /** Whom people entered, without the learned names. */
  entered(): Person[]
  /** Grows with every change; lets a search index know that it is old. */
  version(): number
}
