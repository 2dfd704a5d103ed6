import { errors } from './undici.ts'

/** How long a final answer may follow a status line below 200, ms. */
const graceMs = 300

/** Watches one exchange whose code may arrive as a status line below 200 and nothing after it. */
export interface InterimWatch {
  /** A status line below 200. */
  seen(status: number): void
  /** A final answer began, or the exchange is over. */
  end(): void
  /** True = the failure is what such a status line looks like from here, and `take` was called. */
  failed(error: unknown): boolean
}

/** For HTTP a status like 180 only announces an answer. For a PBX that uses it as its code it was the answer: `take` gets it. */
export function watchInterim(take: (status: number) => void): InterimWatch {
  let status: number | null = null
  let timer: NodeJS.Timeout | undefined
  const taken = (code: number): true => {
    clearTimeout(timer)
    take(code)
    return true
  }
  return {
    seen(code) {
      status = code
      clearTimeout(timer)
      timer = setTimeout(taken, graceMs, code)
    },
    end() {
      status = null
      clearTimeout(timer)
    },
    failed(error) {
      // Closed, or followed by a body that such a status cannot have.
      if (status !== null) return taken(status)
      // The only thing undici says so about a running request; it closes the socket at once.
      return error instanceof errors.SocketError && error.message === 'bad response' && taken(100)
    },
  }
}
