import type { CtiRealtimeConnection } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import type { TelephonySystem } from '../../core/ports/index.ts'
import type { SystemDeps } from '../deps.ts'
import { call } from '../kit/call.ts'
import { createRunner } from '../kit/runner.ts'
import { openSession } from '../kit/session.ts'
import { createSigner } from './auth.ts'
import { ctiRealtimeErrors } from './errors.ts'
import { ctiRealtimeOperations } from './operations/index.ts'
import { systemAllModuleStarted } from './operations/platform.ts'
import { phoneRecorder } from './phone-recorder.ts'

/** The realtime and IVR interfaces of a CTI platform (manual 000): look-ups and IVR helpers, no login. */
export function openCtiRealtime(connection: CtiRealtimeConnection, deps: SystemDeps): TelephonySystem {
  const { id, system, baseUrl } = connection
  const { now = Date.now, ...rest } = deps
  const auth = createSigner(connection, now)
  const session = openSession({ connection: id, system, baseUrl, errors: ctiRealtimeErrors, auth, ...rest })
  return {
    connection: id,
    system,
    address: session.base.host,
    phoneRecorder: phoneRecorder(session),
    operations: createRunner(session, ctiRealtimeOperations),
    async check(options) {
      const { started } = await call(session, systemAllModuleStarted, {}, options)
      if (started) return
      const [code, zh, en] = ctiRealtimeErrors[404]
      const where = { operation: systemAllModuleStarted.id, connection: id }
      throw new CoreError(code, { ...where, reason: 'not all modules are started', explained: { zh, en } })
    },
    close: () => session.close(),
  }
}
