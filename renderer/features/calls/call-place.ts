/** Where one call stands in the history, as part of an address: the number to look for, and the call to open. */
export const callPlace = (number: string, callId: string): string =>
  `#/calls/${encodeURIComponent(`${number}~${callId}`)}`

/** The reverse, from the route's section. */
export function readPlace(section: string): { number: string; callId: string | null } {
  const at = section.indexOf('~')
  return at < 0 ? { number: section, callId: null } : { number: section.slice(0, at), callId: section.slice(at + 1) }
}
