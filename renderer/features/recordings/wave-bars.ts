const pitch = 3
const least = 2.8

/** One bar for each three pixels, as an SVG path; the loudest bar fills the height. Without peaks, a flat line of dots. */
export function waveBars(peaks: readonly number[] | null, width: number, height = 48): string {
  const count = Math.max(1, Math.floor(width / pitch))
  const loudest = Math.max(24, ...(peaks ?? []))
  let path = ''
  for (let bar = 0; bar < count; bar += 1) {
    const long = Math.max(least, peaks ? (loudestOf(peaks, bar, count) / loudest) * (height - 4) : least)
    const x = bar * pitch + pitch / 2
    path += `M${x} ${((height - long) / 2).toFixed(1)}v${long.toFixed(1)}`
  }
  return path
}

function loudestOf(peaks: readonly number[], bar: number, count: number): number {
  const from = Math.floor((bar * peaks.length) / count)
  const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count))
  return Math.max(...peaks.slice(from, to))
}
