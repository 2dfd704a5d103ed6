import type { PresenceSpan, SeenPresence } from '../../../preload/contract/index.ts'

/** One change of an extension's presence, as a poll saw it. */
export interface PresenceChange {
  extension: string
  /** Epoch ms. */
  at: number
  presence: SeenPresence
}

/** Time in which the polls of a connection followed one another; outside of it nothing is known. Epoch ms. */
export interface PresenceWatch {
  from: number
  until: number
}

export interface PresenceHistoryStore {
  /** The newest change of an extension; null = it was never seen. */
  last(connection: string, extension: string): SeenPresence | null
  /** Write changes and how far the running watch reaches; one transaction. Errors: storage-failed. */
  save(connection: string, watch: PresenceWatch, changes: PresenceChange[]): Promise<void>
  /**
   * What was seen of an extension in [from, until), oldest first; equal neighbours are one. `running` is the watch that
   * goes on, of which the store may not know how far it reaches by now.
   */
  spans(query: {
    connection: string
    extension: string
    from: number
    until: number
    running: PresenceWatch | null
  }): PresenceSpan[]
  /** Forget everything of a connection (demo). Writes nothing where there is nothing. */
  forget(connection: string): Promise<void>
}
