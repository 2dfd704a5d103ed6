import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Board } from './board.ts'
import type { Call } from './calls.ts'
import type { Conversation } from './conversation.ts'
import type { DirectorySnapshot } from './directory.ts'
import type { DispositionsSnapshot } from './dispositions.ts'
import type { HistorySnapshot } from './history.ts'
import type { ImportsSnapshot } from './imports.ts'
import type { PromptsSnapshot } from './prompts.ts'
import type { SettingsSnapshot } from './settings.ts'
import type { Me, Status } from './status.ts'

/** Cards to show, newest first, and what is still open. */
export interface CallsSnapshot {
  /** Live calls and just-ended ones that have not been put away: one card each. */
  cards: Call[]
  /** Missed calls nobody has dealt with: how many, and the newest few. */
  missedCount: number
  missed: Call[]
  /** Asked to be brought to the front (a notification was clicked); `at` makes each click new. */
  focus: { callId: string; at: number } | null
}

export interface Snapshots {
  calls: CallsSnapshot
  conversation: Conversation
  board: Board
  status: Status
  me: Me
  settings: SettingsSnapshot
  dispositions: DispositionsSnapshot
  history: HistorySnapshot
  prompts: PromptsSnapshot
  directory: DirectorySnapshot
  imports: ImportsSnapshot
}
export type Topic = keyof Snapshots
export const topics = [
  'settings',
  'me',
  'status',
  'calls',
  'conversation',
  'board',
  'history',
  'directory',
  'imports',
  'dispositions',
  'prompts',
] as const satisfies readonly Topic[]

/**
 * Each message is the whole truth about one topic, numbered. A subscriber that is slow gets the newest snapshot of a
 * topic, never a queue of old ones. `seq` grows by at least one; `sentAt` is the sender's clock, epoch ms.
 */
export type SnapshotEvent = { [T in Topic]: { seq: number; sentAt: number; topic: T; snapshot: Snapshots[T] } }[Topic]

export const events = {
  /**
   * All topics at once, then every change. Our own data, typed and not validated again on its way out.
   * `confirms`: the subscriber tells which events it has taken in, and gets no newer one of a topic before that. Otherwise old
   * ones could queue up on the way, where nobody can take them back.
   */
  subscribe: oc
    .input(z.object({ surface: z.enum(['window', 'pop']).default('window'), confirms: z.boolean().optional() }))
    .output(eventIterator(type<SnapshotEvent>())),
  /** The events with these numbers have been taken in. */
  taken: oc.input(z.object({ seqs: z.array(z.int().min(1)).min(1).max(100) })).output(z.void()),
  /** The window was hidden or shown; `visible: false` lets the pollers slow down. */
  visibility: oc.input(z.object({ visible: z.boolean() })).output(z.void()),
}
