import type { DialbackConnection } from '../../../preload/contract/index.ts'
import type { TelephonySystem } from '../../core/ports/index.ts'
import type { SystemDeps } from '../deps.ts'
import { call } from '../kit/call.ts'
import { createRunner } from '../kit/runner.ts'
import { openSession } from '../kit/session.ts'
import { appSecretAuth } from './auth.ts'
import { callHistory } from './history.ts'
import { isAllow } from './operations/calls.ts'
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
    history: callHistory(session, timeZone),
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
