import { join } from 'node:path'
import { Policy } from '../../preload/contract/index.ts'
import { CoreError } from '../core/errors.ts'
import { reasonOf } from '../core/settings/check.ts'
import type { PolicySource } from '../core/settings/ports.ts'
import { valueAtPath } from '../core/settings/tree.ts'
import { readText } from './file-text.ts'
import { parseObject } from './json-format.ts'

/** Where the administrator puts the policy. `FRONTBELL_POLICY` wins. */
export function policyPath(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): string {
  if (env.FRONTBELL_POLICY) return env.FRONTBELL_POLICY
  if (platform === 'win32') return join(env.ProgramData ?? 'C:\\ProgramData', 'Frontbell', 'policy.json')
  if (platform === 'darwin') return '/Library/Application Support/Frontbell/policy.json'
  return '/etc/frontbell/policy.json'
}

/** The machine-wide policy: `{ "values": { … }, "locked": [ "connections", "listener.port" ] }`. */
export function createPolicyFile(path: string = policyPath()): PolicySource {
  let problem: string | null = null
  return {
    get problem() {
      return problem
    },
    read() {
      problem = null
      try {
        const text = readText(path)
        if (text === null) return null
        const tree = parseObject(text)
        const checked = Policy.safeParse(tree)
        if (checked.success) return checked.data
        const issue = checked.error.issues[0]
        const why = issue ? reasonOf(issue, valueAtPath(tree, issue.path)) : 'has none of the allowed forms'
        problem = `${path}: ${issue?.path.join('.') ?? ''} ${why}`
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'cannot be read'
        problem = `${path} ${error instanceof CoreError ? error.details.reason : `cannot be read (${code})`}`
      }
      return null
    },
  }
}
