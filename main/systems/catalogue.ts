import type { OperationInfo } from '../../preload/contract/index.ts'
import { cloudCsOperations } from './cloud-cs/operations/index.ts'
import { ctiRealtimeOperations } from './cti-realtime/operations/index.ts'
import { dialbackOperations } from './dialback/operations/index.ts'
import { inboundInfo, operationInfo } from './kit/runner.ts'
import { telcrmOperations } from './telcrm/operations/index.ts'
import { voiceOpenapiInbound, voiceOpenapiOperations } from './voice-openapi/operations/index.ts'

/** Every operation of every system, in the order of the manuals. */
export function catalogue(): OperationInfo[] {
  return [
    ...[...telcrmOperations, ...ctiRealtimeOperations, ...dialbackOperations].map(operationInfo),
    ...voiceOpenapiOperations.map(operationInfo),
    ...voiceOpenapiInbound.map(inboundInfo),
    ...cloudCsOperations.map(operationInfo),
  ]
}
