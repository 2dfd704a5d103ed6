import { CoreError } from '../../core/errors.ts'
import type { CallControl, DialProgress } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import type { Session } from '../kit/session.ts'
import { soapClick2call, soapClick2hungup, soapClick2ipcall, soapState4click } from './operations/soap/click-calls.ts'

/** Manual 003 §25.3.4. */
const progressOf = new Map<number, DialProgress>([
  [0, 'idle'],
  [1, 'extension-ringing'],
  [2, 'number-ringing'],
  [3, 'talking'],
])

/**
 * Dialling and hanging up over the web service (manual 003 §25). It knows only the calls that it dialled, and no transfer: the
 * rest goes to `http` as ever.
 */
export function soapCallControl(session: Session, http: CallControl): CallControl {
  return {
    ...http,
    async dial({ extension, number, line }, options) {
      const operation = line === 'ip' ? soapClick2ipcall : soapClick2call
      const key = await call(session, operation, { extension, callee: number }, options).catch(tellMissing)
      return { clickCallId: key !== null && /^\S{1,200}$/.test(key) ? key : null }
    },
    async hangup({ extension, number, clickCallId }, options) {
      if (clickCallId === undefined) await http.hangup({ extension, number }, options).catch(tellHttpNeeded)
      else await call(session, soapClick2hungup, { clickCallId }, options).catch(tellMissing)
    },
    async progress({ clickCallId }, options) {
      return progressOf.get(await call(session, soapState4click, { clickCallId }, options)) ?? null
    },
  }
}

/** click2hungup takes the key of a call that was dialled here; who works by SOAP may have the other interface switched off. */
const notThere = new Set(['no-call', 'not-found', 'forbidden', 'unavailable'])
function tellHttpNeeded(error: unknown): never {
  if (error instanceof CoreError && notThere.has(error.code))
    throw new CoreError('unavailable', { ...error.details, reason: 'needs-http' }, error)
  throw error
}

/** These services know no "not found" of their own (faults are refusals): the service itself is not there. */
function tellMissing(error: unknown): never {
  if (error instanceof CoreError && error.code === 'not-found')
    throw new CoreError('unavailable', { ...error.details, reason: 'no-web-service' }, error)
  throw error
}
