import type { Mark } from './marks.ts'

/** A text with its marks. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  if (marks.length === 0) return <>{text}</>
  return (
    <>
      {marks.map(([start, end], at) => (
        <span key={start}>
          {text.slice(marks[at - 1]?.[1] ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.[1])}
    </>
  )
}
