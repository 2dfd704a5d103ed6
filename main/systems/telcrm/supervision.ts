import { CoreError } from '../../core/errors.ts'
import type { CallOptions, SupervisedCall, Supervision } from '../../core/ports/index.ts'
import { call } from '../kit/call.ts'
import type { Session } from '../kit/session.ts'
import { callMonitor, forceHungup, forcePickup } from './operations/supervision.ts'

type Supervise = typeof callMonitor | typeof forceHungup | typeof forcePickup

/** Manual 003 §15-17. */
export function supervision(session: Session): Supervision {
  const supervise = (operation: Supervise) => (request: SupervisedCall, options?: CallOptions) =>
    call(session, operation, request, options).then(
      () => undefined,
      (error: unknown) => {
        throw isFull(error) ? new CoreError(error.code, { ...error.details, reason: 'no-resources' }, error) : error
      },
    )
  return { listen: supervise(callMonitor), takeOver: supervise(forcePickup), hangUp: supervise(forceHungup) }
}

/** 503 is documented here: nothing was done. Any other failure of the server leaves open what happened. */
const isFull = (error: unknown): error is CoreError =>
  error instanceof CoreError && error.details.vendorCode === '503' && error.details.explained !== undefined
