/** True when the policy locks this path, a parent of it, or (for a whole section) every given path. */
export function isLocked(path: string, locked: readonly string[]): boolean {
  return locked.some((one) => path === one || path.startsWith(`${one}.`))
}

/** True when something below this path is locked, e.g. `connections.pbx.baseUrl` for `connections`. */
export function isPartlyLocked(path: string, locked: readonly string[]): boolean {
  return isLocked(path, locked) || locked.some((one) => one.startsWith(`${path}.`))
}

/** A patch for `settings.update` that sets one path, e.g. `pop.scope` → `{ pop: { scope } }`. */
export function patchOf(path: string, value: unknown): Record<string, unknown> {
  const parts = path.split('.')
  return parts.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Record<string, unknown>
}
