import type { z } from 'zod'
import { Settings } from '../../../preload/contract/index.ts'
import { fieldOf, type Path, removeAt, type Tree, valueAtPath } from './tree.ts'

/** A wrong field and, in plain words, what is wrong with it. Never holds the value: it may be a secret. */
export interface FieldProblem {
  field: string
  reason: string
}

export type Checked = { ok: true; settings: Settings } | { ok: false; issues: { path: Path; problem: FieldProblem }[] }

/** All defaults filled in, or every wrong field by name. */
export function checkSettings(tree: Tree): Checked {
  const result = Settings.safeParse(tree)
  if (result.success) return { ok: true, settings: result.data }
  const issues = result.error.issues.map((issue) => ({
    path: issue.path,
    problem: { field: fieldOf(issue.path), reason: reasonOf(issue, valueAtPath(tree, issue.path)) },
  }))
  return { ok: false, issues }
}

/**
 * Take wrong fields out until the rest is right: a wrong field falls back to its default; one without a default takes the
 * thing it belongs to with it (a connection without an address is no connection). `inContext` adds what lies around the tree.
 */
export function repairSettings(
  tree: Tree,
  inContext: (tree: Tree) => Tree = (same) => same,
): { tree: Tree; problems: FieldProblem[] } {
  const repaired = structuredClone(tree)
  const problems: FieldProblem[] = []
  for (let round = 0; ; round++) {
    const checked = checkSettings(inContext(repaired))
    if (checked.ok) return { tree: repaired, problems }
    // Later rounds see what the first one left behind: only rules over a whole list are news by then.
    for (const { path, problem } of checked.issues) if (round === 0 || path.length === 1) problems.push(problem)
    const targets = checked.issues.map(({ path }) => nearest(repaired, path)).filter((path) => path.length > 0)
    if (targets.length === 0) return { tree: {}, problems }
    // The outer of two nested targets, and later list entries first: nothing moves under a path that is still to go.
    const outer = targets.filter(
      (path) =>
        !targets.some((other) => other.length < path.length && other.every((step, index) => step === path[index])),
    )
    const unique = new Map(outer.map((path) => [fieldOf(path), path]))
    for (const path of [...unique.values()].sort((a, b) => comparePaths(b, a))) removeAt(repaired, path)
  }
}

/** The longest part of the path at which the tree holds something. */
function nearest(tree: Tree, path: Path): Path {
  let length = path.length
  while (length > 0 && valueAtPath(tree, path.slice(0, length)) === undefined) length--
  return path.slice(0, length)
}

function comparePaths(a: Path, b: Path): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [left, right] = [a[index], b[index]]
    if (left === right) continue
    if (typeof left === 'number' && typeof right === 'number') return left - right
    return String(left) < String(right) ? -1 : 1
  }
  return a.length - b.length
}

/** What is wrong with a value, in plain English for logs and the command line; the page translates it by its wording. */
export function reasonOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing'
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${nameOf(issue.expected)}, but is ${kindOf(value)}`
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be one of: ${issue.options.map(String).join(', ')}`
        : 'has none of the allowed forms'
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'must not be empty'
        : `must be at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`
    default:
      return issue.message
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters long'
  return origin === 'array' ? ' entries long' : ''
}

function nameOf(expected: string): string {
  const names: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    record: 'an object',
  }
  return names[expected] ?? expected
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a fraction'
  return { string: 'text', boolean: 'true or false', object: 'an object' }[typeof value as string] ?? typeof value
}
