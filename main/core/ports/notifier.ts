/** Desktop notification. */
export interface Notifier {
  /**
   * Resolves when the system's helper program has been started. `onClick` where the desktop tells us.
   * Errors: `unavailable` (what to install), `cancelled` (a newer message took the only waiting place).
   */
  notify(message: { title: string; body: string; sound?: boolean }, onClick?: () => void): Promise<void>
  /** No helper program is free: say several things in one message now. */
  busy(): boolean
}
