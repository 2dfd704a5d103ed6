import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { binary } from '../../kit/response.ts'
import { recordingUrl } from '../recordings.ts'

const gone = [
  'not-found',
  '这个录音不在那里。录音只保存 7 天，过期后没有其他途径下载。',
  'The recording is not there. Recordings are kept for 7 days, afterwards there is no other way to get them.',
] as const

/** The file behind a call's address, mostly on another server: asked without credentials. Kept for 7 days. Manual 001 §2. */
export const recordingDownload = operation({
  id: 'dialback.recording-download',
  title: 'Download a recording',
  titleZh: '录音下载',
  doc: '001 §2',
  method: 'GET',
  path: '{url}',
  params: z.object({
    url: says(recordingUrl, 'Address of the recording, from a call record', '话单中的录音文件路径'),
  }),
  wire: { url: 'recordFileDownloadUrl' },
  response: binary(),
  errors: { 403: gone, 404: gone },
  auth: false,
  retry: 'safe',
})
