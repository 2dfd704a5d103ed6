import type { Connection } from '../../preload/contract/index.ts'
import type { TelephonySystem } from '../core/ports/index.ts'
import type { SystemDeps } from './deps.ts'

/** Each system's code is loaded when it is first asked for. */
const systems = {
  telcrm: async () => (await import('./telcrm/index.ts')).openTelcrm,
  dialback: async () => (await import('./dialback/index.ts')).openDialback,
  'voice-openapi': async () => (await import('./voice-openapi/index.ts')).openVoiceOpenapi,
  'cloud-cs': async () => (await import('./cloud-cs/index.ts')).openCloudCs,
  'cti-realtime': async () => (await import('./cti-realtime/index.ts')).openCtiRealtime,
}

/** Open a configured connection. Nothing is asked yet. */
export async function openSystem(connection: Connection, deps: SystemDeps): Promise<TelephonySystem> {
  switch (connection.system) {
    case 'telcrm':
      return (await systems.telcrm())(connection, deps)
    case 'dialback':
      return (await systems.dialback())(connection, deps)
    case 'voice-openapi':
      return (await systems['voice-openapi']())(connection, deps)
    case 'cloud-cs':
      return (await systems['cloud-cs']())(connection, deps)
    case 'cti-realtime':
      return (await systems['cti-realtime']())(connection, deps)
  }
}

/** Load the code of these connections' systems in advance. Never rejects: what cannot be loaded is told when it is opened. */
export async function loadSystems(connections: readonly Connection[]): Promise<void> {
  await Promise.allSettled(connections.map(({ system }) => systems[system]()))
}
