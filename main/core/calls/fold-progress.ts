/** Out-of-order row ids remembered before a gap is given up: its row was rolled back and will never come. */
const mostAhead = 50_000

/**
 * Up to which inbox row everything has been folded. Rows normally arrive in order; one that is late holds the mark back,
 * so that a crash at that moment folds it again instead of losing it.
 */
export interface FoldProgress {
  add(rowId: number): void
  /** Highest row with nothing missing below it; undefined = not known yet. */
  through(): number | undefined
}

export function createFoldProgress(): FoldProgress {
  let mark: number | undefined
  const ahead = new Set<number>()

  return {
    add(rowId) {
      if (rowId <= 0) return
      if (mark === undefined) {
        mark = rowId
        return
      }
      if (rowId <= mark) return
      ahead.add(rowId)
      if (ahead.size > mostAhead) mark = Math.min(...ahead) - 1
      while (ahead.delete(mark + 1)) mark += 1
    },
    through: () => mark,
  }
}
