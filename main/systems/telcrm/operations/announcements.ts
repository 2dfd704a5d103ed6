import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { prefixedParams, says } from '../../kit/params.ts'
import { resultCode } from '../../kit/response.ts'
import { wireInteger, wireRecord } from '../../kit/tolerant.ts'
import { callResultState } from '../codes.ts'
import { callProgress, pairsOf } from '../envelope.ts'
import { refusals, resultCodes } from '../result-codes.ts'
import { dialledNumber, extensionNumber, filledOrAbsent, jobName, recordNumber } from '../values.ts'

const announcement = z.object({
  id: says(
    jobName,
    'Name of this call, never used before; the result is asked for by it',
    '全局唯一字符串，用于查询播放结果',
  ),
  ahead: says(
    z.number().int().min(0),
    'How many customers may be called while all agents are busy; 0 = none',
    '预呼叫个数，坐席全忙时继续预呼叫的客户数，0 不预呼',
  ),
  repeats: says(recordNumber, 'How often the voice file is played', '语音播放次数'),
  extension: says(
    filledOrAbsent(extensionNumber),
    'Extension or group that gets the call afterwards; without it the call ends',
    '放音完毕转分机或分组号码，不填则放音完毕挂机',
  ),
  callee: says(dialledNumber, 'Number to call', '被叫号码'),
  voiceFile: says(recordNumber, 'Number of the voice file to play', '播放的语音编号'),
  code: says(
    filledOrAbsent(z.string().regex(/^\d{1,20}$/, 'must be digits only')),
    'Verification code that is read out, digits only',
    '注册验证码，需纯数字，可不填',
  ),
  password: says(
    filledOrAbsent(z.string().max(64)),
    'MD5 of secret, callee, code and day, or "no"; computed from the settings when left empty',
    '验证密码，MD5(密码+callee+code+当前日期)，不用密码填 no；不填则按设置自动计算',
    { secret: true, noSecret: ['no'] },
  ),
})
const announcementNames = {
  ahead: 'precallcount',
  repeats: 'playtimes',
  extension: 'extnum',
  voiceFile: 'toneid',
  password: 'pwd',
} as const

/** Call a number over an internet telephony line, play a voice file, then connect an extension. Manual 003 §3. */
export const clickToIpCaptcha = operation({
  id: 'telcrm.click-to-ip-captcha',
  title: 'Announcement call over an internet telephony line',
  titleZh: '网络电话外呼放音转分机',
  doc: '003 §3',
  method: 'GET',
  path: '/bridge/callctrl',
  params: announcement,
  wire: announcementNames,
  fixed: { opt: 'CLICK_TO_IP_CAPTCHA' },
  response: resultCode([200]),
  ...resultCodes('CLICK_TO_IP_CAPTCHA'),
  retry: 'never',
})

/** The same over a fixed line, which may play a short prompt until a key is pressed. Manual 003 §3. */
export const clickToFixedlineCaptcha = operation({
  id: 'telcrm.click-to-fixedline-captcha',
  title: 'Announcement call over a fixed telephone line',
  titleZh: '固定电话外呼放音转分机',
  doc: '003 §3',
  method: 'GET',
  path: '/bridge/callctrl',
  params: announcement,
  wire: announcementNames,
  fixed: { opt: 'CLICK_TO_FIXEDLINE_CAPTCHA' },
  response: resultCode([200]),
  ...resultCodes('CLICK_TO_FIXEDLINE_CAPTCHA'),
  retry: 'never',
})

/** What became of an announcement call; ask every 5 s while `state` is 0 or 4. Manual 003 §3 (§5 repeats it by mistake). */
export const getCaptchaResult = operation({
  id: 'telcrm.get-captcha-result',
  title: 'Result of an announcement call',
  titleZh: '外呼放音结果查询',
  doc: '003 §3',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({ id: says(jobName, 'Name given to the call', '呼叫时设置的全局唯一字符串') }),
  fixed: { opt: 'GET_CAPTCHA_RESULT' },
  response: callProgress(),
  errors: refusals(callResultState),
  codes: { state: callResultState },
  retry: 'safe',
})

/** Call a number and lead the customer through a voice menu, with texts spoken in it. Manual 003 §18. */
export const ivrTtsCall = operation({
  id: 'telcrm.ivr-tts-call',
  title: 'Call with a voice menu and spoken texts',
  titleZh: '播放多层语音, 收集按键, 转坐席, 支持文本转语音',
  doc: '003 §18',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    token: says(
      jobName,
      'Name of this call, never used before; the result is asked for by it',
      '任务标记，建议全局唯一',
    ),
    callee: says(dialledNumber, 'Number to call', '客户电话号码'),
    menu: says(recordNumber, 'Number of the voice menu', 'IVR 编号'),
    texts: says(
      prefixedParams('tts'),
      'Texts to speak, as JSON: {"ttsabc": "…"}; each name begins with tts and is a variable of the menu',
      'tts 开头的变量（JSON），用于匹配 IVR 中的 TTS 变量，如 {"ttsabc": "你好世界!"}',
      { long: true },
    ),
  }),
  wire: { menu: 'toneid', texts: 'tts{name}' },
  fixed: { opt: 'IVR_TTS_CALL' },
  response: resultCode([200]),
  ...resultCodes('IVR_TTS_CALL'),
  retry: 'never',
})

/** State and pressed keys of such a call; ask every 5 s while `state` is 0 or 4. Manual 003 §18. */
export const ivrTtsCallResult = operation({
  id: 'telcrm.ivr-tts-call-result',
  title: 'Result of a call with a voice menu',
  titleZh: '多层语音外呼结果查询',
  doc: '003 §18',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({ token: says(jobName, 'Name given to the call', '呼叫时设置的任务标记') }),
  fixed: { opt: 'IVR_TTS_CALL_RESULT' },
  response: callProgress(),
  errors: refusals(callResultState),
  codes: { state: callResultState },
  retry: 'safe',
})

/** Calls that wait for an agent, and calls in which something is played. A long queue means: call fewer. Manual 003 §18. */
export const ivrTtsCallMonitor = operation({
  id: 'telcrm.ivr-tts-call-monitor',
  title: 'Load of calls with a voice menu',
  titleZh: '放音个数，排队个数查询',
  doc: '003 §18',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({}),
  fixed: { opt: 'IVR_TTS_CALL_MONITOR' },
  response: pairsOf(wireRecord({ queue: wireInteger, playcount: wireInteger })),
  retry: 'safe',
})
