import type { DialbackConnection } from '../../../preload/contract/index.ts'
import type { CallLog, TelephonySystem } from '../../core/ports/index.ts'
import type { SystemDeps } from '../deps.ts'
import { call } from '../kit/call.ts'
import { everyRow } from '../kit/pages.ts'
import { createRunner } from '../kit/runner.ts'
import { openSession, type Session } from '../kit/session.ts'
import { appSecretAuth } from './auth.ts'
import { toCallLogRow } from './map.ts'
import { type CallRecord, isAllow, recordVoice } from './operations/calls.ts'
import { dialbackOperations } from './operations/index.ts'
import { recordingDownload } from './operations/recordings.ts'
import { keptMs } from './recordings.ts'

/** The callback dialling service of manual 001: rings the caller, then the callee; keeps records and recordings. */
export function openDialback(connection: DialbackConnection, deps: SystemDeps): TelephonySystem {
  const { id, system, baseUrl, timeZone } = connection
  // Refusals have words instead of codes: see errors.ts.
  const session = openSession({ connection: id, system, baseUrl, errors: {}, ...deps, auth: appSecretAuth(connection) })
  return {
    connection: id,
    system,
    address: session.base.host,
    callLog: callLog(session, timeZone),
    operations: createRunner(session, dialbackOperations),
    // On whatever server the record says, kept for a week. Manual 001 §2.
    recordings: {
      keptMs,
      ways: ({ file }) =>
        file?.kind === 'dialback-url'
          ? [
              {
                fallback: false,
                fetch: (options) => call(session, recordingDownload, { url: file.reference }, options),
              },
            ]
          : [],
    },
    async check(options) {
      await call(session, isAllow, {} as { userData: string }, options)
    },
    close: () => session.close(),
  }
}

/** The service pages by ids, oldest first or not at its own choice: the days are fetched whole, then sorted. */
function callLog(session: Session, timeZone: string): CallLog {
  return {
    async page({ offset, limit, fromDay, toDay }, options) {
      const range = { startTime: `${fromDay} 00:00:00`, endTime: `${toDay} 23:59:59` }
      const rows = []
      for await (const row of everyRow(session, recordVoice, range as never, options)) {
        rows.push(toCallLogRow(row as CallRecord, timeZone))
      }
      return rows.sort((a, b) => b.startedAt - a.startedAt).slice(offset, offset + limit)
    },
  }
}
