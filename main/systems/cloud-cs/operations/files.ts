import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says, uploadFile } from '../../kit/params.ts'
import { wireRecord, wireText } from '../../kit/tolerant.ts'
import { returnCode } from '../codes.ts'
import { data, done, file } from '../envelope.ts'
import { rows, wholeList } from '../rows.ts'
import { someText } from '../values.ts'

const fileName = says(someText, 'File name with its ending', '文件名（需要带后缀）')

/** `targetURL` holds a name of the platform's own network: files-download is the way. */
const NumberFile = wireRecord({ name: wireText, targetURL: wireText.optional() })
type NumberFile = z.output<typeof NumberFile>

/** The part is called fileName and is the file. Manual 004 §6.3.2.1. */
export const filesUpload = operation({
  id: 'cloud-cs.files-upload',
  title: 'Upload a number file',
  titleZh: '号码文件-上传',
  doc: '004 §6.3.2.1',
  method: 'POST',
  path: '/files/upload',
  body: 'multipart',
  params: z.object({ file: says(uploadFile(), 'File with numbers', '号码文件') }),
  wire: { file: 'fileName' },
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** Manual 004 §6.3.2.2. */
export const filesSearch = operation({
  id: 'cloud-cs.files-search',
  title: 'Find number files',
  titleZh: '号码文件-列表查询',
  doc: '004 §6.3.2.2',
  method: 'GET',
  path: '/files/search',
  params: z.object({ fileName }),
  response: data(rows(NumberFile)),
  retry: 'safe',
  pages: wholeList<NumberFile>('name'),
})

/** Manual 004 §6.3.2.3. */
export const filesDownload = operation({
  id: 'cloud-cs.files-download',
  title: 'Download a number file',
  titleZh: '号码文件-下载',
  doc: '004 §6.3.2.3',
  method: 'GET',
  path: '/files/download',
  params: z.object({ fileName }),
  response: file,
  retry: 'safe',
})

/** Manual 004 §6.3.2.4. */
export const filesRename = operation({
  id: 'cloud-cs.files-rename',
  title: 'Rename a number file',
  titleZh: '号码文件-修改文件名',
  doc: '004 §6.3.2.4',
  method: 'PUT',
  path: '/files/rename',
  params: z.object({
    fileName: says(someText, 'Present name with its ending', '原文件名（需要带后缀）'),
    newName: says(someText, 'New name with its ending', '新文件名（需要带后缀）'),
  }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** Manual 004 §6.3.2.5. */
export const filesDelete = operation({
  id: 'cloud-cs.files-delete',
  title: 'Delete a number file',
  titleZh: '号码文件-删除',
  doc: '004 §6.3.2.5',
  method: 'DELETE',
  path: '/files/delete',
  params: z.object({ fileName }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})
