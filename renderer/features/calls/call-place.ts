/** Where one call stands in the history, as part of an address: the number to look for, and the call to open. */
export const callPlace = (number: string, callId: string): string =>
  `#/calls/${encodeURIComponent(`${number}~${callId}`)}`

/** All calls with somebody of the directory, as the route's section. No number begins like this. */
const personSign = 'person:'
export const personSection = (person: number): string => `${personSign}${person}`

/** The reverse of both, from the route's section. */
export function readPlace(section: string): { number: string; callId: string | null; person: number | null } {
  const person = section.startsWith(personSign) ? Number(section.slice(personSign.length)) : Number.NaN
  if (Number.isSafeInteger(person) && person > 0) return { number: '', callId: null, person }
  const at = section.indexOf('~')
  return {
    number: at < 0 ? section : section.slice(0, at),
    callId: at < 0 ? null : section.slice(at + 1),
    person: null,
  }
}
