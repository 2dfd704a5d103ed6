import {
  type Conversion,
  isWave,
  longestSoundSec,
  type MonoSound,
  readCompressedEnd,
  readWave,
  SoundFileError,
  telephoneRate,
  toTelephoneRate,
} from '../../../preload/sound/index.ts'

/** A sound as it was and as the telephone network carries it. */
export interface DecodedSound {
  name: string
  original: MonoSound
  /** At the telephone's rate. */
  samples: Float32Array<ArrayBuffer>
  /** Seconds. */
  duration: number
}

/** Files larger than this are films, or whole days: reading them would take the page's memory. */
const mostBytes = 400 * 1024 * 1024
/** The decoder brings everything to one rate: high enough for anything that a telephone keeps. */
const decoderRate = 48_000
/** What is missing at the end of a sound that is whole: less than a sample of the decoder's, and rounding. */
const roundingSec = 0.02
/** Work between two pictures of the page, ms. */
const turnMs = 12

/** Why a file cannot be used; `voice:fault.*` has the sentences. */
export type DecodeFault = 'too-large' | 'undecodable' | 'no-samples' | 'cut' | 'too-long'

export class DecodeError extends Error {
  override readonly name = 'DecodeError'
  readonly fault: DecodeFault
  constructor(fault: DecodeFault) {
    super(fault)
    this.fault = fault
  }
}

/**
 * Read any sound file that this browser can (WAV by ourselves). `onProgress` gets 0 to 1. Errors: DecodeError; the signal's
 * reason when it is aborted.
 */
export async function decodeSound(
  file: Blob,
  name: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress(part: number): void },
): Promise<DecodedSound> {
  if (file.size > mostBytes) throw new DecodeError('too-large')
  const bytes = await file.arrayBuffer()
  signal.throwIfAborted()
  const original = readPlain(new Uint8Array(bytes)) ?? (await decodeOther(bytes))
  signal.throwIfAborted()
  const samples = await inTurns(toTelephoneRate(original), signal, onProgress)
  return { name, original, samples, duration: samples.length / telephoneRate }
}

/** Null where the browser's decoder has to try. */
function readPlain(bytes: Uint8Array): MonoSound | null {
  if (bytes.length < 12 || !isWave(bytes)) return null
  try {
    return readWave(bytes)
  } catch (error) {
    if (!(error instanceof SoundFileError)) throw error
    if (error.reason === 'coding' || error.reason === 'other-format') return null
    throw new DecodeError(error.reason)
  }
}

async function decodeOther(bytes: ArrayBuffer): Promise<MonoSound> {
  const { isCut, durationSec } = readCompressedEnd(new Uint8Array(bytes))
  if (isCut) throw new DecodeError('cut')
  const context = new OfflineAudioContext(1, 1, decoderRate)
  const decoded = await context.decodeAudioData(bytes).catch(() => {
    throw new DecodeError('undecodable')
  })
  if (decoded.length === 0) throw new DecodeError('no-samples')
  if (durationSec !== null && decoded.duration < durationSec - roundingSec) throw new DecodeError('cut')
  if (decoded.duration > longestSoundSec) throw new DecodeError('too-long')
  const channels = Array.from({ length: decoded.numberOfChannels }, (_one, at) => decoded.getChannelData(at))
  const [first] = channels
  if (!first) throw new DecodeError('no-samples')
  if (channels.length === 1) return { samples: first, rate: decoded.sampleRate }
  const samples = new Float32Array(decoded.length)
  for (const channel of channels)
    for (let at = 0; at < samples.length; at += 1) samples[at]! += channel[at]! / channels.length
  return { samples, rate: decoded.sampleRate }
}

/** Long work in short turns: the page stays awake and can stop it. */
async function inTurns<Result>(
  work: Conversion<Result>,
  signal: AbortSignal,
  onProgress: (part: number) => void,
): Promise<Result> {
  let until = performance.now() + turnMs
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    if (performance.now() < until) continue
    onProgress(value)
    await new Promise((resolve) => setTimeout(resolve))
    signal.throwIfAborted()
    until = performance.now() + turnMs
  }
}
