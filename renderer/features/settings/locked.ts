/** True when the policy locks this path or a parent of it. */
export function isLocked(path: string, locked: readonly string[]): boolean {
  return locked.some((one) => path === one || path.startsWith(`${one}.`))
}

/** A patch for `settings.update` that sets one path, e.g. `pop.scope` → `{ pop: { scope } }`. */
export function patchOf(path: string, value: unknown): Record<string, unknown> {
  const parts = path.split('.')
  return parts.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Record<string, unknown>
}
