import { CoreError } from '../../core/errors.ts'

const mostVariables = 10
const variable = /\{(\d+)\}/g

/** Numbers of the variables in a text, each once, ascending. `{1}` to `{10}`. Manual 002 §5.4. */
export function variablesOf(content: string): number[] {
  return [...new Set([...content.matchAll(variable)].map((match) => Number(match[1])))].sort((a, b) => a - b)
}

/** What the platform would not take in the text of a template, or null. Variables count from 1; `{`, `}` and `@` are theirs. */
export function templateProblem(content: string): string | null {
  const numbers = variablesOf(content)
  const wrong = numbers.find((number) => number < 1 || number > mostVariables)
  if (wrong !== undefined) return `variable {${wrong}}: variables are {1} to {${mostVariables}}`
  if (numbers.length > 0 && numbers[0] !== 1) return `variable {1} is missing: variables count from {1}`
  const stray = /[{}@]/.exec(content.replace(variable, ''))?.[0]
  return stray === undefined ? null : `"${stray}" cannot stand in the text of a template`
}

/**
 * The text with its variables filled in: the first value is `{1}`.
 * Errors: bad-request (field `content`) naming a variable without a value, or a value that no variable takes.
 */
export function fillTemplate(content: string, values: readonly string[]): string {
  const numbers = variablesOf(content)
  const refuse = (reason: string) => new CoreError('bad-request', { field: 'content', reason })
  const problem = templateProblem(content)
  if (problem !== null) throw refuse(problem)
  const unfilled = numbers.find((number) => (values[number - 1] ?? '').trim() === '')
  if (unfilled !== undefined) throw refuse(`variable {${unfilled}} has no value`)
  const unused = values.findIndex((_value, at) => !numbers.includes(at + 1))
  if (unused >= 0) throw refuse(`value ${unused + 1} has no variable {${unused + 1}} in the text`)
  return content.replace(variable, (_all, number: string) => values[Number(number) - 1]!.trim())
}

/** A variable left in a text that is spoken as it stands, or null. */
export const leftVariable = (content: string): number | null => variablesOf(content)[0] ?? null
