import { useSyncExternalStore } from 'react'
import type { OperationResult } from '../../../preload/contract/index.ts'
import type { FieldValue, FormValues } from './field-values.ts'

/** One run as the page sees it. */
export type Run =
  | {
      phase: 'running'
      since: number
      progress: { direction: 'upload' | 'download'; bytes: number; total: number | null } | null
      cancel(): void
    }
  | { phase: 'done'; at: number; result: OperationResult; file: Uint8Array<ArrayBuffer> | null }
  | { phase: 'failed'; at: number; error: unknown }

/** What was typed and what came back, per operation. Outlives a visit to another page; gone when the page is closed. */
interface State {
  values: Readonly<Record<string, FormValues>>
  runs: Readonly<Record<string, Run>>
  /** The connection that was chosen last, per system. */
  connections: Readonly<Record<string, string>>
  /** The operation that was open last. */
  last: string | null
}

let state: State = { values: {}, runs: {}, connections: {}, last: null }
const listeners = new Set<() => void>()

function change(next: Partial<State>): void {
  state = { ...state, ...next }
  for (const listener of listeners) listener()
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const read = () => state

export const useOperationStore = (): State => useSyncExternalStore(subscribe, read)

export function setValue(operation: string, key: string, value: FieldValue): void {
  setValues(operation, { ...state.values[operation], [key]: value })
}
export function setValues(operation: string, values: FormValues): void {
  change({ values: { ...state.values, [operation]: values } })
}
export function setRun(operation: string, run: Run): void {
  change({ runs: { ...state.runs, [operation]: run } })
}
export const readRun = (operation: string): Run | undefined => state.runs[operation]

export function chooseConnection(system: string, connection: string): void {
  change({ connections: { ...state.connections, [system]: connection } })
}
export function setLast(operation: string): void {
  if (state.last !== operation) change({ last: operation })
}
