import {
  fromMuLaw,
  levelOf,
  longestSoundSec,
  muLawCodes,
  peaksOf,
  telephoneRate,
} from '../../../preload/sound/index.ts'
import { CoreError } from '../errors.ts'
import type { PromptSound } from '../ports/index.ts'

const peakSteps = 240

/** Check that a file is what telephones play, and measure it. Errors: bad-request (field `sound`). */
export async function inspectPrompt(
  bytes: Uint8Array,
  digest: (bytes: Uint8Array) => string | Promise<string>,
): Promise<PromptSound> {
  const codes = muLawCodes(bytes)
  if (!codes) throw new CoreError('bad-request', { field: 'sound', reason: 'not-telephone-sound' })
  if (codes.length > longestSoundSec * telephoneRate)
    throw new CoreError('bad-request', { field: 'sound', reason: 'sound-too-long' })
  const samples = fromMuLaw(codes)
  const durationMs = Math.round((codes.length / telephoneRate) * 1000)
  return {
    hash: await digest(bytes),
    bytes,
    facts: { durationMs, peaks: peaksOf(samples, peakSteps), ...levelOf(samples) },
  }
}
