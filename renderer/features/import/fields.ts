import type { ImportField, ImportKind } from '../../../preload/contract/index.ts'

const people: ImportField[] = [
  'name',
  'phone',
  'mobile',
  'work',
  'home',
  'fax',
  'company',
  'group',
  'owner',
  'qq',
  'notes',
]
const deals: ImportField[] = ['product', 'comment', 'stage', 'amount', 'date']

/** What a column of this kind of file can be, in the order of the list. */
export const fieldsOf = (kind: ImportKind): ImportField[] =>
  kind === 'contacts' ? [...people, 'skip'] : [...people, ...deals, 'skip']

/** Of which there is one column only. */
const several = new Set<ImportField>(['phone', 'mobile', 'work', 'home', 'fax', 'notes', 'skip', 'reason'])

/** Why it cannot go on with this mapping: fields that are missing, and fields that two columns have. */
export function mappingProblems(
  kind: ImportKind,
  mapping: readonly ImportField[],
): { missing: ('name' | 'phone' | 'product')[]; twice: ImportField[] } {
  const hasPhone = mapping.some((field) => ['phone', 'mobile', 'work', 'home', 'fax'].includes(field))
  const missing = [
    ...(mapping.includes('name') || mapping.includes('company') ? [] : (['name'] as const)),
    ...(hasPhone ? [] : (['phone'] as const)),
    ...(kind === 'contacts' || mapping.includes('product') ? [] : (['product'] as const)),
  ]
  const twice = mapping.filter((field, at) => !several.has(field) && mapping.indexOf(field) !== at)
  return { missing, twice: [...new Set(twice)] }
}
