import type { PromptSoundFacts } from '../../../preload/contract/index.ts'
import { goodLevel, type Level, type LevelWord, levelWord } from '../../../preload/sound/index.ts'
import type { IconName, Tone } from '../../ui/index.ts'

export const levelTones: Record<LevelWord, { tone: Tone; icon: IconName }> = {
  silent: { tone: 'plain', icon: 'check' },
  good: { tone: 'plain', icon: 'check' },
  quiet: { tone: 'caution', icon: 'warn' },
  loud: { tone: 'caution', icon: 'warn' },
  clipped: { tone: 'failed', icon: 'warn' },
}

export const wordOf = (facts: PromptSoundFacts): LevelWord => levelWord(facts)

/** The level after a gain; what is driven over full scale is cut off. */
export function withGain({ lufs, peakDb, clips }: Level, gainDb: number): Level {
  const peak = peakDb === null ? null : peakDb + gainDb
  const isOver = peak !== null && peak > -0.05
  return { lufs: lufs === null ? null : lufs + gainDb, peakDb: peak, clips: isOver ? Math.max(1, clips) : clips }
}

/** What the meter shows, LUFS. */
const meter = { from: -40, to: -4 }
const part = (lufs: number) => Math.min(1, Math.max(0, (lufs - meter.from) / (meter.to - meter.from)))

/** Parts of the meter's width, 0 to 1. */
export const meterMarks = { good: part(goodLevel.from), loud: part(goodLevel.to), target: part(goodLevel.target) }
export const meterPart = ({ lufs }: Level): number => (lufs === null ? 0 : part(lufs))
