import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { numberedPages } from '../../kit/pages.ts'
import { says } from '../../kit/params.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { ttsVerifyStatus } from '../codes.ts'
import { answered } from '../envelope.ts'
import { errorCodes, voiceOpenapiErrors } from '../errors.ts'
import { answerParams, answerWire, commandParams, commandWire, optionalNumber, templateText } from '../values.ts'
import { CommandAnswer, commandPart } from './notify.ts'

const shared = {
  method: 'POST',
  errors: voiceOpenapiErrors,
} as const

const name = z.string().trim().min(1, 'must not be empty').max(200)
const nameSays = ['Template name', '模板名称'] as const
const contentSays = ['Template text with variables {1} to {10}', '模板内容，变量为 {1} 至 {10}'] as const

/** Change a template; it is reviewed again. Manual 002 §5; `templateID` stands in the sample only. */
export const editTtsTemplate = operation({
  ...shared,
  id: 'voice-openapi.edit-tts-template',
  title: 'Edit a text-to-speech template',
  titleZh: '编辑TTS模板',
  doc: '002 §5',
  path: '/editTTSTemplate',
  params: z.object({
    ...commandParams(64),
    templateId: says(z.string().trim().min(1, 'must not be empty').max(40), 'Template id', '模板 ID'),
    name: says(name.optional(), ...nameSays),
    content: says(templateText.optional(), ...contentSays, { long: true }),
  }),
  wire: { ...commandWire, templateId: 'request.templateID', name: 'request.name', content: 'request.content' },
  response: answered(CommandAnswer, commandPart),
  retry: 'never',
  codes: { error: errorCodes },
})

/** Add a template. The answer's `voiceFileID` is its id, for notification tasks. Manual 002 §6. */
export const uploadTtsTemplate = operation({
  ...shared,
  id: 'voice-openapi.upload-tts-template',
  title: 'Upload a text-to-speech template',
  titleZh: '上传TTS模板',
  doc: '002 §6',
  path: '/uploadTTSTemplate',
  params: z.object({
    ...answerParams,
    ...commandParams(40),
    name: says(name, ...nameSays),
    content: says(templateText, ...contentSays, { long: true }),
  }),
  wire: { ...answerWire, ...commandWire, name: 'request.name', content: 'request.content' },
  response: answered(CommandAnswer, commandPart),
  retry: 'never',
  codes: { error: errorCodes },
})

/** One template, vendor names. `submitTime` is in Unix seconds. */
const Template = wireRecord({
  ID: wireText,
  key: wireText.optional(),
  name: wireText.optional(),
  submitTime: wireText.optional(),
  verifyStatus: wireText.optional(),
  content: wireText.optional(),
  remark: wireText.optional(),
  customer: wireText.optional(),
})
type Template = z.output<typeof Template>

/** Templates, page after page. Manual 002 §7. */
export const getTtsTemplateList = operation({
  ...shared,
  id: 'voice-openapi.get-tts-template-list',
  title: 'List text-to-speech templates',
  titleZh: '获取TTS模板列表',
  doc: '002 §7',
  path: '/getTTSTemplateList',
  params: z.object({
    ...commandParams(64),
    page: says(optionalNumber(1), 'Page, from 1', '页，从 1 开始'),
    pageSize: says(optionalNumber(1), 'Rows per page', '每页条数'),
  }),
  wire: { ...commandWire, page: 'request.page', pageSize: 'request.pageSize' },
  response: answered(z.object({ rows: z.array(Template), total: wireInteger }), ({ find }) => {
    const rows = find('rows') ?? []
    return { rows, total: find('total') ?? (Array.isArray(rows) ? rows.length : 0) }
  }),
  retry: 'safe',
  pages: numberedPages<{ rows: Template[]; total: number }>({
    page: 'page',
    size: 'pageSize',
    // Not stated: counted as one, so that the last page is never missed; an empty page ends it.
    defaultSize: 1,
    rows: (page) => page.rows,
    total: (page) => page.total,
    key: (row) => (row as Template).ID,
  }),
  codes: { verifyStatus: ttsVerifyStatus },
})
