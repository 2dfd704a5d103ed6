import type { Operation } from '../../kit/operation.ts'
import { getCdrList, getOneCdr } from './cdr.ts'
import { voiceNotify, voiceNotifyV2 } from './notify.ts'
import { recordingDownload } from './recordings.ts'
import { editTtsTemplate, getTtsTemplateList, uploadTtsTemplate } from './templates.ts'

export { voiceOpenapiInbound } from './pushes.ts'

/** Every voice-openapi operation, in the order of the manual. */
export const voiceOpenapiOperations: readonly Operation[] = [
  voiceNotify,
  voiceNotifyV2,
  editTtsTemplate,
  uploadTtsTemplate,
  getTtsTemplateList,
  getOneCdr,
  getCdrList,
  recordingDownload,
]
