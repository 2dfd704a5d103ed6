import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says, uploadFile } from '../../kit/params.ts'
import { json, resultCode } from '../../kit/response.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { savedNumber } from '../envelope.ts'
import { resultCodes } from '../result-codes.ts'
import { recordNumber } from '../values.ts'

/** As java.net.URLEncoder writes it: the manual wants this for Chinese, and only so a `+` or `%` keeps its meaning. */
const urlEncoded = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(200)
  .transform((text) => new URLSearchParams([['', text]]).toString().slice(1))

/** One voice file. `titel` is the vendor's spelling; the right one is read as well. Manual 003 §24. */
export const ToneFile = wireRecord({
  id: wireInteger,
  titel: wireText.optional(),
  title: wireText.optional(),
  path: wireText.optional(),
  des: wireText.optional(),
}).transform(({ title, ...row }) => ({ ...row, titel: row.titel ?? title ?? '' }))
export type ToneFile = z.output<typeof ToneFile>

/** Every voice file of the PBX. Manual 003 §24. */
export const toneFileQuery = operation({
  id: 'telcrm.tone-file-query',
  title: 'List voice files',
  titleZh: '获取所有语音文件信息',
  doc: '003 §24',
  method: 'GET',
  path: '/bridge/ToneFileSvlt',
  params: z.object({}),
  fixed: { opt: 'query' },
  response: json(z.array(ToneFile)),
  retry: 'safe',
})

/** Add a voice file, or change one. Whether `opt` belongs to the address or to the form is left open: it is in both. Manual 003 §24. */
export const toneFileSave = operation({
  id: 'telcrm.tone-file-save',
  title: 'Add or change a voice file',
  titleZh: '添加修改语音文件',
  doc: '003 §24',
  method: 'POST',
  path: '/bridge/ToneFileSvlt?opt=save',
  params: z
    .object({
      id: says(
        recordNumber.optional(),
        'Number of the voice file to change; empty = a new one',
        '语音文件编号，填写表示修改，不填写表示新增',
      ),
      title: says(urlEncoded, 'Title', '语音文件标题'),
      description: says(urlEncoded, 'Description', '语音文件描述'),
      file: says(
        uploadFile().optional(),
        'Sound, μ-law, 8000 Hz, mono; a changed voice file may keep its own',
        '语音文件，格式 μ-Law, 8000Hz, 64kbps, mono；修改时可不填',
      ),
    })
    .refine((values) => values.id !== undefined || values.file !== undefined, {
      path: ['file'],
      message: 'a new voice file needs its sound',
    }),
  wire: { description: 'des' },
  fixed: { opt: 'save' },
  body: 'multipart',
  response: savedNumber(),
  ...resultCodes('ToneFileSvlt.save'),
  retry: 'never',
})

/** Delete a voice file. Manual 003 §24. */
export const toneFileDelete = operation({
  id: 'telcrm.tone-file-delete',
  title: 'Delete a voice file',
  titleZh: '删除语音文件',
  doc: '003 §24',
  method: 'GET',
  path: '/bridge/ToneFileSvlt',
  params: z.object({ id: says(recordNumber, 'Number of the voice file', '语音文件编号') }),
  fixed: { opt: 'delete' },
  response: resultCode([200]),
  ...resultCodes('ToneFileSvlt.delete'),
  retry: 'never',
})
