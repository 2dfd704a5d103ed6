/** What the address `#/directory/<place>` opens. */
export type Place =
  | { kind: 'person'; id: number }
  | { kind: 'new'; number: string; name: string }
  | { kind: 'row'; key: string }
  | null

export function readPlace(section: string | null): Place {
  if (section === null || section === '') return null
  if (/^\d{1,15}$/.test(section)) return { kind: 'person', id: Number(section) }
  const [word, number = '', name = ''] = section.split('~')
  return word === 'new' ? { kind: 'new', number, name } : null
}
