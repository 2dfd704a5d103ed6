import type { CloudCsConnection } from '../../../preload/contract/index.ts'
import type { TelephonySystem } from '../../core/ports/index.ts'
import type { SystemDeps } from '../deps.ts'
import { call } from '../kit/call.ts'
import { createRunner } from '../kit/runner.ts'
import { openSession, type Session } from '../kit/session.ts'
import { tokenAuth } from './auth.ts'
import { cloudCsErrors } from './errors.ts'
import { callHistory } from './history.ts'
import { accessTelNumOptions } from './operations/employees.ts'
import { recordDownload } from './operations/histories.ts'
import { cloudCsOperations } from './operations/index.ts'
import { oauthToken } from './operations/token.ts'

/** 九五云客服 (manual 004): a cloud platform, every operation with an OAuth token of this connection. */
export function openCloudCs(connection: CloudCsConnection, deps: SystemDeps): TelephonySystem {
  const session = openCloudCsSession(connection, deps)
  return {
    connection: connection.id,
    system: connection.system,
    address: session.base.host,
    history: callHistory(session),
    // Manual 004 §6.4.2.2.
    recordings: {
      keptMs: null,
      ways: ({ file }) =>
        file?.kind === 'cloud-cs-file'
          ? [{ fallback: false, fetch: (options) => call(session, recordDownload, { path: file.reference }, options) }]
          : [],
    },
    operations: createRunner(session, cloudCsOperations),
    async check(options) {
      await call(session, accessTelNumOptions, {}, options)
    },
    close: () => session.close(),
  }
}

/** The sockets of a connection, with its token. */
export function openCloudCsSession(connection: CloudCsConnection, deps: SystemDeps): Session {
  const { id, system, baseUrl } = connection
  const { log, limits, now = Date.now } = deps
  const session: Session = openSession({
    ...{ connection: id, system, baseUrl, errors: cloudCsErrors, log, limits },
    auth: tokenAuth(connection, { now, ask: (params) => call(session, oauthToken, params) }),
  })
  return session
}
