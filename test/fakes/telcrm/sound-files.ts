/** A voice file in the vendor's words. */
interface Tone {
  id: number
  titel: string
  path: string
  des: string
  /** What was uploaded; the ones that are there from the start have a short silence. */
  sound: Buffer
}

export interface Recording {
  callId: string
  path: string
  bytes: Buffer
}

const sample: readonly [id: number, titel: string, path: string, des: string][] = [
  [1, '个人来电转语音邮箱导航', 'personalVoiceMail.wav', '您好, 我现在无法接听你的来电, 请留言。'],
  [2, '非工作时间提醒', 'offwork.wav', '非工作时间提醒'],
  [3, '录音提示', 'voiceincall.wav', '非工作时间提醒'],
  [12, '静音', 'mute.wav', '静音 0.3 秒'],
  [13, '转话语音导航', '1472020704123.wav', '转话语音导航'],
]

/** Voice files and recordings. */
export class SoundFiles {
  /** By id. */
  readonly tones = new Map<number, Tone>(
    sample.map(([id, titel, path, des]) => [id, { id, titel, path, des, sound: muLawWav(0.3) }]),
  )
  /** By path. */
  readonly recordings = new Map<string, Recording>()

  saveTone({ id, ...facts }: { id: number | null; titel: string; des: string; sound: Buffer }): number {
    const number = id ?? Math.max(0, ...this.tones.keys()) + 1
    this.tones.set(number, {
      ...facts,
      id: number,
      path: this.tones.get(number)?.path ?? `${1472020704123 + number}.wav`,
    })
    return number
  }

  /** `callId` with a plain `@`. */
  record(callId: string, path: string, bytes: Buffer = muLawWav(1)): Recording {
    const recording = { callId, path, bytes }
    this.recordings.set(path, recording)
    return recording
  }

  recordingOf(callId: string): Recording | undefined {
    return [...this.recordings.values()].find((one) => one.callId === callId)
  }
}

/** A wave file as the PBX wants it: μ-law, 8000 Hz, 64 kbps, mono. */
export function muLawWav(seconds: number): Buffer<ArrayBuffer> {
  const samples = Buffer.alloc(Math.round(seconds * 8000), 0xff)
  const head = Buffer.alloc(46)
  head.write('RIFF')
  head.writeUInt32LE(38 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(18, 16)
  head.writeUInt16LE(7, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 38)
  head.writeUInt32LE(samples.length, 42)
  return Buffer.concat([head, samples])
}

export function isMuLaw(bytes: Buffer): boolean {
  if (
    bytes.length < 44 ||
    bytes.toString('latin1', 0, 4) !== 'RIFF' ||
    bytes.toString('latin1', 8, 16) !== 'WAVEfmt '
  ) {
    return false
  }
  const [format, channels, rate] = [bytes.readUInt16LE(20), bytes.readUInt16LE(22), bytes.readUInt32LE(24)]
  return format === 7 && channels === 1 && rate === 8000
}
