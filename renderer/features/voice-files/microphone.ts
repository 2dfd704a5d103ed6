import { rpc } from '../../rpc/index.ts'

/** Why nothing is recorded; `voice:mic.*` has the sentences. */
export type MicrophoneFault = 'refused' | 'missing' | 'failed'

export interface Microphone {
  /** Loudness now, 0 to 1. */
  level(): number
  /** End it; the recording, or null when nothing was said. */
  finish(): Promise<Blob | null>
  /** End it and throw it away. */
  discard(): void
}

/**
 * Record from the microphone; the desktop program lets the page have it only in answer to this. What a telephone needs is
 * wanted plain: no automatic gain that breathes between the words. Errors: MicrophoneError.
 */
export async function openMicrophone(): Promise<Microphone> {
  const stream = await askForSound()
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(stream).connect(analyser)
  const recorder = new MediaRecorder(stream)
  const pieces: Blob[] = []
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve()
  })
  recorder.ondataavailable = ({ data }) => void pieces.push(data)
  recorder.start(1000)
  const close = () => {
    if (recorder.state !== 'inactive') recorder.stop()
    for (const track of stream.getTracks()) track.stop()
    if (context.state !== 'closed') void context.close()
  }
  const window = new Float32Array(analyser.fftSize)
  return {
    level() {
      analyser.getFloatTimeDomainData(window)
      return Math.max(...window.map(Math.abs))
    },
    async finish() {
      close()
      await ended
      const recording = new Blob(pieces, { type: recorder.mimeType })
      return recording.size > 0 ? recording : null
    },
    discard: close,
  }
}

export class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError'
  readonly fault: MicrophoneFault
  constructor(fault: MicrophoneFault) {
    super(fault)
    this.fault = fault
  }
}

async function askForSound(): Promise<MediaStream> {
  await rpc.prompts.microphone({ wanted: true })
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, autoGainControl: false, noiseSuppression: true, echoCancellation: false },
    })
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    if (name === 'NotAllowedError' || name === 'SecurityError') throw new MicrophoneError('refused')
    throw new MicrophoneError(name === 'NotFoundError' ? 'missing' : 'failed')
  } finally {
    await rpc.prompts.microphone({ wanted: false })
  }
}
