import type { Connection } from '../../preload/contract/index.ts'
import { CoreError } from '../core/errors.ts'
import type { TelephonySystem } from '../core/ports/index.ts'
import type { SystemDeps } from './deps.ts'
import { openDialback } from './dialback/index.ts'
import { openTelcrm } from './telcrm/index.ts'
import { openVoiceOpenapi } from './voice-openapi/index.ts'

/** Open a configured connection. Errors: unavailable (a system this program has no client for). */
export function openSystem(connection: Connection, deps: SystemDeps): TelephonySystem {
  switch (connection.system) {
    case 'telcrm':
      return openTelcrm(connection, deps)
    case 'dialback':
      return openDialback(connection, deps)
    case 'voice-openapi':
      return openVoiceOpenapi(connection, deps)
    default:
      throw new CoreError('unavailable', {
        connection: connection.id,
        field: 'system',
        reason: `this version has no client for ${connection.system}`,
      })
  }
}
