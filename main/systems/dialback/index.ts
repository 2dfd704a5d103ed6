import type { DialbackConnection } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import type { TelephonySystem } from '../../core/ports/index.ts'
import type { SystemDeps } from '../deps.ts'
import { call, type RunOptions } from '../kit/call.ts'
import type { Download } from '../kit/response.ts'
import { createRunner } from '../kit/runner.ts'
import { openSession } from '../kit/session.ts'
import { appSecretAuth } from './auth.ts'
import { callHistory } from './history.ts'
import { type CallRecord, isAllow } from './operations/calls.ts'
import { dialbackOperations } from './operations/index.ts'
import { recordingDownload } from './operations/recordings.ts'
import { recordingExpired } from './recordings.ts'

export interface DialbackSystem extends TelephonySystem {
  /**
   * The recording of a call record. Errors: not-found, explained as expired when the call is more than 7 days old;
   * bad-request when it has none.
   */
  recording(record: CallRecord, options?: RunOptions): Promise<Download>
}

/** The callback dialling service of manual 001: rings the caller, then the callee; keeps records and recordings. */
export function openDialback(connection: DialbackConnection, deps: SystemDeps): DialbackSystem {
  const { id, system, baseUrl, timeZone } = connection
  const now = deps.now ?? Date.now
  // Refusals have words instead of codes: see errors.ts.
  const session = openSession({ connection: id, system, baseUrl, errors: {}, ...deps, auth: appSecretAuth(connection) })
  return {
    connection: id,
    system,
    address: session.base.host,
    history: callHistory(session, timeZone),
    operations: createRunner(session, dialbackOperations),
    async recording(record, options) {
      try {
        return await call(session, recordingDownload, { url: record.recordFileDownloadUrl ?? '' }, options)
      } catch (thrown) {
        const expired = recordingExpired(record.callEndTime ?? '', now(), timeZone)
        if (!(thrown instanceof CoreError && thrown.code === 'not-found' && expired)) throw thrown
        throw new CoreError('not-found', { ...thrown.details, explained: expiredWords }, thrown)
      }
    },
    async check(options) {
      await call(session, isAllow, {} as { userData: string }, options)
    },
    close: () => session.close(),
  }
}

const expiredWords = {
  zh: '录音已过期：只保存 7 天，没有其他途径下载。',
  en: 'The recording has expired: it was kept for 7 days, and there is no other way to get it.',
}
