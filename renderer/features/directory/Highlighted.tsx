import type { ReactNode } from 'react'

/** Marks the matched parts of a name: sorted [start, end) ranges. */
export function Highlighted({ text, ranges }: { text: string; ranges: readonly (readonly [number, number])[] }) {
  const parts: ReactNode[] = []
  let from = 0
  for (const [start, end] of ranges) {
    if (start < from || end > text.length) continue
    parts.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>)
    from = end
  }
  parts.push(text.slice(from))
  return parts
}
