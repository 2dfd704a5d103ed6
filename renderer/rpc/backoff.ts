/** A key that was refused does not become good by asking: only a new one, entered in another tab, helps. */
export const refusedPauseMs = 30_000

/** Wait before the n-th try (0, 1, 2 …): 0.25 s doubling to 5 s, spread by ±20 % so that many pages do not come at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return Math.round(Math.min(5000, 250 * 2 ** attempt) * (0.8 + 0.4 * random()))
}
