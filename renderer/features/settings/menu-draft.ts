/** A row of the form; `id` only tells rows apart. */
export interface RuleDraft {
  id: number
  value: string
  token: string
}

/** Rows as they are stored; rows in which nothing was typed are left out. */
export function readRules(rows: readonly RuleDraft[]): { value: string; token: string }[] {
  return rows
    .map(({ value, token }) => ({ value: value.trim(), token: token.trim() }))
    .filter(({ value, token }) => value !== '' || token !== '')
}

const word = /^[\x21-\x7e]{1,60}$/

/** What is wrong with a voice menu, or null: the key of the sentence and the thing it names. */
export function menuFault(
  draft: { flow: string; param: string; otherwise: string; rules: readonly { value: string; token: string }[] },
  taken: readonly string[],
): { kind: 'wrongFlow' | 'takenFlow' | 'missingParam' | 'wrongToken' | 'twice'; name: string } | null {
  const { flow, param, otherwise, rules } = draft
  if (!/^[A-Za-z0-9_-]{1,60}$/.test(flow)) return { kind: 'wrongFlow', name: flow }
  if (taken.includes(flow)) return { kind: 'takenFlow', name: flow }
  if (param === '') return { kind: 'missingParam', name: param }
  const wrong = [...rules.map(({ token }) => token), otherwise].find((token) => !word.test(token))
  if (wrong !== undefined) return { kind: 'wrongToken', name: wrong }
  const twice = rules.find(({ value }, at) => rules.findIndex((one) => one.value === value) < at)
  return twice ? { kind: 'twice', name: twice.value } : null
}
