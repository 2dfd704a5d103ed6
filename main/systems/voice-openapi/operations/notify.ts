import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { wireRecord, wireText } from '../../kit/tolerant.ts'
import { answered, type Parts } from '../envelope.ts'
import { errorCodes, voiceOpenapiErrors } from '../errors.ts'
import {
  answerParams,
  answerWire,
  commandParams,
  commandWire,
  numberText,
  optionalText,
  spokenText,
} from '../values.ts'

/** What a command is answered with: our own seq and userData again, the id of a template, the debug log when asked for. */
export const CommandAnswer = wireRecord({
  seq: wireText.optional(),
  userData: wireText.optional(),
  voiceFileID: wireText.optional(),
})

export const commandPart = ({ command, logs }: Parts) => (logs === '' ? command : { ...command, logs })

const shared = {
  titleZh: '文本转语音通知呼叫',
  doc: '002 §4',
  method: 'POST',
  params: z.object({
    ...answerParams,
    ...commandParams(40),
    caller: says(optionalText(40), 'Calling number', '主叫号码'),
    callee: says(z.string().trim().min(1, 'must not be empty').max(40), 'Number to notify', '被叫号码'),
    content: says(spokenText, 'Text to speak', '文本内容', { long: true }),
    cyclePlayTimes: says(numberText(1), 'How often to play it', '播放次数'),
  }),
  wire: {
    ...answerWire,
    ...commandWire,
    caller: 'request.caller',
    callee: 'request.callee',
    content: 'request.content',
    cyclePlayTimes: 'request.cyclePlayTimes',
  },
  response: answered(CommandAnswer, commandPart),
  errors: voiceOpenapiErrors,
  retry: 'never',
  codes: { error: errorCodes },
} as const

/** Call a number and read a text to it. How the call went comes later, as a push. Manual 002 §4. */
export const voiceNotify = operation({
  ...shared,
  id: 'voice-openapi.voice-notify',
  title: 'Text-to-speech notification call',
  path: '/voiceNotify',
})

/** The same in high-performance mode. Manual 002 §4. */
export const voiceNotifyV2 = operation({
  ...shared,
  id: 'voice-openapi.voice-notify-v2',
  title: 'Text-to-speech notification call, high-performance mode',
  titleZh: '文本转语音通知呼叫（高性能模式）',
  path: '/v2/voiceNotify',
})
