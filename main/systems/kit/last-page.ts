/**
 * Whether a page of a list was its last. A server may give fewer rows than it is asked for, however many there are; it then gives
 * as many every time. So a page below what was asked for is the last only where a page before had more rows; else it is asked on,
 * which costs a quiet poll nothing once a fuller page was seen.
 */
export function lastPages(): (rows: number, asked: number) => boolean {
  let most = 0
  return (rows, asked) => {
    const isLast = rows === 0 || (rows < asked && rows < most)
    most = Math.max(most, rows)
    return isLast
  }
}
