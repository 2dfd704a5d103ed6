import { createHash } from 'node:crypto'
import type { Authenticator } from '../kit/auth.ts'
import { pbxDay } from './time.ts'

/**
 * The PBX asks nobody who he is; announcements alone carry a digest. Manual 003 §3. An absent `code` counts as empty
 * text, and the day is the PBX's: the manual says neither.
 */
export function announcementAuth(secret: string | null, now: () => number): Authenticator {
  return {
    complete(operation, values) {
      if (operation.wire.password !== 'pwd' || values.password !== undefined) return values
      const { callee, code = '' } = values as { callee: string; code?: string }
      return { ...values, password: secret ? announcementDigest(secret, callee, code, pbxDay(now())) : 'no' }
    },
    credentials: () => ({}),
    masked: () => ({}),
  }
}

/** Lower-case hex of MD5(secret + callee + code + yyyy-MM-dd). */
export function announcementDigest(secret: string, callee: string, code: string, day: string): string {
  return createHash('md5').update(`${secret}${callee}${code}${day}`).digest('hex')
}
