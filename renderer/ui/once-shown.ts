/** So long at most does what can wait wait for the window to be drawn, ms. */
const timeout = 300

/** Runs what can wait once the window has drawn what it has and has nothing else to do; → call it off. */
export function onceShown(run: () => void): () => void {
  const handle = requestIdleCallback(run, { timeout })
  return () => cancelIdleCallback(handle)
}
