/** A round top for an axis, and its ticks from 0 up: four steps at most, whole numbers. */
export function axisTicks(most: number): number[] {
  const wanted = Math.max(1, most)
  const rough = wanted / 4
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  const step = Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? 10 * power)
  const count = Math.ceil(wanted / step)
  return Array.from({ length: count + 1 }, (_, at) => at * step)
}

/** The hours to draw: an office day at least, and every hour with a call. */
export function hoursShown(hours: readonly { answered: number; missed: number }[]): number[] {
  const busy = hours.flatMap(({ answered, missed }, hour) => (answered + missed > 0 ? [hour] : []))
  const first = Math.min(8, ...busy)
  const last = Math.max(18, ...busy)
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}
