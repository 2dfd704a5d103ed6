import type { Connection } from '../../preload/contract/index.ts'
import type { TelephonySystem } from '../core/ports/index.ts'
import { openCloudCs } from './cloud-cs/index.ts'
import { openCtiRealtime } from './cti-realtime/index.ts'
import type { SystemDeps } from './deps.ts'
import { openDialback } from './dialback/index.ts'
import { openTelcrm } from './telcrm/index.ts'
import { openVoiceOpenapi } from './voice-openapi/index.ts'

/** Open a configured connection. Nothing is asked yet. */
export function openSystem(connection: Connection, deps: SystemDeps): TelephonySystem {
  switch (connection.system) {
    case 'telcrm':
      return openTelcrm(connection, deps)
    case 'dialback':
      return openDialback(connection, deps)
    case 'voice-openapi':
      return openVoiceOpenapi(connection, deps)
    case 'cloud-cs':
      return openCloudCs(connection, deps)
    case 'cti-realtime':
      return openCtiRealtime(connection, deps)
  }
}
