import { telephoneFile } from '../../preload/sound/index.ts'
import { toneRecording, type Voice } from './tone-recording.ts'

/** A voice file of the demo's PBX. */
export interface DemoPrompt {
  id: number
  title: string
  description: string
  /** What the PBX calls its file. */
  file: string
  sound: Uint8Array
}

type Sample = [id: number, title: string, description: string, durationSec: number, voice: Voice | null]

const spoken = 19_000
/** As a small office has them: one was recorded too softly, one too close to the microphone. */
const samples: Sample[] = [
  [1, '个人来电转语音邮箱', '您好，我现在无法接听您的来电，请留言。', 7, { seed: 1, loudest: spoken }],
  [2, '非工作时间提醒', '您好，现在是非工作时间，请留言。', 12, { seed: 2, loudest: spoken }],
  [3, '录音提示', '为保证服务质量，本次通话将被录音。', 5, { seed: 3, loudest: spoken }],
  [12, '静音', '短停顿，接在其他语音之间。', 0.3, null],
  [13, '转话语音导航', '请输入分机号，查号请按0。', 6, { seed: 5, loudest: spoken }],
  [19, '售前排队等待', '坐席正忙，请稍候。', 8, { seed: 6, loudest: 3000 }],
  [21, '双十二发货通知', '您的订单已发出，预计三天内送达。', 15, { seed: 7, loudest: spoken }],
  [22, '停电检修通知', '本周六上午八点至十二点检修，电话暂停。', 21, { seed: 8, loudest: 60_000 }],
]

/** What the PBX plays to callers. */
export function samplePrompts(): DemoPrompt[] {
  return samples.map(([id, title, description, durationSec, voice]) => ({
    ...{ id, title, description },
    file: `${1_472_020_700_000 + id}.wav`,
    sound: voice ? toneRecording(durationSec, voice) : telephoneFile(new Float32Array(durationSec * 8000)),
  }))
}
