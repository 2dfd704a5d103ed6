import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { recording, recordingPlayer } from '../envelope.ts'
import { callId, serverPath } from '../values.ts'

/** The recording of a call. Manual 003 §22. */
export const fileDownByCallid = operation({
  id: 'telcrm.file-down-by-callid',
  title: 'Download the recording of a call',
  titleZh: '根据 callid 下载录音',
  doc: '003 §22',
  method: 'GET',
  path: '/Oms/FileDownServlet',
  params: z.object({ callId }),
  wire: { callId: 'callid' },
  response: recording(),
  retry: 'safe',
})

/** A recording by the path that the call log gives. Manual 003 §22. */
export const fileDownByFilename = operation({
  id: 'telcrm.file-down-by-filename',
  title: 'Download a recording by its path',
  titleZh: '根据文件路径下载录音',
  doc: '003 §22',
  method: 'GET',
  path: '/Oms/FileDownServlet',
  params: z.object({
    filename: says(
      serverPath,
      'Path on the PBX: recordVoice of the call log',
      '文件路径，对应呼叫日志中的 recordVoice 字段',
    ),
  }),
  response: recording(),
  retry: 'safe',
})

/** What the PBX's own player makes of a voice message or recording. Manual 003 §27. */
export const recordPlayerByFile = operation({
  id: 'telcrm.record-player-by-file',
  title: 'Player for a voice message or recording by its path',
  titleZh: '网页播放（按文件路径）',
  doc: '003 §27',
  method: 'GET',
  path: '/Oms/RecordPlayerSvlt',
  params: z.object({
    voiceFile: says(
      serverPath,
      'Path on the PBX: filepath of a voice message, recordVoice of the call log',
      '文件路径 filepath',
    ),
  }),
  fixed: { browsertype: 'other' },
  response: recordingPlayer(),
  retry: 'safe',
})

/** The same for a call. Manual 003 §27. */
export const recordPlayerByCallid = operation({
  id: 'telcrm.record-player-by-callid',
  title: 'Player for the recording of a call',
  titleZh: '网页播放（按 callid）',
  doc: '003 §27',
  method: 'GET',
  path: '/Oms/RecordPlayerSvlt',
  params: z.object({ callId }),
  wire: { callId: 'callid' },
  fixed: { browsertype: 'other' },
  response: recordingPlayer(),
  retry: 'safe',
})
