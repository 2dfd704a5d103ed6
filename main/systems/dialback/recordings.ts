import { z } from 'zod'
import { CoreError } from '../../core/errors.ts'
import { isCloseBy } from '../kit/close-by.ts'

/** Stands for the connection's own server in an address without one. */
const own = 'http://connection.invalid'

/** Where a recording lies: an http(s) address, or a path on the connection's own server. Blanks around it are the vendor's. */
export const recordingUrl = z
  .string()
  .trim()
  .min(1, 'this call has no recording')
  .max(2000)
  .refine(isWebAddress, 'must be an http:// or https:// address')

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text, own)) return false
  const { protocol, username, password } = new URL(text, own)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}

/**
 * The address comes from the other side's answer, so it must not be able to aim at this PC: loopback and link-local are
 * refused unless the connection itself talks to that host. Other machines of the office are allowed: a vendor's
 * server may stand there. Errors: bad-request.
 */
export function ownRecordingsOnly(base: URL, text: string): void {
  const url = new URL(text, base)
  if (url.hostname === base.hostname) return
  if (isCloseBy(url.hostname))
    throw new CoreError('bad-request', { field: 'url', reason: 'a recording cannot lie on this computer' })
}

/** So long the service keeps a recording. Manual 001 §2. */
export const keptMs = 7 * 24 * 3600_000
