import { checkSettings, type FieldProblem, repairSettings } from './check.ts'
import type { PolicySource } from './ports.ts'
import { mergeTrees, type Tree, valueAt, withValueFrom } from './tree.ts'

/** What the machine's administrator decided: defaults, and paths that nobody else may change. */
export interface PolicyInForce {
  values: Tree
  locked: string[]
  problems: FieldProblem[]
  /** Defaults of the policy, then the file, then what is locked. Paths in lists go by `id`: `connections.pbx.baseUrl`. */
  around(file: Tree): Tree
}

/** Reads the policy once. Wrong fields of it are named and left out. */
export function readPolicy(source: PolicySource): PolicyInForce {
  const policy = source.read()
  const { tree: values, problems: wrong } = repairSettings(policy?.values ?? {})
  const locked = policy?.locked ?? []
  const problems = wrong.map(({ field, reason }) => ({ field: `policy: ${field}`, reason }))
  if (source.problem !== null) problems.push({ field: 'policy', reason: source.problem })
  const checked = checkSettings(values)
  for (const field of locked) {
    const known = checked.ok && valueAt(checked.settings, field) !== undefined
    if (!known && !/^(connections|groups)\./.test(field))
      problems.push({ field: 'policy: locked', reason: `there is no setting ${field}` })
  }
  return {
    values,
    locked,
    problems,
    around: (file) => locked.reduce((tree, field) => withValueFrom(values, field, tree), mergeTrees(values, file)),
  }
}
