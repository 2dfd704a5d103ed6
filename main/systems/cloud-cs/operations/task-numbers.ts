import { z } from 'zod'
import { says, uploadFile } from '../../kit/params.ts'
import { taskCreateType } from '../codes.ts'
import { wordOf } from '../values.ts'

/** `18219678378:data;18219678372:data2`: one number on each line is understood as well. */
const typedNumbers = z.string().transform((text, context) => {
  const entries = text
    .split(/[;；\r\n]+/)
    .map((one) => one.trim().replace(/^(\+?\d+)\s*[:：]\s*/, '$1:'))
    .filter((one) => one !== '')
  const wrong = entries.findIndex((one) => !/^\+?\d{3,}(:.*)?$/.test(one))
  if (wrong < 0) return entries.join(';')
  // The entry itself is a telephone number: its place has to do.
  context.issues.push({ code: 'custom', message: `entry ${wrong + 1} is not number:data`, input: text })
  return z.NEVER
})

/** Where the numbers of a task come from, in the vendor's order. Manual 004 §6.3.3.1, §6.3.3.5. */
export const createType = wordOf(
  taskCreateType,
  ['input', 'file', 'remoteFile'],
  'Where the numbers come from',
  '号码来源（input：手动输入，file：文件上传，remoteFile：现有文件）',
)
export const importFile = says(
  uploadFile(),
  'File with the numbers, when they come from an uploaded file',
  '文件（来源为文件，必填）',
).optional()
export const remoteFileName = says(
  z.string(),
  'Name of a number file on the platform, when they come from an existing file',
  '现有文件（来源为现有文件，必填）',
).optional()
export const mobileAndDes = says(
  typedNumbers,
  'Numbers typed in, number:data, several with ; or one on each line',
  '外呼数据（来源为手动输入，号码和随路数据以冒号分隔，多个号码以分号分隔或每行一个，示例：18219678378:data;18219678372:data2）',
  { long: true },
).optional()

const fieldOfSource = { input: 'mobileAndDes', file: 'importFile', remoteFile: 'remoteFileName' } as const

type Sources = { createType: keyof typeof fieldOfSource } & {
  [Field in (typeof fieldOfSource)[keyof typeof fieldOfSource]]?: unknown
}

/** The source that createType names must be there. Others may be as well: the manual's own sample sends two. */
export function hasItsSource(values: Sources, context: z.RefinementCtx): void {
  const field = fieldOfSource[values.createType]
  if (values[field]) return
  context.addIssue({ code: 'custom', path: [field], message: `is needed with createType ${values.createType}` })
}
