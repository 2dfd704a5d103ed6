import type { Board, Extension, TileState } from '../../../preload/contract/board.ts'
import type { SearchHit } from '../../../preload/contract/directory.ts'
import type { Settings } from '../../../preload/contract/settings-schema.ts'
import { freeRank, tileState } from '../../../preload/contract/tile-state.ts'

export interface TransferTarget {
  extension: Extension
  state: TileState
}

/** A row of the panel: a colleague, somebody outside, or a voice menu of the PBX. */
export type TargetRow =
  | ({ kind: 'extension'; key: string } & TransferTarget)
  | { kind: 'number'; key: string; number: string; display: string; name: string | null; company: string | null }
  | { kind: 'menu'; key: string; menu: number; name: string }

/**
 * Who could take the call, free first, then by extension. `text` filters by extension and name; `alsoNumbers` are
 * extensions that matched otherwise (pinyin, found by the core's search).
 */
export function transferTargets(
  board: Board,
  options: { text: string; alsoNumbers: ReadonlySet<string>; myExtension: string | null; stale: boolean },
): TransferTarget[] {
  const text = options.text.trim().toLowerCase()
  return board.extensions
    .filter((one) => one.extension !== options.myExtension)
    .filter(
      (one) =>
        !text ||
        one.extension.startsWith(text) ||
        one.name.toLowerCase().includes(text) ||
        options.alsoNumbers.has(one.extension),
    )
    .map((extension) => ({ extension, state: tileState(extension, options.stale) }))
    .toSorted((a, b) => {
      const exact = Number(b.extension.extension === text) - Number(a.extension.extension === text)
      return (
        exact ||
        freeRank(a.state) - freeRank(b.state) ||
        a.extension.extension.localeCompare(b.extension.extension, undefined, { numeric: true })
      )
    })
}

/** Colleagues, then the menus whose number or name fits. People outside come last: they are found a moment later. */
export function targetRows(
  colleagues: readonly TransferTarget[],
  outside: readonly SearchHit[],
  menus: Settings['voiceMenus'],
  text: string,
): TargetRow[] {
  const word = text.trim().toLowerCase()
  const inside = new Set(colleagues.map(({ extension }) => extension.extension))
  const seen = new Set<string>()
  return [
    ...colleagues.map((one) => ({ kind: 'extension' as const, key: `e${one.extension.extension}`, ...one })),
    ...menus
      .filter(({ id, name }) => String(id).startsWith(word) || name.toLowerCase().includes(word))
      .map(({ id, name }) => ({ kind: 'menu' as const, key: `m${id}`, menu: id, name })),
    ...outside
      .filter(({ number }) => !inside.has(number) && !seen.has(number) && seen.add(number))
      .map(({ number, display, name, company }) => ({
        kind: 'number' as const,
        key: `n${number}`,
        ...{ number, display, name, company },
      })),
  ]
}
