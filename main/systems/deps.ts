import type { Log } from '../core/ports/index.ts'
import type { Limits } from './kit/session.ts'

/** What every system is opened with. */
export interface SystemDeps {
  log: Log
  /** Shorter times for tests. */
  limits?: Partial<Limits>
  /** Wall clock, epoch ms. */
  now?: () => number
}
