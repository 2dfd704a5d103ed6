/** Desktop notification. */
export interface Notifier {
  /** Resolves when the system's helper program has been started; errors: unavailable. `onClick` where the desktop tells us. */
  notify(message: { title: string; body: string; sound?: boolean }, onClick?: () => void): Promise<void>
}
