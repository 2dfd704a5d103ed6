import type { OperationInfo } from '../../preload/contract/index.ts'
import { dialbackOperations } from './dialback/operations/index.ts'
import { inboundInfo, operationInfo } from './kit/runner.ts'
import { telcrmOperations } from './telcrm/operations/index.ts'
import { voiceOpenapiInbound, voiceOpenapiOperations } from './voice-openapi/operations/index.ts'

/** Every operation of every system, in the order of the manuals. */
export function catalogue(): OperationInfo[] {
  return [
    ...telcrmOperations.map(operationInfo),
    ...dialbackOperations.map(operationInfo),
    ...voiceOpenapiOperations.map(operationInfo),
    ...voiceOpenapiInbound.map(inboundInfo),
  ]
}
