import type { OperationInfo } from '../../preload/contract/index.ts'
import { cloudCsOperations } from './cloud-cs/operations/index.ts'
import { ctiRealtimeOperations } from './cti-realtime/operations/index.ts'
import { dialbackOperations } from './dialback/operations/index.ts'
import { inboundInfo, operationInfo } from './kit/runner.ts'
import { telcrmInbound } from './telcrm/operations/inbound.ts'
import { telcrmOperations } from './telcrm/operations/index.ts'
import { voiceOpenapiInbound, voiceOpenapiOperations } from './voice-openapi/operations/index.ts'

/** Every operation of every system, in the order of the manuals; what arrives stands after what is asked. */
export function catalogue(): OperationInfo[] {
  return [
    ...telcrmOperations.map(operationInfo),
    ...telcrmInbound.map(inboundInfo),
    ...ctiRealtimeOperations.map(operationInfo),
    ...dialbackOperations.map(operationInfo),
    ...voiceOpenapiOperations.map(operationInfo),
    ...voiceOpenapiInbound.map(inboundInfo),
    ...cloudCsOperations.map(operationInfo),
  ]
}
