/** The settings file as the core sees it: whole JSON objects in and out. */
export interface SettingsFile {
  /** Absolute path, shown to people. */
  readonly path: string
  /** What stands in the file, null when there is no file. Throws with one plain sentence when it cannot be read or is not a JSON object. */
  read(): unknown
  /** Replace the file, all or nothing. Errors: storage-failed. */
  write(values: Record<string, unknown>): Promise<void>
  /** Called after somebody else changed the file. Returns the canceller. */
  watch(onChange: () => void): () => void
  /** The last contents that were in order, or null when there are none. */
  lastGood(): unknown
  /** Remember contents that were in order. Never called with a secret in them. */
  keepGood(values: Record<string, unknown>): void
  /** Put a copy of the file as it stands beside it, secrets blanked, before a faulty file is overwritten. */
  keepFaulty(): void
}

/** The machine-wide policy file. */
export interface PolicySource {
  /** Null when there is no policy, or none that can be read: then `problem` says why. */
  read(): { values: Record<string, unknown>; locked: string[] } | null
  /** Why the policy is not in force: one plain sentence after `read`, or null. */
  readonly problem: string | null
}

/** Where secrets live. Keys are like `connections.pbx.captchaSecret`. */
export interface Secrets {
  /** False: nothing can be stored safely here, secrets stay in memory. */
  readonly available: boolean
  get(key: string): Promise<string | null>
  /** Null forgets. */
  set(key: string, value: string | null): Promise<void>
}
