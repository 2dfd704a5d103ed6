import type { ErrorTable } from '../kit/operation.ts'

/**
 * What the PBX's result codes mean wherever an operation has no table of its own. Manual 003 §3-24; no texts here,
 * because the same code has another wording in each section.
 */
export const telcrmErrors: ErrorTable = {
  400: 'bad-request',
  401: 'auth-failed',
  404: 'not-found',
  420: 'bad-request',
  421: 'forbidden',
  480: 'offline',
  481: 'no-call',
  483: 'conflict',
  486: 'busy',
  500: 'server-error',
  503: 'server-error',
}
