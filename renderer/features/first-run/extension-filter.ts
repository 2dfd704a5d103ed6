export interface ListedExtension {
  extension: string
  name: string
  registered: boolean
}

/** Rows whose number or name holds every typed word; numbers that begin with it come first. The order is kept otherwise. */
export function matchingExtensions(rows: readonly ListedExtension[], text: string): ListedExtension[] {
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...rows]
  const found = rows.filter((row) => {
    const hay = `${row.extension} ${row.name}`.normalize('NFKC').toLowerCase()
    return words.every((word) => hay.includes(word))
  })
  const first = words[0] ?? ''
  return [
    ...found.filter((row) => row.extension.startsWith(first)),
    ...found.filter((row) => !row.extension.startsWith(first)),
  ]
}
