/**
 * One row of the realtime module: `id=gateway.1&match_header=P-Tinet-Identify-Endpoint: gateway.1`. Split at `&`, then at
 * the first `=`; a name that comes twice keeps both values, with a comma between. Null when a part has no `=`.
 */
export function readRow(line: string): Record<string, string> | null {
  const row = new Map<string, string>()
  for (const part of line.split('&')) {
    if (part.trim() === '') continue
    const at = part.indexOf('=')
    if (at <= 0) return null
    const name = unescaped(part.slice(0, at).trim())
    const value = unescaped(part.slice(at + 1).trim())
    const earlier = row.get(name)
    row.set(name, earlier === undefined ? value : `${earlier},${value}`)
  }
  return row.size === 0 ? null : Object.fromEntries(row)
}

/** Several rows, one a line. Null when one of them is none. */
export function readRows(text: string): Record<string, string>[] | null {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map(readRow)
  return rows.every((row) => row !== null) ? rows : null
}

/** The sample is not escaped: percent signs count as escapes only when all of them are. */
function unescaped(text: string): string {
  if (!text.includes('%') || /%(?![0-9a-f]{2})/i.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text // two hex digits by chance, no UTF-8
  }
}
