import type { DialbackConnection } from '../../../preload/contract/index.ts'
import { CoreError } from '../../core/errors.ts'
import { type Authenticator, mask } from '../kit/auth.ts'
import { bindSeatCaller, voiceCall } from './operations/calls.ts'
import { recordingDownload } from './operations/recordings.ts'
import { ownRecordingsOnly } from './recordings.ts'

/**
 * `Authorization: base64(Appsecret)`, without a scheme word. Dialling goes without it unless the connection says otherwise:
 * the manual names the header in every other section. Customer, seat and caller number come from the connection where the
 * caller gives none.
 */
export function appSecretAuth(connection: DialbackConnection): Authenticator {
  const { appSecret, sendAuthWithDial, userData, seatNumber, callerNumber } = connection
  const base = new URL(connection.baseUrl)
  const isSent = (id: string) => id !== voiceCall.id || sendAuthWithDial
  return {
    defaults({ id }) {
      if (id === recordingDownload.id) return {}
      const seat = id === voiceCall.id || id === bindSeatCaller.id
      return present({
        userData,
        ...(seat ? { seatNumber, callerNumber } : {}),
      })
    },
    complete({ id }, values) {
      if (id === recordingDownload.id) ownRecordingsOnly(base, String(values.url))
      return values
    },
    credentials({ id }) {
      if (!isSent(id)) return {}
      if (!appSecret) {
        throw new CoreError('auth-failed', { field: 'appSecret', reason: 'the connection has no Appsecret' })
      }
      return { headers: { Authorization: Buffer.from(appSecret).toString('base64') } }
    },
    masked: ({ id }) => (isSent(id) ? { headers: { Authorization: mask } } : {}),
  }
}

function present(values: Record<string, string | null>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))
}
