import type { Problem } from '../../../preload/contract/index.ts'
import { CoreError, toProblem } from '../errors.ts'
import type { NumberOptions } from '../numbers/index.ts'
import {
  type Clock,
  type CustomerImport,
  type DirectoryWrites,
  type ImportHead,
  type ImportStore,
  type Log,
  localStates,
  type PeopleStore,
  pbxStates,
  type RecordTarget,
  type RowSettled,
  type StagedRow,
} from '../ports/index.ts'
import { createSender, meaningOf, type Parcel, type Settled } from './pbx-sender.ts'
import { type ImportRecord, type RowPlan, readRow } from './read-row.ts'
import { areOfOne, codeOf, counterOf, saidOf } from './row-outcomes.ts'
import { onKnown, toCustomer, toOpportunity, toPerson } from './to-person.ts'

export interface RunDeps {
  clock: Clock
  log: Log
  store: ImportStore
  people: Pick<DirectoryWrites, 'importPeople' | 'markInPbx'> & Pick<PeopleStore, 'withNumber'>
  /** What a connection takes customers with. Errors: unavailable, and why it cannot be opened. */
  pbx(connection: string): Promise<CustomerImport>
  numbers(): NumberOptions
  /** Longest address of a request, bytes. */
  requestBytes(): number
  onChange(): void
}

const localRows = 200
const pageRows = 1000
/** Waits after the PBX could not be reached, ms; the last one from then on. */
const patience = [2000, 5000, 15_000, 30_000, 60_000]
/** So many rows refused as wrong and none accepted: it is not the rows. */
const hopelessRows = 12
const shownRefusals = 5

export interface ImportRun {
  readonly head: ImportHead
  readonly lastAnswerAt: number | null
  /** Resolves when it is over, paused or stopped. Never rejects. */
  run(): Promise<void>
  /** After the request that is on its way. */
  pause(): Promise<void>
  cancel(): Promise<void>
  /** The program ends: now. */
  stop(): Promise<void>
}

/**
 * One import from its written rows to its end. What is about to be sent is on the disk before it is sent, and its answer
 * before the next request; so after a kill at any moment every row is either done, waiting, or known to be uncertain.
 */
export function createImportRun(head: ImportHead, deps: RunDeps): ImportRun {
  const { clock, store } = deps
  let wanted: 'run' | 'pause' | 'cancel' | 'stop' = 'run'
  let wake = () => {}
  let running: Promise<void> | null = null
  let lastAnswerAt: number | null = null
  let abort = new AbortController()
  const isWanted = () => wanted === 'run'
  const change = (patch: Partial<ImportHead>) => {
    Object.assign(head, patch)
    deps.onChange()
  }
  const rowPlan: RowPlan = {
    ...{ kind: head.kind, mapping: head.plan.mapping, columns: head.columns, suggestions: head.plan.suggestions },
    numbers: deps.numbers(),
  }

  /** Rows were checked before they were written down; one that reads otherwise now (another area code) is left out with its reason. */
  function recordOf(row: StagedRow, unreadable: RowSettled[]): ImportRecord | null {
    const read = readRow(row.cells, rowPlan)
    const fault = read ? read.faults[0] : { group: 'bad-value', fault: 'empty', digits: null }
    if (read && !fault) return read.record
    unreadable.push([row.row, localStates.none, pbxStates.none, JSON.stringify({ ...fault, firstRow: null })])
    head.counts.leftOut += 1
    return null
  }

  async function writeHere(): Promise<void> {
    const counter = { fill: 'filled', replace: 'overwritten', skip: 'localSkipped' } as const
    while (isWanted()) {
      const rows = store.localWaiting(head.id, localRows)
      if (rows.length === 0) return
      const settled: RowSettled[] = []
      const people = rows.flatMap((row) => {
        const record = recordOf(row, settled)
        return record ? [{ row: row.row, person: toPerson(record, clock.now()), onKnown: onKnown(row.known) }] : []
      })
      const outcomes = await deps.people.importPeople(head.id, people, clock.now())
      outcomes.forEach(({ row, outcome }, at) => {
        const how = people[at]?.onKnown === 'replace' ? 'replace' : 'fill'
        if (outcome === 'created') head.counts.created += 1
        else if (outcome === 'updated') head.counts[counter[how]] += 1
        else head.counts.localSkipped += 1
        const updated = how === 'fill' ? localStates.filled : localStates.overwritten
        const state =
          outcome === 'created' ? localStates.created : outcome === 'updated' ? updated : localStates.unchanged
        settled.push([row, state, null, null])
      })
      if (head.target === 'local') head.done += rows.length
      const { created, filled, overwritten } = head.counts
      if (created + filled + overwritten > 0) head.undo = 'possible'
      await store.settle(head, settled)
      deps.onChange()
    }
  }

  async function send<Item>(target: RecordTarget<Item>, toRecord: (record: ImportRecord) => Item): Promise<void> {
    const room = deps.requestBytes() - target.baseBytes
    const bytesOf = (record: Item) => target.bytesOf(record)
    const sender = createSender<Item>({ bytesOf, room })
    let pending: RowSettled[] = []
    let after = 0
    let isAll = false
    /** Numbers of customers that are on their way, and of those that the PBX turned out to have since they were last marked. */
    const numbersOf = new Map<number, string[]>()
    let arrived: string[] = []

    const parcels = (rows: StagedRow[], losses: number): Parcel<Item>[] =>
      rows.flatMap((row) => {
        const record = recordOf(row, pending)
        if (!record) return []
        if (head.kind === 'contacts')
          numbersOf.set(
            row.row,
            record.numbers.map(({ canonical }) => canonical),
          )
        const parcel = { row: row.row, name: record.name, record: toRecord(record), losses }
        if (bytesOf(parcel.record) <= room) return [parcel]
        take([{ parcel, state: 'refused', error: new CoreError('bad-request', { reason: 'longer-than-a-request' }) }])
        return []
      })
    function take(settled: Settled<Item>[]): void {
      for (const { parcel, state, error } of settled) {
        const counter = counterOf[state]
        if (counter) {
          head.counts[counter] += 1
          head.done += 1
          const numbers = numbersOf.get(parcel.row) ?? []
          const isThere =
            state === 'sent' || ((state === 'duplicate' || state === 'probable') && areOfOne(deps.people, numbers))
          if (isThere) arrived.push(...numbers)
          numbersOf.delete(parcel.row)
        }
        const said =
          state === 'sent' || state === 'queued' || state === 'lost' ? null : JSON.stringify(saidOf(state, error))
        pending.push([parcel.row, null, codeOf[state], said])
        if ((state === 'refused' || state === 'duplicate') && head.refusals.length < shownRefusals)
          head.refusals.push({ row: parcel.row, name: parcel.name, reason: saidOf(state, error).text })
      }
    }
    function refill(): void {
      while (!isAll && sender.waiting < pageRows / 2) {
        const rows = store.pbxWaiting(head.id, pbxStates.queued, after, pageRows)
        isAll = rows.length < pageRows
        after = rows.at(-1)?.row ?? after
        sender.add(parcels(rows, 0))
      }
    }

    // The page of lost rows ends where the first page is not full: there are never more than a request holds, or few.
    for (let from = 0, rows: StagedRow[]; ; from = rows.at(-1)!.row) {
      rows = store.pbxWaiting(head.id, pbxStates.lost, from, pageRows)
      sender.add(parcels(rows, 1))
      if (rows.length < pageRows) break
    }
    let failures = 0
    try {
      while (isWanted()) {
        refill()
        const batch = sender.next()
        if (!batch) break
        await store.settle(head, [
          ...pending,
          ...batch.map(({ row }): RowSettled => [row, null, pbxStates.sending, null]),
        ])
        pending = []
        let error: unknown = null
        try {
          if (!isWanted()) throw new CoreError('cancelled', { reason: 'not-sent' })
          await target.create(
            batch.map(({ record }) => record),
            { signal: abort.signal },
          )
        } catch (thrown) {
          error = thrown
        }
        take(sender.answered(error))
        const taken = arrived
        arrived = []
        if (taken.length > 0) await deps.people.markInPbx(head.connection ?? '', taken, clock.now())
        const meaning = error === null ? 'rows' : meaningOf(error)
        if (meaning === 'rows') {
          failures = 0
          lastAnswerAt = clock.now()
          change({ requests: head.requests + 1, batchRows: batch.length, state: 'running', problem: null })
          const { sent, refused, duplicate } = head.counts
          if (refused >= hopelessRows && sent + duplicate === 0) {
            wanted = 'pause'
            change({ problem: toProblem(error) })
          }
        } else if (isWanted()) {
          await store.settle(head, pending)
          pending = []
          await trouble(error, failures)
          failures += 1
        }
      }
    } finally {
      await store.settle(head, pending)
    }
  }

  /** The PBX could not be asked: wait, longer each time; where waiting does not help, somebody has to look. */
  async function trouble(error: unknown, failures: number): Promise<void> {
    const problem: Problem = toProblem(error)
    if (problem.code === 'auth-failed' || problem.code === 'forbidden' || problem.code === 'not-found') {
      wanted = 'pause'
      change({ problem })
      return
    }
    change({ state: 'waiting', problem })
    await pause(problem.details.retryAfterMs ?? patience[Math.min(failures, patience.length - 1)]!)
    if (isWanted()) change({ state: 'running' })
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(ms, resolve)
      wake = () => {
        cancel()
        resolve()
      }
    })
  }

  async function work(): Promise<void> {
    if (head.target !== 'pbx') await writeHere()
    if (head.target === 'local' || !isWanted()) return
    const records = await deps.pbx(head.connection ?? '')
    if (head.kind === 'contacts') await send(records.contacts, (record) => toCustomer(record, head.plan))
    else await send(records.opportunities, toOpportunity)
  }

  async function run(): Promise<void> {
    change({ state: 'running', problem: null, startedAt: head.startedAt ?? clock.now() })
    try {
      await work()
    } catch (error) {
      deps.log.error('import-stopped', { reason: error instanceof CoreError ? error.message : 'unknown failure' })
      if (wanted === 'run') wanted = 'pause'
      change({ problem: toProblem(error) })
    }
    const state =
      wanted === 'run' ? 'done' : wanted === 'cancel' ? 'cancelled' : wanted === 'pause' ? 'paused' : head.state
    const isOver = state === 'done' || state === 'cancelled'
    change({ state: state === 'waiting' ? 'running' : state, ...(isOver && { endedAt: clock.now() }) })
    try {
      await store.save(head)
    } catch (error) {
      // Nothing is lost: the rows say themselves how far they are. The page is told.
      change({ state: 'paused', problem: toProblem(error), endedAt: null })
    }
    running = null
  }

  async function end(how: typeof wanted): Promise<void> {
    wanted = how
    if (how === 'stop') abort.abort()
    wake()
    await running
  }

  return {
    head,
    get lastAnswerAt() {
      return lastAnswerAt
    },
    run() {
      wanted = 'run'
      abort = new AbortController()
      running ??= run()
      return running
    },
    pause: () => end('pause'),
    cancel: () => end('cancel'),
    stop: () => end('stop'),
  }
}
