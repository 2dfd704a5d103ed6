/**
 * The only error codes of the product. Every vendor code, HTTP status and socket failure is mapped to one of these
 * (main/core/errors.ts); the page turns a code into a sentence that says what to do (resources/locales, `errors.*`).
 */
export const errorCodes = [
  'unreachable', // no TCP connection: refused, no route, name not found
  'timeout', // connected, but the answer did not come in time
  'auth-failed', // the other side wants a (different) password
  'forbidden', // known to the other side, but not allowed
  'not-found', // no such extension, call, record
  'offline', // the extension exists but is not reachable now
  'busy', // the extension is on the phone or set busy
  'no-call', // there is no call that this could apply to
  'conflict', // already exists, or more than one matches
  'rate-limited', // asked to slow down
  'bad-request', // what we sent was refused, or a field of it is wrong
  'unexpected-response', // an answer that the vendor's document does not allow
  'server-error', // the other side failed
  'cancelled', // stopped by the user
  'unavailable', // no connection offers this, or it is not configured
  'storage-failed', // the local database could not read or write
] as const
