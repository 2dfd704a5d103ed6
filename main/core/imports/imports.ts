import type { ImportCounts, ImportProgress, ImportsSnapshot } from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { CoreError, toProblem } from '../errors.ts'
import type { ExportLocale } from '../history/export-table.ts'
import { type DirectoryWrites, type ImportHead, localStates, pbxStates, type StagedRow } from '../ports/index.ts'
import { type Checked, createDrafts, type DraftDeps } from './drafts.ts'
import { columnName, headerKey } from './guess-mapping.ts'
import { createImportRun, type ImportRun, type RunDeps } from './import-run.ts'
import { reportOf, reportTable } from './report.ts'

export interface ImportsDeps extends Omit<RunDeps, 'people'>, Omit<DraftDeps, 'store'> {
  people: DirectoryWrites & RunDeps['people']
  locale(): ExportLocale
  /** Connections that take customers. */
  targets(): Promise<string[]>
}

/** Imports that are over and kept for their reports. */
const mostKept = 20
const rateWindowMs = 30_000
const noCounts: ImportCounts = {
  ...{ created: 0, filled: 0, overwritten: 0, localSkipped: 0 },
  ...{ sent: 0, duplicate: 0, refused: 0, probable: 0, uncertain: 0, leftOut: 0 },
}
const isOver = ({ state }: Pick<ImportHead, 'state'>) =>
  state === 'done' || state === 'cancelled' || state === 'undone' || state === 'failed'
const isNotSent = ({ local, pbx }: StagedRow) => local === localStates.none && pbx === pbxStates.none
const isLeftOut = (row: StagedRow) => isNotSent(row) && row.reason !== null
const isBusy = ({ state }: Pick<ImportHead, 'state'>) =>
  state === 'running' || state === 'waiting' || state === 'staging'

/** Those of the file, and those that only rows further down have: a report keeps them all. */
const allColumns = ({ columns, outcome }: Pick<Checked, 'columns' | 'outcome'>) => [
  ...columns,
  ...Array.from({ length: Math.max(0, outcome.width - columns.length) }, (_, at) => columnName(columns.length + at)),
]

export interface Imports {
  desk: Desk['imports']
  snapshot(): ImportsSnapshot
  /** After a start: what was under way goes on, what was never begun goes away. */
  restore(): Promise<void>
  /** The report that a start would leave behind at once: rows that the newest check left out with a reason. */
  leftOut(id: string, write: (bytes: Uint8Array) => Promise<void>): Promise<void>
  /** Wait for the end of an import, for the command line. */
  settled(id: string): Promise<ImportProgress>
  stop(): Promise<void>
}

/** Every import of this PC: those being prepared, the one that runs, those that are over. */
export function createImports(deps: ImportsDeps): Imports {
  const { clock, store, files, log } = deps
  const drafts = createDrafts(deps)
  const heads = new Map<string, ImportHead>()
  const runs = new Map<string, ImportRun>()
  const samples = new Map<string, { at: number; done: number }[]>()
  const ends = new Map<string, Promise<void>>()
  /** Those whose rows are being written down. */
  const staging = new Map<string, AbortController>()
  let isStopped = false

  function head(id: string): ImportHead {
    const found = heads.get(id)
    if (!found) throw new CoreError('not-found', { field: 'id', reason: 'no-such-import' })
    return found
  }
  function runOf(one: ImportHead): ImportRun {
    const run = runs.get(one.id) ?? createImportRun(one, { ...deps, onChange: () => changed(one) })
    runs.set(one.id, run)
    return run
  }
  /** As the last run of the program left it. */
  async function restored(one: ImportHead): Promise<void> {
    if (one.state === 'staging' || one.state === 'open' || one.state === 'failed') {
      await store.forget(one.id, true)
      return
    }
    if (one.undo === 'running') one.undo = 'possible'
    if (!isOver(one)) await store.recover(one.id)
    heads.set(one.id, one)
    if (!isOver(one) && one.state !== 'paused') go(one)
  }
  function changed(one: ImportHead): void {
    const list = samples.get(one.id) ?? []
    const at = clock.mono()
    if (at - (list.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= 500) list.push({ at, done: one.done })
    while (list.length > 2 && at - list[0]!.at > rateWindowMs) list.shift()
    samples.set(one.id, list)
    deps.onChange()
  }
  function rateOf(one: ImportHead): number | null {
    const first = samples.get(one.id)?.[0]
    if (!first || one.state !== 'running') return null
    const ms = clock.mono() - first.at
    return ms < 1000 || one.done <= first.done ? null : ((one.done - first.done) / ms) * 1000
  }
  const shown = ({ createdAt: _createdAt, plan: _plan, columns: _columns, ...one }: ImportHead): ImportProgress => ({
    ...one,
    counts: { ...one.counts },
    refusals: [...one.refusals],
    rowsPerSec: rateOf(heads.get(one.id)!),
    lastAnswerAt: runs.get(one.id)?.lastAnswerAt ?? null,
  })

  /** Run it to its end, then let go of what nobody needs any more. */
  function go(one: ImportHead): void {
    const end = runOf(one)
      .run()
      .then(async () => {
        if (!isOver(one)) return
        await store.forget(one.id, false)
        const old = [...heads.values()].filter(isOver).sort((a, b) => b.createdAt - a.createdAt)
        for (const { id } of old.slice(mostKept)) await forget(id)
      })
      .catch(notTidied)
      .finally(() => {
        samples.delete(one.id)
        deps.onChange()
      })
    ends.set(one.id, end)
  }
  const notTidied = (error: unknown) =>
    log.warn('import-not-tidied', { reason: error instanceof Error ? error.message : 'unknown' })
  async function forget(id: string): Promise<void> {
    heads.delete(id)
    runs.delete(id)
    await store.forget(id, true)
  }

  /** Write every row down first: until that is done nothing is changed anywhere. */
  async function stage(one: ImportHead, checked: ReturnType<typeof drafts.ready>['checked']): Promise<void> {
    const abort = new AbortController()
    staging.set(one.id, abort)
    try {
      await store.save(one)
      const { check } = await drafts.rows(
        one.id,
        checked,
        async (rows) => {
          await store.stage(one.id, rows)
          const left = rows.filter(isNotSent).length
          one.total += rows.length - left
          one.counts.leftOut += left
          changed(one)
        },
        abort.signal,
      )
      if (one.state !== 'staging') return
      one.total = check.ready
      one.state = 'running'
      await store.save(one)
      await drafts.discard(one.id)
      go(one)
    } catch (error) {
      if (isStopped) return
      if (one.state === 'staging') {
        one.state = 'failed'
        one.problem = toProblem(error)
        one.endedAt = clock.now()
        deps.onChange()
      }
      // Where nothing can be written nothing can be dropped either: then the next start of the program does it.
      await store.forget(one.id, true).catch(notTidied)
      deps.onChange()
    } finally {
      staging.delete(one.id)
    }
  }

  const desk: Desk['imports'] = {
    begin: (input) => drafts.begin(input),
    append: (input) => drafts.append(input),
    inspect: (input, signal) => drafts.inspect(input, signal),
    check: (input, signal) => drafts.check(input, signal) as never,
    findings: (input) => drafts.findings(input),
    targets: async () => (await deps.targets()).map((connection) => ({ connection })),
    async start({ id }) {
      const { name, inspection, checked } = drafts.ready(id)
      const { plan, columns } = checked
      if ([...heads.values()].some(isBusy)) throw new CoreError('conflict', { reason: 'another-import-runs' })
      if (plan.target !== 'local') {
        if (plan.connection === null)
          throw new CoreError('bad-request', { field: 'plan.connection', reason: 'missing' })
        await deps.pbx(plan.connection)
      }
      if (checked.outcome.check.ready === 0)
        throw new CoreError('bad-request', { field: 'file', reason: 'nothing-to-import' })
      if (inspection.hasHeader) await store.rememberMapping(plan.kind, headerKey(columns), JSON.stringify(plan.mapping))
      const one: ImportHead = {
        ...{ id, fileName: name, sheet: checked.reading.sheet, kind: plan.kind, target: plan.target },
        ...{ connection: plan.target === 'local' ? null : plan.connection, state: 'staging', total: 0, done: 0 },
        ...{ counts: { ...noCounts }, requests: 0, batchRows: 0, problem: null, refusals: [], startedAt: clock.now() },
        ...{ endedAt: null, undo: 'none', undoKept: 0, createdAt: clock.now(), plan, columns: allColumns(checked) },
      }
      heads.set(id, one)
      deps.onChange()
      ends.set(id, stage(one, checked))
    },
    async pause({ id }) {
      const one = head(id)
      if (one.state === 'running' || one.state === 'waiting') await runOf(one).pause()
    },
    resume({ id }) {
      const one = head(id)
      if (one.state !== 'paused') return
      if ([...heads.values()].some(isBusy)) throw new CoreError('conflict', { reason: 'another-import-runs' })
      go(one)
    },
    async cancel({ id }) {
      const one = head(id)
      if (isOver(one)) return
      if (one.state === 'paused') {
        one.state = 'cancelled'
        one.endedAt = clock.now()
        await store.save(one)
        deps.onChange()
        return
      }
      if (one.state === 'staging') {
        one.state = 'cancelled'
        one.endedAt = clock.now()
        staging.get(id)?.abort()
        deps.onChange()
        await ends.get(id)
        await forget(id)
        deps.onChange()
        return
      }
      await runOf(one).cancel()
      await ends.get(id)
    },
    async undo({ id }) {
      const one = head(id)
      if (!isOver(one) || one.undo === 'none') throw new CoreError('conflict', { reason: 'nothing-to-undo' })
      one.undo = 'running'
      deps.onChange()
      try {
        const { kept } = await deps.people.undo(id)
        one.undo = 'done'
        one.undoKept = kept
        one.state = 'undone'
        await store.save(one)
      } catch (error) {
        one.undo = 'possible'
        throw error
      } finally {
        deps.onChange()
      }
    },
    report: ({ id }) => reportOf(head(id), store, deps.locale()) as never,
    async discard({ id }) {
      if (drafts.has(id) && !heads.has(id)) return drafts.discard(id)
      if (!isOver(head(id))) throw new CoreError('conflict', { reason: 'still-running' })
      await forget(id)
      deps.onChange()
    },
  }

  return {
    desk,
    snapshot: () => ({ imports: [...heads.values()].sort((a, b) => b.createdAt - a.createdAt).map(shown) }),
    async restore() {
      await files.sweep()
      for (const one of store.list())
        await restored(one).catch((error: unknown) => {
          // The disk may be full. The program is there for calls first; the next start finds the import as it is now.
          log.warn('import-not-restored', { code: toProblem(error).code })
        })
      deps.onChange()
    },
    async leftOut(id, write) {
      const { checked } = drafts.ready(id)
      const table = reportTable({ columns: allColumns(checked), mapping: checked.plan.mapping }, deps.locale())
      const encoder = new TextEncoder()
      await write(encoder.encode(table.head))
      const onRows = (rows: StagedRow[]) => write(encoder.encode(table.lines(rows.filter(isLeftOut))))
      await drafts.rows(id, checked, onRows, new AbortController().signal)
    },
    async settled(id) {
      for (let before: Promise<void> | undefined; before !== ends.get(id); ) {
        before = ends.get(id)
        await before
      }
      return shown(head(id))
    },
    async stop() {
      isStopped = true
      for (const abort of staging.values()) abort.abort()
      await Promise.all([...runs.values()].map((run) => run.stop()))
    },
  }
}
