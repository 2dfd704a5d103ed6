import type { Operation } from '../../kit/operation.ts'
import { bindSeatCaller, isAllow, recordVoice, voiceCall } from './calls.ts'
import { recordingDownload } from './recordings.ts'

/** Every dialback operation, in the order of the manual. */
export const dialbackOperations: readonly Operation[] = [
  bindSeatCaller,
  voiceCall,
  recordVoice,
  recordingDownload,
  isAllow,
]
