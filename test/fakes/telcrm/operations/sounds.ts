import type { FakeAnswer, FakeOperation } from '../fake-operation.ts'
import { isMuLaw, type Recording } from '../sound-files.ts'

const tones = '/bridge/ToneFileSvlt'
const player = '/Oms/RecordPlayerSvlt'
const download = '/Oms/FileDownServlet'

/** Manual 003 §22, 24, 27. */
export const sounds: Record<string, FakeOperation> = {
  'file-down-by-callid': {
    path: download,
    constants: {},
    required: ['callid'],
    answer: ({ callid }, { state }) => fileAnswer(state.sounds.recordingOf(callid!)),
  },
  'file-down-by-filename': {
    path: download,
    constants: {},
    required: ['filename'],
    answer: ({ filename }, { state }) => fileAnswer(state.sounds.recordings.get(filename!)),
  },
  'record-player-by-file': {
    path: player,
    constants: { browsertype: 'other' },
    required: ['voiceFile'],
    answer: ({ voiceFile }, { state }) =>
      state.sounds.recordings.has(voiceFile!) ? page('<audio src="x.wav"></audio>') : page('404', 404),
  },
  'record-player-by-callid': {
    path: player,
    constants: { browsertype: 'other' },
    required: ['callid'],
    answer: ({ callid }, { state }) => fileAnswer(state.sounds.recordingOf(callid!)),
  },
  'tone-file-query': {
    path: tones,
    constants: { opt: 'query' },
    required: [],
    answer: (_values, { state }) => ({ json: [...state.sounds.tones.values()].map(({ sound: _, ...row }) => row) }),
  },
  'tone-file-save': {
    method: 'POST',
    path: tones,
    constants: { opt: 'save' },
    required: ['title', 'des'],
    optional: ['id'],
    file: 'file',
    badParameters: { words: '0' },
    answer({ id, title, des }, { state }, file) {
      const [titel, words] = [urlDecoded(title!), urlDecoded(des!)]
      const old = id === undefined ? undefined : state.sounds.tones.get(Number(id))
      const known = id === undefined || old !== undefined
      const sound = file ?? old?.sound
      if (!known || titel === null || words === null || !sound || !isMuLaw(sound)) return { words: '0' }
      return { words: String(state.sounds.saveTone({ id: old?.id ?? null, titel, des: words, sound })) }
    },
  },
  'tone-file-delete': {
    path: tones,
    constants: { opt: 'delete' },
    required: ['id'],
    answer({ id }, { state }) {
      if (!/^[1-9]\d*$/.test(id!)) return { code: 400 }
      return { code: state.sounds.tones.delete(Number(id)) ? 200 : 404 }
    },
  },
}

const fileAnswer = (found: Recording | undefined): FakeAnswer =>
  found ? { bytes: found.bytes, contentType: 'audio/x-wav' } : page('没有找到录音文件')

const page = (text: string, status = 200): FakeAnswer => ({
  bytes: Buffer.from(`<html><body>${text}</body></html>`),
  contentType: 'text/html;charset=UTF-8',
  status,
})

/** As java.net.URLEncoder writes; null = not encoded. */
function urlDecoded(text: string): string | null {
  return /^([\w*.+-]|%[0-9A-F]{2})+$/.test(text) ? decodeURIComponent(text.replaceAll('+', ' ')) : null
}
