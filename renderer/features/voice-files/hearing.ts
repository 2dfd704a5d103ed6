import {
  asHeardOnThePhone,
  fromMuLaw,
  type MonoSound,
  muLawCodes,
  telephoneRate,
} from '../../../preload/sound/index.ts'
import { rpc } from '../../rpc/index.ts'

/** As the telephone will play it, with everything that is done to it; or as it is in the file. */
export type Hearing = 'phone' | 'original'

export const toPhone = (samples: Float32Array): MonoSound => ({
  samples: asHeardOnThePhone(samples),
  rate: telephoneRate,
})

/** A copy of this PC, ready to be played. Errors: not-found. */
export async function heardCopy(
  of: { connection: string; prompt: number } | { backup: number },
  hearing: Hearing,
): Promise<MonoSound> {
  const { bytes } = 'backup' in of ? await rpc.prompts.backupSound(of) : await rpc.prompts.sound(of)
  const samples = fromMuLaw(muLawCodes(bytes) ?? new Uint8Array())
  return hearing === 'phone' ? toPhone(samples) : { samples, rate: telephoneRate }
}
