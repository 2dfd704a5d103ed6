import { useSyncExternalStore } from 'react'
import type {
  ImportCheck,
  ImportField,
  ImportFix,
  ImportInspection,
  ImportKind,
  ImportPlan,
  ImportReading,
  ImportTarget,
  KnownChoice,
} from '../../../preload/contract/index.ts'
import { importPieceBytes } from '../../../preload/contract/index.ts'
import { rpc } from '../../rpc/index.ts'

export type Step = 'file' | 'columns' | 'check' | 'run'

export interface Wizard {
  step: Step
  kind: ImportKind
  /** The draft in the core. */
  id: string | null
  name: string
  /** Share of the file that is there; null = not under way. */
  uploading: number | null
  inspecting: boolean
  inspection: ImportInspection | null
  reading: ImportReading
  mapping: ImportField[]
  target: ImportTarget | null
  connection: string | null
  suggestions: ImportPlan['suggestions']
  known: KnownChoice
  pbxGroup: number
  pbxAssistant: number
  fixes: ReadonlyMap<number, ImportFix>
  checking: { rows: number; share: number } | null
  check: ImportCheck | null
  /** Another number after every check: findings are asked for anew. */
  checks: number
  starting: boolean
  problem: unknown
  /** The import that was started here. */
  runId: string | null
}

const noReading: ImportReading = { sheet: null, encoding: null, delimiter: null, hasHeader: null }
const fresh: Wizard = {
  ...{ step: 'file', kind: 'contacts', id: null, name: '', uploading: null, inspecting: false, inspection: null },
  ...{ reading: noReading, mapping: [], target: null, connection: null, suggestions: [], known: 'fill' },
  ...{ pbxGroup: 1, pbxAssistant: -1, fixes: new Map(), checking: null, check: null, checks: 0, starting: false },
  ...{ problem: null, runId: null },
}

/** Lives outside of the page, so that looking at a call does not cost what was put right. */
let wizard: Wizard = fresh
const listeners = new Set<() => void>()
let underWay: AbortController | null = null

function set(patch: Partial<Wizard>): void {
  wizard = { ...wizard, ...patch }
  for (const listener of listeners) listener()
}

export function useWizard(): Wizard {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => wizard,
  )
}

/** One thing at a time: what is begun later ends what was under way. */
async function exclusive(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  underWay?.abort()
  const own = new AbortController()
  underWay = own
  try {
    await run(own.signal)
  } catch (error) {
    if (own.signal.aborted) return
    set({ problem: error, uploading: null, inspecting: false, checking: null, starting: false })
  }
}

async function inspect(signal: AbortSignal, reading: ImportReading): Promise<void> {
  const { id, kind } = wizard
  if (id === null) return
  set({ inspecting: true, problem: null })
  const inspection = await rpc.imports.inspect({ id, kind, reading }, { signal })
  if (signal.aborted) return
  const { sheet, encoding, delimiter, hasHeader } = inspection
  set({
    ...{ inspecting: false, uploading: null, inspection, step: 'columns', mapping: inspection.mapping },
    ...{ reading: { sheet, encoding, delimiter, hasHeader }, fixes: new Map(), check: null, suggestions: [] },
  })
}

/** Leave the old file where it was: nobody waits for its end. */
function forget(id: string | null): void {
  if (id !== null) rpc.imports.discard({ id }).catch(() => undefined)
}

export const actions = {
  chooseKind: (kind: ImportKind) => set({ kind }),
  chooseFile(file: File): Promise<void> {
    return exclusive(async (signal) => {
      if (wizard.runId === null) forget(wizard.id)
      const { kind, target, connection, pbxGroup, pbxAssistant } = wizard
      set({ ...fresh, kind, target, connection, pbxGroup, pbxAssistant, name: file.name, uploading: 0 })
      const { id } = await rpc.imports.begin({ name: file.name, size: file.size }, { signal })
      set({ id })
      for (let at = 0; at < file.size; at += importPieceBytes) {
        const bytes = new Uint8Array(await file.slice(at, at + importPieceBytes).arrayBuffer())
        await rpc.imports.append({ id, at, bytes }, { signal })
        if (signal.aborted) return
        set({ uploading: Math.min(1, (at + bytes.length) / file.size) })
      }
      await inspect(signal, noReading)
    })
  },
  /** Cells that were copied in a spreadsheet come as text with tabs. */
  paste: (text: string, name: string) => actions.chooseFile(new File([text], name, { type: 'text/plain' })),
  reread: (patch: Partial<ImportReading>) =>
    exclusive((signal) =>
      inspect(signal, { ...wizard.reading, ...(patch.sheet === undefined ? {} : { hasHeader: null }), ...patch }),
    ),
  setField(column: number, field: ImportField) {
    set({ mapping: wizard.mapping.map((old, at) => (at === column ? field : old)), check: null })
  },
  setTarget: (target: ImportTarget, connection: string | null) => set({ target, connection, check: null }),
  setPbx: (patch: Partial<Pick<Wizard, 'pbxGroup' | 'pbxAssistant'>>) => set(patch),
  check(target: ImportTarget, connection: string | null): Promise<void> {
    return exclusive(async (signal) => {
      const { id, kind, reading, mapping, suggestions, known, pbxGroup, pbxAssistant, fixes } = wizard
      if (id === null) return
      set({ step: 'check', target, connection, checking: { rows: 0, share: 0 }, problem: null })
      const plan: ImportPlan = {
        ...{ kind, mapping, target, suggestions, known, pbxGroup, pbxAssistant },
        connection: target === 'local' ? null : connection,
      }
      const events = await rpc.imports.check({ id, reading, plan, fixes: [...fixes.values()] }, { signal })
      for await (const event of events) {
        if (signal.aborted) return
        if (event.kind === 'progress') set({ checking: { rows: event.rows, share: event.share } })
        else set({ checking: null, check: event.check, checks: wizard.checks + 1 })
      }
    })
  },
  again: () => actions.check(wizard.target ?? 'local', wizard.connection),
  fix(row: number, patch: Partial<Omit<ImportFix, 'row'>>): Promise<void> {
    const old = wizard.fixes.get(row) ?? { row, cells: [], skip: false, known: null }
    const cells = [
      ...old.cells.filter((one) => !patch.cells?.some(({ column }) => column === one.column)),
      ...(patch.cells ?? []),
    ]
    set({ fixes: new Map(wizard.fixes).set(row, { ...old, ...patch, cells }) })
    return actions.again()
  },
  takeSuggestions(group: 'no-name' | 'bad-number'): Promise<void> {
    set({ suggestions: [...new Set([...wizard.suggestions, group])] })
    return actions.again()
  },
  knownForAll(known: KnownChoice): Promise<void> {
    const fixes = new Map([...wizard.fixes].map(([row, fix]) => [row, { ...fix, known: null }]))
    set({ known, fixes })
    return actions.again()
  },
  start(): Promise<void> {
    return exclusive(async () => {
      const { id } = wizard
      if (id === null) return
      set({ starting: true, problem: null })
      await rpc.imports.start({ id })
      set({ starting: false, step: 'run', runId: id })
    })
  },
  cancelCheck() {
    underWay?.abort()
    set({ checking: null, uploading: null, inspecting: false, step: wizard.inspection ? 'columns' : 'file' })
  },
  to: (step: Step) => set({ step, problem: null }),
  show: (runId: string) => set({ step: 'run', runId, problem: null }),
  reset() {
    underWay?.abort()
    if (wizard.runId === null) forget(wizard.id)
    set({ ...fresh, kind: wizard.kind })
  },
}
