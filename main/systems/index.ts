import type { Connection } from '../../preload/contract/index.ts'
import { CoreError } from '../core/errors.ts'
import type { TelephonySystem } from '../core/ports/index.ts'
import { openCloudCs } from './cloud-cs/index.ts'
import { openCtiRealtime } from './cti-realtime/index.ts'
import type { SystemDeps } from './deps.ts'
import { openTelcrm } from './telcrm/index.ts'

/** Open a configured connection. Errors: unavailable (a system this program has no client for). */
export function openSystem(connection: Connection, deps: SystemDeps): TelephonySystem {
  switch (connection.system) {
    case 'telcrm':
      return openTelcrm(connection, deps)
    case 'cloud-cs':
      return openCloudCs(connection, deps)
    case 'cti-realtime':
      return openCtiRealtime(connection, deps)
    default:
      throw new CoreError('unavailable', {
        connection: connection.id,
        field: 'system',
        reason: `this version has no client for ${connection.system}`,
      })
  }
}
