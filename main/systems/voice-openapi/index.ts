import type { VoiceOpenapiConnection } from '../../../preload/contract/index.ts'
import type { CallLog, TelephonySystem } from '../../core/ports/index.ts'
import type { SystemDeps } from '../deps.ts'
import { call } from '../kit/call.ts'
import { everyRow } from '../kit/pages.ts'
import { createRunner } from '../kit/runner.ts'
import { openSession, type Session } from '../kit/session.ts'
import { digestAuth, nextSeq } from './auth.ts'
import { voiceOpenapiErrors } from './errors.ts'
import { toCallLogRow } from './map.ts'
import { type Cdr, getCdrList } from './operations/cdr.ts'
import { voiceOpenapiOperations } from './operations/index.ts'
import { recordingDownload } from './operations/recordings.ts'
import { getTtsTemplateList } from './operations/templates.ts'

/** The voice platform of manual 002; the version is part of the connection's address (`…/openapi/V2.0.6`). */
export function openVoiceOpenapi(connection: VoiceOpenapiConnection, deps: SystemDeps): TelephonySystem {
  const { id, system, baseUrl, timeZone } = connection
  const auth = digestAuth(connection, { now: deps.now ?? Date.now, nextSeq })
  const session = openSession({ connection: id, system, baseUrl, errors: voiceOpenapiErrors, ...deps, auth })
  return {
    connection: id,
    system,
    address: session.base.host,
    callLog: callLog(session, timeZone),
    // The platform's address and the record's file name, joined. Manual 002 §11.7.
    recordings: {
      keptMs: null,
      ways: ({ file }) =>
        file?.kind === 'voice-openapi-file'
          ? [
              {
                fallback: false,
                fetch: (options) => call(session, recordingDownload, { filename: file.reference }, options),
              },
            ]
          : [],
    },
    operations: createRunner(session, voiceOpenapiOperations),
    async check(options) {
      await call(session, getTtsTemplateList, { page: 1, pageSize: 1 }, options)
    },
    close: () => session.close(),
  }
}

/** The platform pages by keys in an order of its own: the days are fetched whole, then sorted. */
function callLog(session: Session, timeZone: string): CallLog {
  return {
    async page({ offset, limit, fromDay, toDay }, options) {
      const range = { startTime: `${fromDay} 00:00:00`, endTime: `${toDay} 23:59:59` }
      const rows = []
      for await (const row of everyRow(session, getCdrList, range, options))
        rows.push(toCallLogRow(row as Cdr, timeZone))
      return rows.sort((a, b) => b.startedAt - a.startedAt).slice(offset, offset + limit)
    },
  }
}
