import type { Migration } from '../migrate.ts'
import { inbox } from './0010-inbox.ts'
import { calls } from './0020-calls.ts'
import { directory } from './0030-directory.ts'
import { callLog } from './0040-call-log.ts'
import { pushes } from './0050-pushes.ts'
import { callHistory } from './0060-call-history.ts'
import { historyWords } from './0061-history-words.ts'
import { historyRanges } from './0062-history-ranges.ts'
import { historyTalks } from './0063-history-talks.ts'
import { dispositions } from './0070-dispositions.ts'
import { crmOpens } from './0071-crm-opens.ts'
import { missedReturns } from './0072-missed-returns.ts'
import { presenceHistory } from './0090-presence-history.ts'
import { people } from './0100-people.ts'
import { imports } from './0110-imports.ts'
import { prompts } from './0120-prompts.ts'
import { notesInHistory } from './0130-notes-in-history.ts'
import { retention } from './0131-retention.ts'
import { linksByPage } from './0132-links-by-page.ts'
import { logRows } from './0140-log-rows.ts'

/**
 * Every migration, oldest first. Numbers go by tens; a published one is never changed, and a new one has a higher number than any
 * published: a file that is at a later version would pass it over.
 */
export const migrations: readonly Migration[] = [
  inbox,
  calls,
  directory,
  callLog,
  pushes,
  callHistory,
  historyWords,
  historyRanges,
  historyTalks,
  dispositions,
  crmOpens,
  missedReturns,
  presenceHistory,
  people,
  imports,
  prompts,
  notesInHistory,
  retention,
  linksByPage,
  logRows,
]
