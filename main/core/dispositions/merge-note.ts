/**
 * The text to keep when `text` was made from `base` while `stored` is what is there now: nothing that anybody typed is lost.
 * Two changes of one text stand one below the other.
 */
export function mergeNote(stored: string, base: string, text: string): string {
  if (stored === base || stored === text) return text
  if (text === base) return stored
  const added = base !== '' && text.startsWith(base) && stored.startsWith(base) ? text.slice(base.length).trim() : text
  if (added === '') return stored
  return stored.trim() === '' ? text : `${stored}\n${added}`
}
