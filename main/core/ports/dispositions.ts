/** A call, as it is known while it rings and in every history after it. */
export interface CallKey {
  connection: string
  callId: string
}

/** What is kept of the call beside what was said about it. */
export interface CallFacts extends CallKey {
  /** The outside party (of an internal call: the other one). */
  number: string
  canonical: string
  /** Epoch ms. */
  callStartedAt: number
}

export interface StoredNote extends CallFacts {
  note: string
  /** In the order in which they were given. */
  tags: string[]
  /** My extension when it was written last. */
  author: string | null
  updatedAt: number
}

export interface StoredFollowUp extends CallFacts {
  /** What was promised; may be empty. */
  promise: string
  dueAt: number
  createdAt: number
  doneAt: number | null
  /** The due time that was announced; null = none yet. */
  noticedFor: number | null
}

/** Where one stands in the list of open follow-ups: what comes after it is the next piece. */
export type FollowUpPlace = CallKey & { dueAt: number }

/** Notes, tags and follow-ups of calls. Writes resolve after the commit. Errors: storage-failed. */
export interface DispositionStore {
  note(call: CallKey): StoredNote | null
  /** Newest calls first. */
  notesOf(canonical: string, limit: number): StoredNote[]
  saveNote(note: StoredNote): Promise<void>
  followUp(call: CallKey): StoredFollowUp | null
  /** Soonest first; `after` = of those behind this one. */
  openFollowUps(limit: number, after?: FollowUpPlace): StoredFollowUp[]
  /** Of the open ones those whose time has come and that were not announced for it, in the same order. */
  dueFollowUps(now: number, limit: number, after?: FollowUpPlace): StoredFollowUp[]
  /** When the first open one after this moment is due; null = none is. */
  nextDueAt(now: number): number | null
  openCount(): number
  /** Done last first. */
  doneFollowUps(limit: number): StoredFollowUp[]
  saveFollowUp(followUp: StoredFollowUp): Promise<void>
  /** The tags used last, each once. */
  usedTags(limit: number): string[]
  /** Resolves with true the first time for this call and occasion, with false ever after. */
  claimOpening(call: CallKey, occasion: string, at: number): Promise<boolean>
}
