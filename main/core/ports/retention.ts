/** What a retention deletes besides calls and recordings, and what it keeps. */
export interface RetentionCount {
  /** Notes with their tags. */
  notes: number
  /** Promises that are done. */
  followUps: number
  /** Promises that are still open: they stay with the notes of their calls, until they are done. */
  openFollowUps: number
  /** Names that came from logs and that no later call had. */
  names: number
  /** Changes of colleagues' states. */
  presence: number
}

/** What is known because of calls, and goes with them. Errors: storage-failed. */
export interface RetentionStore {
  /** What belongs to calls that began before, epoch ms. */
  count(before: number): RetentionCount
  /** Delete it, some thousands at once. → rows deleted */
  purge(before: number): Promise<number>
  /** Write deleted words out of the search indexes, a piece at a time; `begin` starts anew. → true while there is more */
  scrub(begin: boolean): Promise<boolean>
  /** Empty the database's own log, which still holds what was deleted. */
  finish(): void
}
