import type { Log } from '../core/ports/index.ts'
import type { Limits } from './kit/session.ts'

/** What every system needs besides its settings. */
export interface SystemDeps {
  log: Log
  /** Shorter times for tests. */
  limits?: Partial<Limits>
  /** Epoch ms. Default: Date.now */
  now?: () => number
}
