import type { StatisticsStore } from '../core/ports/index.ts'
import { type CallList, createCallList } from './call-list.ts'
import { type CallReads, createCallReads } from './call-reads.ts'
import { createDirectoryReads, type DirectoryReads } from './directory.ts'
import { createDispositionReads, type DispositionReads } from './dispositions.ts'
import { createHistoryReads, type HistoryReads } from './history-reads.ts'
import { createImportReads, type ImportReads } from './imports.ts'
import { createInboxReads, type InboxReads } from './inbox.ts'
import { createMissedReads, type MissedReads } from './missed.ts'
import { createPeopleReads, type PeopleReads } from './people-reads.ts'
import { createPresenceReads, type PresenceReads } from './presence-history.ts'
import { createPushReads, type PushReads } from './pushes.ts'
import type { Queries } from './queries.ts'
import { createRetentionReads, type RetentionReads } from './retention.ts'
import { createStatisticsReads } from './statistics.ts'

export interface Reads {
  inbox: InboxReads
  calls: CallReads
  list: CallList
  directory: DirectoryReads
  people: PeopleReads
  pushes: PushReads
  dispositions: DispositionReads
  missed: MissedReads
  presence: PresenceReads
  statistics: StatisticsStore
  history: HistoryReads
  retention: RetentionReads
  imports: ImportReads
  together: Queries['together']
}

/** Compile every read. Throws SQLite's error when a table or column is not what we expect. */
export function prepareReads(queries: Queries): Reads {
  return {
    inbox: createInboxReads(queries),
    calls: createCallReads(queries),
    list: createCallList(queries),
    directory: createDirectoryReads(queries),
    people: createPeopleReads(queries),
    pushes: createPushReads(queries),
    dispositions: createDispositionReads(queries),
    missed: createMissedReads(queries),
    presence: createPresenceReads(queries),
    statistics: createStatisticsReads(queries),
    history: createHistoryReads(queries),
    retention: createRetentionReads(queries),
    imports: createImportReads(queries),
    together: queries.together,
  }
}
