/** Moments that are offered for a reminder. */
export type DueChoice = 'halfHour' | 'hour' | 'thisAfternoon' | 'tomorrow' | 'monday'

const minute = 60_000
const officeOpens = 9
const afternoon = 16

/** At this hour of the day `days` after that of `now`, local time. */
function atHour(now: number, days: number, hour: number): number {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime()
}

/** Whole minutes; those that are past are not offered, nor any two for the same moment. */
export function dueChoices(now: number): { choice: DueChoice; at: number }[] {
  const whole = Math.ceil(now / minute) * minute
  const weekday = new Date(now).getDay()
  const all: { choice: DueChoice; at: number }[] = [
    { choice: 'halfHour', at: whole + 30 * minute },
    { choice: 'hour', at: whole + 60 * minute },
    { choice: 'thisAfternoon', at: atHour(now, 0, afternoon) },
    { choice: 'tomorrow', at: atHour(now, 1, officeOpens) },
    { choice: 'monday', at: atHour(now, (8 - weekday) % 7 || 7, officeOpens) },
  ]
  return all.filter(({ at }, place) => at > now && all.findIndex((one) => one.at === at) === place)
}

/** `2026-11-20T15:00` as a date field has it, local time. */
export function toField(at: number): string {
  const date = new Date(at)
  const pad = (part: number) => String(part).padStart(2, '0')
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`
}

/** Epoch ms; null for a field that is not filled in whole. */
export function fromField(text: string): number | null {
  const at = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(text) ? new Date(text).getTime() : Number.NaN
  return Number.isNaN(at) ? null : at
}
