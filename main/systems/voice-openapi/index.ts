import type { VoiceOpenapiConnection } from '../../../preload/contract/index.ts'
import type { TelephonySystem } from '../../core/ports/index.ts'
import type { SystemDeps } from '../deps.ts'
import { call } from '../kit/call.ts'
import { createRunner } from '../kit/runner.ts'
import { openSession } from '../kit/session.ts'
import { digestAuth, nextSeq } from './auth.ts'
import { voiceOpenapiErrors } from './errors.ts'
import { callHistory } from './history.ts'
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
    history: callHistory(session, timeZone),
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
