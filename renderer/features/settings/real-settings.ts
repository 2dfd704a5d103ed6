import type { SettingsSnapshot } from '../../../preload/contract/index.ts'
import { LinkLostError, readSnapshot, rpc } from '../../rpc/index.ts'

const patienceMs = 3000

/**
 * The user's own settings. A running demo lies over them, so it is stopped first: lists replace whole, and the demo's
 * connection must not be written into the file in place of the real ones.
 */
export async function realSettings(): Promise<SettingsSnapshot> {
  const before = readSnapshot('settings')
  if (!before) throw new LinkLostError()
  if (!readSnapshot('status')?.demo.running) return before
  await rpc.demo.stop()
  for (const until = Date.now() + patienceMs; Date.now() < until; ) {
    const now = readSnapshot('settings')
    if (now && now !== before && readSnapshot('status')?.demo.running === false) return now
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new LinkLostError()
}
