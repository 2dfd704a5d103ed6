/** Thrown when a quotation mark is opened and no record ends within the length allowed. */
export class UnclosedQuote extends Error {
  override readonly name = 'UnclosedQuote'
}

const quote = 34
const lineFeed = 10
const carriageReturn = 13

/**
 * Records of a text that comes in pieces (RFC 4180; line ends of any kind, also mixed; text behind a closing mark belongs to
 * the cell; a mark inside a cell that did not begin with one is a sign like any other). An empty line is a record of one empty
 * cell. Every position is looked at once, except of a record that a piece cut off, so no text takes longer than its length.
 */
export class CsvRecords {
  private rest = ''
  private readonly sign: number
  private readonly longest: number

  constructor(delimiter: string, longestRecord: number) {
    this.sign = delimiter.charCodeAt(0)
    this.longest = longestRecord
  }

  /** Calls `take` for each record that is whole; `isLast`: nothing follows. `take` false = enough. Throws UnclosedQuote. */
  add(piece: string, isLast: boolean, take: (cells: string[]) => boolean): boolean {
    const text = this.rest === '' ? piece : this.rest + piece
    let at = 0
    while (at < text.length) {
      const cells: string[] = []
      const end = this.record(text, at, isLast, cells)
      if (end < 0) break
      at = end
      if (!take(cells)) return false
    }
    this.rest = text.slice(at)
    if (this.rest.length > this.longest) throw new UnclosedQuote()
    return true
  }

  /** The place behind the record that begins at `at`, or -1 where it does not end here. */
  private record(text: string, from: number, isLast: boolean, cells: string[]): number {
    let at = from
    for (;;) {
      let cell = ''
      if (text.charCodeAt(at) === quote) {
        let start = at + 1
        for (;;) {
          const mark = text.indexOf('"', start)
          if (mark < 0) {
            if (!isLast) return -1
            throw new UnclosedQuote()
          }
          if (mark + 1 >= text.length && !isLast) return -1
          cell += text.slice(start, mark)
          if (text.charCodeAt(mark + 1) !== quote) {
            at = mark + 1
            break
          }
          cell += '"'
          start = mark + 2
        }
      }
      let end = at
      let code = 0
      for (; end < text.length; end += 1) {
        code = text.charCodeAt(end)
        if (code === this.sign || code === lineFeed || code === carriageReturn) break
      }
      if (end >= text.length && !isLast) return -1
      cells.push(cell === '' ? text.slice(at, end) : cell + text.slice(at, end))
      if (end >= text.length) return end
      if (code === this.sign) {
        at = end + 1
        // A delimiter at the very end has an empty cell behind it.
        if (at >= text.length) {
          if (!isLast) return -1
          cells.push('')
          return at
        }
        continue
      }
      if (code === lineFeed) return end + 1
      if (end + 1 >= text.length && !isLast) return -1
      return text.charCodeAt(end + 1) === lineFeed ? end + 2 : end + 1
    }
  }
}
