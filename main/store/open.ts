import { rmSync, writeFileSync } from 'node:fs'
import type { Notice } from '../../preload/contract/index.ts'
import type { CallRecord } from '../core/calls/call-record.ts'
import { deriveCall } from '../core/calls/call-state.ts'
import { blankPerson } from '../core/directory/merge-people.ts'
import { CoreError } from '../core/errors.ts'
import type { CallStore, Clock, DirectoryStore, Log, PeopleStore, Store } from '../core/ports/index.ts'
import { type RecordRow, toCallRow, toRecord } from './call-rows.ts'
import { createDispositionStore } from './dispositions.ts'
import { historyStore } from './history-store.ts'
import { type Housekeeping, startHousekeeping } from './housekeeping.ts'
import { importStore } from './imports.ts'
import { appendToInbox } from './inbox.ts'
import { markerOf } from './inspect.ts'
import { migrations } from './migrations/index.ts'
import { createMissedStore } from './missed.ts'
import { createPeopleStore } from './people.ts'
import { prepareFile } from './prepare-file.ts'
import { presenceStore } from './presence-history.ts'
import { addPush } from './pushes.ts'
import { createQueries } from './queries.ts'
import { prepareReads, type Reads } from './reads.ts'
import { retentionStore } from './retention.ts'
import { openForReading, type Sqlite, storageFailed } from './sqlite.ts'
import { defaultWorkerUrl } from './worker-thread.ts'
import { createWriter, type Writer } from './writer.ts'

export interface StoreOptions {
  /** Path of the database; its folder is made when missing. */
  file: string
  clock: Clock
  log: Log
  /** The writer's file; found by itself both from source and in the bundle. */
  workerUrl?: URL
  /** How a record's state and times are read. */
  derive?: typeof deriveCall
}

/**
 * Open the database: repaired or restored where needed (see `notices`), migrated, the writer running.
 * Throws DatabaseFromFutureError, or CoreError `storage-failed` when no database can be had here.
 */
export async function openStore({
  file,
  clock,
  log,
  workerUrl = defaultWorkerUrl(),
  derive = deriveCall,
}: StoreOptions): Promise<Store> {
  const startedMono = clock.mono()
  const housekeeping = startHousekeeping({ file, clock, log, workerUrl, writer: () => writer })
  // After this turn, so that the worker's thread starts meanwhile: each takes about as long as the other.
  const prepared = Promise.resolve().then(() => prepareFile({ file, clock, log, migrations }))
  const writer = createWriter({ file, workerUrl, prepared, log, onChanged: housekeeping.changed })
  let db: Sqlite | null = null
  try {
    const notices = await prepared
    db = openForReading(file)
    const onSlow = (query: string, ms: number) => log.warn('slow-query', { query, ms })
    const reads = prepareReads(createQueries({ db, mono: () => clock.mono(), onSlow }))
    await writer.ready
    // From here to close(): a start that finds this file was preceded by a kill.
    writeFileSync(markerOf(file), '')
    log.info('store-open', { file, ms: Math.round(clock.mono() - startedMono), notices: notices.length })
    return assemble({ file, notices, db, reads, writer, housekeeping, log, derive, now: () => clock.now() })
  } catch (error) {
    await housekeeping.stop()
    await writer.close(() => db?.close())
    throw storageFailed(error)
  }
}

interface Parts {
  file: string
  notices: Notice[]
  db: Sqlite
  reads: Reads
  writer: Writer
  housekeeping: Housekeeping
  log: Log
  derive: typeof deriveCall
  now(): number
}

function assemble({ file, notices, db, reads, writer, housekeeping, log, derive, now }: Parts): Store {
  const directory = directoryStore(reads, writer, now)

  return {
    notices,
    inbox: { append: (event) => appendToInbox(writer, event), ...reads.inbox },
    calls: callStore({ reads, writer, log, derive, onNamesGone: directory.changed }),
    directory: directory.store,
    people: directory.people,
    missed: createMissedStore(reads.missed, toRecord),
    dispositions: createDispositionStore(reads.dispositions, writer),
    pushes: { add: (push) => addPush(writer, push), list: (query) => reads.pushes.list(query) },
    presence: presenceStore(reads.presence, writer),
    statistics: reads.statistics,
    history: historyStore(reads.history, writer),
    retention: retentionStore(reads.retention, writer, directory.changed),
    imports: importStore(reads.imports, writer),
    flush: () => writer.flush(),
    async close() {
      await housekeeping.stop()
      // The writer must be the last to leave: only then does SQLite tidy up its log.
      await writer.close(() => db.close())
      rmSync(markerOf(file), { force: true })
    },
  }
}

function directoryStore(
  reads: Reads,
  writer: Writer,
  now: () => number,
): { store: DirectoryStore; people: PeopleStore; changed(count: number): void } {
  let version = 1
  let learned = 1
  const changed = (count: number) => {
    if (count === 0) return
    version += 1
    learned += 1
  }
  const people = createPeopleStore(reads.people, writer, {
    now,
    learnedVersion: () => learned,
    onChange() {
      version += 1
    },
  })
  const store: DirectoryStore = {
    lookup(canonical) {
      const known = reads.directory.lookup(canonical)
      const open = known?.source === 'directory' ? reads.people.openOpportunity(canonical) : null
      if (!known || !open) return known
      const { product, stage, amountFen } = open
      return { ...known, opportunity: { product, stage, amountFen } }
    },
    entered: () => reads.directory.entered(),
    version: () => version,
    async save({ number, canonical, name, company }) {
      if (canonical === '') throw new CoreError('bad-request', { field: 'number', reason: 'not a telephone number' })
      const [id] = people.withNumber(canonical)
      const old = id === undefined ? null : people.get(id)
      const numbers = old?.numbers.map((one) => (one.canonical === canonical ? { ...one, number } : one))
      const label = /^1\d{10}$/.test(canonical) ? 'mobile' : 'work'
      return people.save(
        { ...(old ?? blankPerson), name, company, numbers: numbers ?? [{ number, canonical, label }] },
        old,
        now(),
      )
    },
    async learn(names) {
      const rows = names.filter(({ canonical, name }) => canonical !== '' && name.trim() !== '')
      if (rows.length === 0) return
      changed(
        await writer.write(
          'directory.learn',
          rows.map(({ canonical, connection, name, at }) => [canonical, connection, name.trim(), Math.round(at)]),
        ),
      )
    },
  }
  return { store, people, changed }
}

interface CallStoreDeps {
  reads: Reads
  writer: Writer
  log: Log
  derive: typeof deriveCall
  onNamesGone(count: number): void
}

function callStore({ reads, writer, log, derive, onNamesGone }: CallStoreDeps): CallStore {
  function records(rows: RecordRow[]): CallRecord[] {
    const good = rows.map(toRecord).filter((record) => record !== null)
    if (good.length < rows.length) log.error('call-rows-unreadable', { count: rows.length - good.length })
    return good
  }
  return {
    async save(list, foldedThrough) {
      if (list.length === 0 && foldedThrough === undefined) return
      await writer.write(
        'calls.save',
        list.map((record) => toCallRow(record, derive)),
        foldedThrough ?? null,
      )
    },
    get(callId) {
      const row = reads.calls.get(callId)
      return row ? (records([row])[0] ?? null) : null
    },
    together: (run) => reads.together(run),
    open: () => records(reads.calls.open()),
    list(query) {
      const { rows, next } = reads.list.page(query)
      return { rows: records(rows), counts: reads.list.counts(query), next }
    },
    missed(query) {
      const { rows, count } = reads.calls.missed(query)
      return { rows: records(rows), count }
    },
    async setHandled(callId, handledAt) {
      const changed = await writer.write('calls.set-handled', callId, handledAt)
      if (changed === 0) throw new CoreError('not-found', { field: 'callId', reason: 'no such call' })
    },
    lastTalk: (canonical, before) => reads.calls.lastTalk(canonical, before),
    missedSince: (canonical, since, exceptCallId) => reads.calls.missedSince(canonical, since, exceptCallId),
    recentNumbers: (limit) => reads.calls.recentNumbers(limit),
    async purge(connection) {
      // Asked at every start for the demo's calls: mostly there is nothing to write.
      await writer.flush()
      if (reads.dispositions.hasConnection(connection)) await writer.write('dispositions.forget', connection)
      if (!reads.calls.hasConnection(connection)) return
      onNamesGone(await writer.write('calls.purge', connection))
      writer.checkpoint()
    },
  }
}
