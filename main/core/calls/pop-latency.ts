const kept = 200

/** Webhook received → card visible, over the newest 200 pops. Milliseconds. */
export function createPopLatency(): {
  add(ms: number): void
  read(): { lastMs: number | null; p95Ms: number | null; count: number }
} {
  const samples: number[] = []
  let count = 0
  return {
    add(ms) {
      samples[count % kept] = ms
      count += 1
    },
    read() {
      if (count === 0) return { lastMs: null, p95Ms: null, count }
      const sorted = [...samples].sort((a, b) => a - b)
      return {
        lastMs: samples[(count - 1) % kept] ?? null,
        p95Ms: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null,
        count,
      }
    },
  }
}
