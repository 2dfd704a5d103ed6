import type { Log } from '../core/ports/index.ts'
import type { Limits } from './kit/session.ts'

/** What the program lends to an opened system. */
export interface SystemDeps {
  log: Log
  /** Shorter times for tests. */
  limits?: Partial<Limits>
  /** Epoch ms, for timestamps and signatures; the machine's clock unless given. */
  now?: () => number
}
