import type { Connection } from '../../preload/contract/index.ts'
import type { TelephonySystem } from '../core/ports/index.ts'
import type { SystemDeps } from './deps.ts'

/** Open a configured connection. Nothing is asked yet. A system's code is loaded with its first connection. */
export async function openSystem(connection: Connection, deps: SystemDeps): Promise<TelephonySystem> {
  switch (connection.system) {
    case 'telcrm':
      return (await import('./telcrm/index.ts')).openTelcrm(connection, deps)
    case 'dialback':
      return (await import('./dialback/index.ts')).openDialback(connection, deps)
    case 'voice-openapi':
      return (await import('./voice-openapi/index.ts')).openVoiceOpenapi(connection, deps)
    case 'cloud-cs':
      return (await import('./cloud-cs/index.ts')).openCloudCs(connection, deps)
    case 'cti-realtime':
      return (await import('./cti-realtime/index.ts')).openCtiRealtime(connection, deps)
  }
}
