import type { CheckEvent, ExportEvent, ImportInspection } from '../../preload/contract/index.ts'

/** A file as the core sees it. */
export const inspected: ImportInspection = {
  ...{ format: 'csv', sheets: [], sheet: null, encoding: 'utf-8', delimiter: ',', hasHeader: true },
  ...{ columns: ['姓名'], preview: [{ row: 2, cells: ['李'] }], mapping: ['name'], remembered: false },
}

/** A check with one row and nothing found. */
export async function* checkLike(
  signal: AbortSignal | undefined,
  ended: (how: string) => void,
): AsyncGenerator<CheckEvent, void> {
  try {
    yield { kind: 'progress', rows: 1, share: 0.5 }
    yield { kind: 'done', check: { rows: 1, ready: 1, empty: 0, skipped: 0, groups: [], unused: [] } }
    ended('done')
  } finally {
    if (signal?.aborted) ended('aborted')
  }
}

/** A file in pieces; one that never ends when the call is cancelled in time. */
export async function* exportLike(
  signal: AbortSignal | undefined,
  ended: (how: string) => void,
): AsyncGenerator<ExportEvent, void> {
  try {
    yield { kind: 'progress', rows: 0, total: 1 }
    for (let piece = 0; piece < 3 && !signal?.aborted; piece += 1) {
      yield { kind: 'data', bytes: new TextEncoder().encode('李,b\r\n') }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    if (signal?.aborted) return
    yield { kind: 'done', rows: 3, fileName: 'calls.csv', type: 'text/csv' }
    ended('done')
  } finally {
    if (signal?.aborted) ended('aborted')
  }
}
