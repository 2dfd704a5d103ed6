import { appSecretAuth } from '../../main/systems/dialback/auth.ts'
import { DialbackConnection } from '../../preload/contract/index.ts'

/** A connection as settings have it. */
export const dialbackConnection = (baseUrl: string, changes: Partial<DialbackConnection> = {}): DialbackConnection =>
  DialbackConnection.parse({ id: 'back', system: 'dialback', baseUrl, appSecret: 'TEST', ...changes })

export const dialbackAuth = (baseUrl: string, changes?: Partial<DialbackConnection>) =>
  appSecretAuth(dialbackConnection(baseUrl, changes))
