/** Fields, not sentences. Never put bodies, query strings, secrets or whole numbers here; `maskNumber` (core/numbers) numbers. */
export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void
  info(event: string, fields?: Record<string, unknown>): void
  warn(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
  child(room: string): Log
}
