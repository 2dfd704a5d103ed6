/** Time as the core sees it. Timers and freshness use `mono`, display uses `now`, nothing else reads a clock. */
export interface Clock {
  /** Wall clock, epoch milliseconds. May jump. */
  now(): number
  /** Milliseconds since some fixed point; never goes back, does not count suspended time. */
  mono(): number
  /** Run once after `ms`; returns the canceller. A throwing callback is logged, never fatal. */
  after(ms: number, run: () => void): () => void
}
