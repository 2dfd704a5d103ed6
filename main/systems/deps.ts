import type { Log } from '../core/ports/index.ts'
import type { Limits } from './kit/session.ts'

/** What a system is opened with, besides its connection. */
export interface SystemDeps {
  log: Log
  /** Shorter times for tests. */
  limits?: Partial<Limits>
  /** Epoch ms; absent = the computer's clock. */
  now?(): number
}
