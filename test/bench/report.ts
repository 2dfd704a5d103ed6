export interface Row {
  what: string
  value: number
  unit: string
  target: number | null
  note: string
  met: boolean | null
}

/** `atLeast`: the target is a lower bound, else an upper one. */
export function row(what: string, value: number, unit: string, target: number | null, note = '', atLeast = false): Row {
  const met = target === null ? null : atLeast ? value >= target : value <= target
  return { what, value, unit, target, note, met }
}

const figure = (value: number) =>
  Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 0)

export function print(rows: Row[]): void {
  for (const { what, value, unit, target, note, met } of rows) {
    const verdict = met === null ? '   ' : met ? 'ok ' : 'NO '
    const goal = target === null ? '' : `(target ${figure(target)} ${unit})`
    console.log(`${verdict} ${what.padEnd(36)} ${`${figure(value)} ${unit}`.padStart(12)}  ${goal.padEnd(20)} ${note}`)
  }
}
