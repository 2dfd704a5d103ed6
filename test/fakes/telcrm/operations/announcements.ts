import {
  control,
  type FakeAnswer,
  type FakeOperation,
  numberForm,
  type PbxActions,
  type Values,
} from '../fake-operation.ts'

const announcement = ['id', 'precallcount', 'playtimes', 'callee', 'toneid', 'pwd']
const refused = { optional: ['extnum', 'code'], badParameters: { code: 420 } }

/** Manual 003 §3, 18. */
export const announcements: Record<string, FakeOperation> = {
  'click-to-ip-captcha': control('CLICK_TO_IP_CAPTCHA', announcement, announce, refused),
  'click-to-fixedline-captcha': control('CLICK_TO_FIXEDLINE_CAPTCHA', announcement, announce, refused),
  'get-captcha-result': control('GET_CAPTCHA_RESULT', ['id'], ({ id }, { state }) => {
    const job = state.announcements.next('announcement', id!)
    return job ? { words: String(job.state) } : { code: 404 }
  }),
  'ivr-tts-call': control('IVR_TTS_CALL', ['token', 'callee', 'toneid'], speak, { family: /^tts./ }),
  'ivr-tts-call-result': control('IVR_TTS_CALL_RESULT', ['token'], ({ token }, { state }) => {
    const job = state.announcements.next('menu', token!)
    if (!job) return { words: 'state=404' }
    const keys = job.state === 1 ? Object.entries(job.outcome.keys ?? {}) : []
    return { words: [['state', job.state], ...keys].map((pair) => pair.join('=')).join(';') }
  }),
  'ivr-tts-call-monitor': control('IVR_TTS_CALL_MONITOR', [], (_values, { state }) => ({
    words: `queue=${state.announcements.count(0)};playcount=${state.announcements.count(4)}`,
  })),
}

function announce(values: Values, { state }: PbxActions): FakeAnswer {
  const { id, precallcount, playtimes, extnum, callee, toneid, code, pwd } = values
  const queue = state.announcements
  const counts = /^\d+$/.test(precallcount!) && /^[1-9]\d*$/.test(playtimes!)
  const numbers = numberForm.test(callee!) && /^\d*$/.test(extnum ?? '') && /^\d*$/.test(code ?? '')
  if (!counts || !numbers || !state.sounds.tones.has(Number(toneid)) || queue.has('announcement', id!)) {
    return { code: 420 }
  }
  if (pwd !== queue.expectedPassword(callee!, code ?? '')) return { code: 401 }
  if (!queue.isPurchased) return { code: 421 }
  if (queue.isFull()) return { code: 486 }
  queue.add('announcement', id!, { callee: callee!, extension: extnum ?? null, texts: {} })
  return { code: 200 }
}

function speak(values: Values, { state }: PbxActions): FakeAnswer {
  const { token, callee, toneid, ...texts } = values
  const queue = state.announcements
  if (!numberForm.test(callee!) || !state.menus.has(Number(toneid))) return { code: 400 }
  if (queue.has('menu', token!)) return { code: 483 }
  if (!queue.isPurchased) return { code: 480 }
  if (queue.isFull()) return { code: 486 }
  queue.add('menu', token!, { callee: callee!, extension: null, texts })
  return { code: 200 }
}
