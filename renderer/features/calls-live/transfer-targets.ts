import { type Board, type Extension, freeRank, type TileState, tileState } from '../../../preload/contract/board.ts'

export interface TransferTarget {
  extension: Extension
  state: TileState
}

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
