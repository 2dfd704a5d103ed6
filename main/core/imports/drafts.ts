import type {
  CheckEvent,
  FindingGroup,
  ImportFinding,
  ImportFix,
  ImportInspection,
  ImportKind,
  ImportPlan,
  ImportReading,
} from '../../../preload/contract/index.ts'
import { CoreError } from '../errors.ts'
import type { NumberOptions } from '../numbers/index.ts'
import type { CheckOutcome, CheckRequest, ImportFiles, ImportStore, KnownNumber, StagedRow } from '../ports/index.ts'
import { headerKey } from './guess-mapping.ts'

/** What the newest check was asked: a start does the same. */
export interface Checked {
  reading: ImportReading
  plan: ImportPlan
  fixes: readonly ImportFix[]
  columns: readonly string[]
  outcome: CheckOutcome
}

interface Draft {
  name: string
  size: number
  received: number
  inspection: ImportInspection | null
  checked: Checked | null
}

export interface DraftDeps {
  files: ImportFiles
  store: Pick<ImportStore, 'mapping' | 'knownNumbers' | 'namedNumbers' | 'markedNumbers'>
  /** Who has a number, as the directory says. */
  lookup(canonical: string): KnownNumber | null
  numbers(): NumberOptions
  newId(): string
}

const mostDrafts = 4
const knownPiece = 5000

/** Files that are being prepared: received, looked at, tried. They live as long as the program runs. */
export function createDrafts({ files, store, lookup, numbers, newId }: DraftDeps) {
  const drafts = new Map<string, Draft>()

  function draft(id: string): Draft {
    const found = drafts.get(id)
    if (!found) throw new CoreError('not-found', { field: 'id', reason: 'no-such-import' })
    return found
  }
  function* pieces(read: (after: string, limit: number) => string[]): Generator<readonly string[], void> {
    for (let after = ''; ; ) {
      const piece = read(after, knownPiece)
      if (piece.length > 0) yield piece
      if (piece.length < knownPiece) return
      after = piece.at(-1)!
    }
  }
  /** Numbers that this PBX was given from here. */
  function* marked(connection: string): Generator<readonly string[], void> {
    for (let after = ''; ; ) {
      const piece = store.markedNumbers(connection, after, knownPiece)
      // An empty piece too: whoever takes them lets other work run after each.
      yield piece.flatMap(({ canonical, isMarked }) => (isMarked ? [canonical] : []))
      if (piece.length < knownPiece) return
      after = piece.at(-1)!.canonical
    }
  }
  /** What its call log names, and what it was given: the log names nobody who has not called. */
  function* known(connection: string | null): Generator<readonly string[], void> {
    yield* pieces(store.namedNumbers)
    if (connection !== null) yield* marked(connection)
  }
  const requestOf = ({ reading, plan, fixes, columns }: Omit<Checked, 'outcome'>): CheckRequest => ({
    ...{ reading, plan, fixes, columns, numbers: numbers() },
    directory: plan.target === 'pbx' || plan.kind === 'opportunities' ? [] : pieces(store.knownNumbers),
    pbx: plan.target === 'local' || plan.kind === 'opportunities' ? [] : known(plan.connection),
  })

  return {
    has: (id: string) => drafts.has(id),
    async begin({ name, size }: { name: string; size: number }): Promise<{ id: string }> {
      const id = newId()
      await files.begin(id, { name, size })
      drafts.set(id, { name, size, received: 0, inspection: null, checked: null })
      for (const old of [...drafts.keys()].slice(0, -mostDrafts)) await this.discard(old)
      return { id }
    },
    async append({ id, at, bytes }: { id: string; at: number; bytes: Uint8Array }): Promise<void> {
      const one = draft(id)
      await files.append(id, at, bytes)
      one.received = at + bytes.length
    },
    async inspect(
      { id, kind, reading }: { id: string; kind: ImportKind; reading: ImportReading },
      signal?: AbortSignal,
    ): Promise<ImportInspection> {
      const one = draft(id)
      if (one.received !== one.size) throw new CoreError('bad-request', { field: 'file', reason: 'damaged' })
      const inspection = await files.inspect(id, { kind, reading }, signal)
      const kept = store.mapping(kind, headerKey(inspection.columns))
      const mapping = kept === null ? null : (JSON.parse(kept) as ImportInspection['mapping'])
      const isUsable = mapping?.length === inspection.columns.length && inspection.hasHeader
      one.inspection = isUsable ? { ...inspection, mapping, remembered: true } : inspection
      return one.inspection
    },
    async *check(
      { id, reading, plan, fixes }: { id: string; reading: ImportReading; plan: ImportPlan; fixes: ImportFix[] },
      signal?: AbortSignal,
    ): AsyncGenerator<CheckEvent, void> {
      const one = draft(id)
      const columns = one.inspection?.columns ?? []
      if (plan.mapping.length !== columns.length)
        throw new CoreError('bad-request', { field: 'plan.mapping', reason: 'one field for each column' })
      const events: CheckEvent[] = []
      let wake = () => {}
      let failure: unknown = null
      let isOver = false
      const request = { reading, plan, fixes, columns }
      files
        .check(id, requestOf(request), {
          signal,
          onProgress(rows, share) {
            // Only the newest matters.
            events.splice(0, events.length, { kind: 'progress', rows, share })
            wake()
          },
        })
        .then(
          (outcome) => {
            one.checked = { ...request, outcome }
            events.push({ kind: 'done', check: outcome.check })
          },
          (error: unknown) => {
            failure = error
          },
        )
        .finally(() => {
          isOver = true
          wake()
        })
      for (;;) {
        const event = events.shift()
        if (event) yield event
        else if (isOver) break
        else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
      if (failure !== null) throw failure
    },
    findings({ id, group, offset, limit }: { id: string; group: FindingGroup; offset: number; limit: number }): {
      findings: ImportFinding[]
      kept: number
    } {
      const kept = draft(id).checked?.outcome.findings[group] ?? []
      const findings = kept.slice(offset, offset + limit).map(({ canonical, ...finding }): ImportFinding => {
        const who = canonical === null ? null : lookup(canonical)
        return { ...finding, person: who?.name ? { name: who.name, company: who.company } : null }
      })
      return { findings, kept: kept.length }
    },
    /** What a start begins with. Errors: bad-request when nothing was checked. */
    ready(id: string): { name: string; inspection: ImportInspection; checked: Checked } {
      const { name, inspection, checked } = draft(id)
      if (!inspection || !checked) throw new CoreError('bad-request', { field: 'id', reason: 'check-first' })
      return { name, inspection, checked }
    },
    /** The same rows as the check saw, handed over piece by piece. */
    rows: (id: string, checked: Checked, onRows: (rows: StagedRow[]) => Promise<void>, signal: AbortSignal) =>
      files.check(id, requestOf(checked), { signal, onRows }),
    async discard(id: string): Promise<void> {
      drafts.delete(id)
      await files.discard(id)
    },
  }
}
