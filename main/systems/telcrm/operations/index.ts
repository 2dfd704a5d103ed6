import type { Operation } from '../../kit/operation.ts'
import { extnumState, setExtPresenceState } from './agents.ts'
import { clickToDial, clickToHungup, clickToIpDial, clickToTransfer } from './call-control.ts'
import { callLogQuery } from './call-log.ts'
import { telcrmSoapOperations } from './soap/index.ts'

/** Every telcrm operation, in the order of the manual. */
export const telcrmOperations: readonly Operation[] = [
  clickToDial,
  clickToIpDial,
  clickToHungup,
  clickToTransfer,
  setExtPresenceState,
  extnumState,
  callLogQuery,
  ...telcrmSoapOperations,
]
