import { formatDuration, useTimeText } from '../../i18n/index.ts'

/** How long something took, exact to the second: `24秒`, from a minute on `06:42`. */
export function useLengthWords(): (durationMs: number) => string {
  const { span } = useTimeText()
  return (durationMs) => (durationMs < 60_000 ? span(durationMs) : formatDuration(durationMs))
}
