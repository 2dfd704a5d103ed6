import { CoreError } from '../errors.ts'
import type { SoundFacts, StoredRecording } from '../ports/index.ts'

/** What is known of a call whose recording is wanted. */
export interface RecordedCall {
  isRunning: boolean
  /** Epoch ms; null = not known. */
  endedAt: number | null
  /** How long was talked, ms; null = not known. */
  talkMs: number | null
}

/** The end of the file is written only when the call is over. */
const settlesMs = 3000
/** A file that is shorter than the call is not done yet only so soon after the call: later it is all there will be. */
const writesMs = 60_000
const slackMs = 3000

/** How long to wait before the file is asked for, ms. Errors: unavailable (`still-recording`) while the call goes on. */
export function waitFor(call: RecordedCall | null, now: number): number {
  if (call?.isRunning) throw stillRecording()
  if (call === null || call.endedAt === null) return 0
  return Math.min(settlesMs, Math.max(0, call.endedAt + settlesMs - now))
}

/** Errors: unavailable (`still-recording`) for sound to which more will come. */
export function expectDone(sound: SoundFacts, call: RecordedCall | null, now: number): void {
  if (call === null) return
  if (call.isRunning) throw stillRecording()
  if (call.endedAt === null || now - call.endedAt > writesMs) return
  const { talkMs } = call
  const isShort = sound.durationMs !== null && talkMs !== null && sound.durationMs + slackMs < talkMs * 0.8
  if (sound.isCut || isShort) throw stillRecording()
}

/** Kept by a version that did not look, or while nobody knew that the call went on. */
export const isTooEarly = ({ storedAt }: StoredRecording, call: RecordedCall | null): boolean =>
  call !== null && (call.isRunning || (call.endedAt !== null && storedAt < call.endedAt))

const stillRecording = () => new CoreError('unavailable', { reason: 'still-recording' })
