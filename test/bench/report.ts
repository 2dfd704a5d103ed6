/** What a figure has to reach: at most or at least so much, or at least or at most this share of its floor. */
export type Goal = { most: number } | { least: number } | { leastOfFloor: number } | { mostOfFloor: number } | null

export interface Row {
  what: string
  value: number
  unit: string
  /** The same, done in the barest possible way, in the same run; null where nothing bare does it. */
  floor: number | null
  /** value ÷ floor. */
  ratio: number | null
  goal: Goal
  met: boolean | null
  note: string
}

export function row(what: string, value: number, unit: string, goal: Goal, floor: number | null, note = ''): Row {
  const ratio = floor === null || floor === 0 ? null : value / floor
  const met = goal === null ? null : reaches(goal, value, ratio)
  return { what, value, unit, floor, ratio, goal, met, note }
}

function reaches(goal: NonNullable<Goal>, value: number, ratio: number | null): boolean {
  if ('most' in goal) return value <= goal.most
  if ('least' in goal) return value >= goal.least
  if ('mostOfFloor' in goal) return ratio !== null && ratio <= goal.mostOfFloor
  return (ratio ?? 0) >= goal.leastOfFloor
}

const figure = (value: number) =>
  Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 0)

function goalText({ goal, unit }: Row): string {
  if (goal === null) return ''
  if ('most' in goal) return `≤ ${figure(goal.most)} ${unit}`.trim()
  if ('least' in goal) return `≥ ${figure(goal.least)} ${unit}`.trim()
  return 'mostOfFloor' in goal ? `≤ ${goal.mostOfFloor} × floor` : `≥ ${goal.leastOfFloor} × floor`
}

/** One line per figure; with `heading`, the names of the columns first. */
export function print(rows: Row[], heading = false): void {
  const line = (...[met, what, value, floor, ratio, goal, note]: string[]) =>
    console.log(
      `${met!.padEnd(3)} ${what!.padEnd(36)} ${value!.padStart(12)} ${floor!.padStart(12)} ${ratio!.padStart(8)}  ${goal!.padEnd(14)} ${note}`,
    )
  if (heading) line('', 'figure', 'value', 'floor', 'ratio', 'target', '')
  for (const one of rows) {
    line(
      one.met === null ? '' : one.met ? 'ok' : 'NO',
      one.what,
      `${figure(one.value)} ${one.unit}`.trim(),
      one.floor === null ? '' : `${figure(one.floor)} ${one.unit}`.trim(),
      one.ratio === null ? '' : `${one.ratio.toFixed(one.ratio < 10 ? 2 : 1)} ×`,
      goalText(one),
      one.note,
    )
  }
}
