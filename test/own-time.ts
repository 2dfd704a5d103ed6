/**
 * Milliseconds of processor that this thread has used. Says whether work is cheap also on a machine that is busy with
 * other suites, where the clock on the wall says how busy it is.
 */
export function ownMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
