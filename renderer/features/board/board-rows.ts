import type { Board, Extension, TileState } from '../../../preload/contract/board.ts'
import { tileState } from '../../../preload/contract/tile-state.ts'

export type BoardView = 'groups' | 'all' | 'favourites'

/** One virtual row: a group's heading or as many tiles as fit side by side. */
export type BoardRow =
  | { kind: 'group'; key: string; name: string | null; count: number; free: number }
  | {
      kind: 'tiles'
      key: string
      extensions: Extension[] /** Of its group: the heading below brings its own space. */
      last: boolean
    }

export interface BoardQuery {
  view: BoardView
  favourites: readonly string[]
  /** Filter by extension or name; empty = everybody. */
  text: string
  /** Extensions that match `text` as pinyin. */
  alsoNumbers: ReadonlySet<string>
  columns: number
  stale: boolean
}

/** Shorter numbers first, then digit by digit: the order of the numbers, and quick enough for 10,000. */
const byNumber = (a: Extension, b: Extension) =>
  a.extension.length - b.extension.length || (a.extension < b.extension ? -1 : 1)

/** The board as rows, in the order of the extension numbers: a tile keeps its place whatever its state. */
export function boardRows(board: Board, query: BoardQuery): BoardRow[] {
  const shown = matching(board.extensions, query)
  if (query.view !== 'groups') return tileRows(shown, query.columns, query.view)

  const buckets = new Map<string | null, Extension[]>(board.groups.map((group) => [group.id, []]))
  for (const extension of shown) {
    const id = extension.group !== null && buckets.has(extension.group) ? extension.group : null
    const bucket = buckets.get(id)
    if (bucket) bucket.push(extension)
    else buckets.set(id, [extension])
  }
  const filled = [...buckets].filter(([, extensions]) => extensions.length > 0)
  if (filled.length === 1 && filled[0]?.[0] === null) return tileRows(shown, query.columns, 'all')
  return filled.flatMap(([id, extensions]) => [
    {
      kind: 'group' as const,
      key: `group-${id}`,
      name: board.groups.find((group) => group.id === id)?.name ?? null,
      count: extensions.length,
      free: extensions.filter((one) => tileState(one, query.stale) === 'idle').length,
    },
    ...tileRows(extensions, query.columns, `group-${id}`),
  ])
}

function matching(extensions: readonly Extension[], { view, favourites, text, alsoNumbers }: BoardQuery): Extension[] {
  const word = text.trim().toLowerCase()
  const starred = new Set(favourites)
  return extensions
    .filter((one) => view !== 'favourites' || starred.has(one.extension))
    .filter(
      (one) =>
        !word ||
        one.extension.includes(word) ||
        one.name.toLowerCase().includes(word) ||
        alsoNumbers.has(one.extension),
    )
    .sort(byNumber)
}

function tileRows(extensions: readonly Extension[], columns: number, key: string): BoardRow[] {
  const rows: BoardRow[] = []
  for (let from = 0; from < extensions.length; from += columns)
    rows.push({
      kind: 'tiles',
      key: `${key}-${from}`,
      extensions: extensions.slice(from, from + columns),
      last: from + columns >= extensions.length,
    })
  return rows
}

/** How many extensions are in each state. */
export function tallyOf(extensions: readonly Extension[], stale: boolean): Record<TileState, number> {
  const tally: Record<TileState, number> = {
    idle: 0,
    ringing: 0,
    talking: 0,
    busy: 0,
    reducing: 0,
    offline: 0,
    unregistered: 0,
    stale: 0,
  }
  for (const extension of extensions) tally[tileState(extension, stale)] += 1
  return tally
}

/** The extension that an arrow key leads to, or null at the edge. ↑↓ keep the column where they can. */
export function neighbour(rows: readonly BoardRow[], from: string, key: string): string | null {
  const tiles = rows.flatMap((row) => (row.kind === 'tiles' ? [row.extensions] : []))
  const at = tiles.findIndex((row) => row.some((one) => one.extension === from))
  const row = tiles[at]
  if (!row) return null
  const column = row.findIndex((one) => one.extension === from)
  if (key === 'Home') return tiles[0]?.[0]?.extension ?? null
  if (key === 'End') return tiles.at(-1)?.at(-1)?.extension ?? null
  if (key === 'ArrowRight') return (row[column + 1] ?? tiles[at + 1]?.[0])?.extension ?? null
  if (key === 'ArrowLeft') return (row[column - 1] ?? tiles[at - 1]?.at(-1))?.extension ?? null
  const next = key === 'ArrowDown' ? tiles[at + 1] : key === 'ArrowUp' ? tiles[at - 1] : undefined
  return next ? ((next[column] ?? next.at(-1))?.extension ?? null) : null
}
