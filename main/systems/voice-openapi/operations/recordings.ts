import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { binary } from '../../kit/response.ts'

/** A file on the platform's own server: `/data/voicerecord/3/20211009/….mp3`. An unanswered call has none, or a bare `/data/voicerecord/.mp3`. */
const filename = z
  .string()
  .trim()
  .max(1000)
  .refine((text) => text !== '' && !/(^|\/)(\.\w*)?$/.test(text), 'this call has no recording')
  .refine((text) => !/^\/\/|^[a-z][a-z0-9+.-]*:|\\/i.test(text) && !/(^|\/)\.\.(\/|$)/.test(text), 'must be a path')
  .transform((text) => `/${text.replace(/^\//, '').split('/').map(encodeURIComponent).join('/')}`)

/**
 * The recording of a call, below the server's root: the version in the connection's address is left out. Without credentials.
 * The printed address lost its placeholder; host and filename are joined with one slash. Manual 002 §10.7, §11.7.
 */
export const recordingDownload = operation({
  id: 'voice-openapi.recording-download',
  title: 'Download a recording',
  titleZh: '获取录音文件',
  doc: '002 §11.7',
  method: 'GET',
  path: '{filename}',
  params: z.object({ filename: says(filename, 'filename of a CDR', '话单中的 filename 字段') }),
  response: binary(),
  errors: {
    404: ['not-found', '这个录音不在平台上。', 'This recording is not on the platform.'],
  },
  auth: false,
  retry: 'safe',
})
