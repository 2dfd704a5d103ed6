/** The platform's zone: the manual names none, every customer of it is in China. */
const defaultZone = '+08:00'

const vendorForm = /^([12]\d{3})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/
const isoForm =
  /^([12]\d{3})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/i

interface Moment {
  /** Epoch ms as if the wall clock showed UTC. */
  wall: number
  /** Offset that the text itself gave, ms. */
  offset: number | null
}

/**
 * A time as people write it, as the platform wants it: `2019-01-24 16:38:36` → `20190124163836`. A `T` between, missing
 * seconds, a day alone (its start, or its last second when `edge` is `end`) and the platform's own form are understood; with
 * `Z` or an offset the time is moved to `zone`. Null = not a time. Manual 004 §5.3.
 */
export function toVendorTime(text: string, edge: 'start' | 'end' = 'start', zone = defaultZone): string | null {
  const moment = read(text.trim(), edge)
  if (!moment) return null
  const wall = moment.offset === null ? moment.wall : moment.wall - moment.offset + offsetMs(zone)
  return new Date(wall).toISOString().replace(/\D/g, '').slice(0, 14)
}

/** A time of an answer, in either form, as epoch ms. Null = none, or not a time. */
export function readVendorTime(text: string, zone = defaultZone): number | null {
  const moment = read(text.trim(), 'start')
  return moment && moment.wall - (moment.offset ?? offsetMs(zone))
}

function read(text: string, edge: 'start' | 'end'): Moment | null {
  const found = vendorForm.exec(text) ?? isoForm.exec(text)
  if (!found) return null
  const [, year, month, day, hour, minute, second, zone] = found
  const dayEdge = edge === 'end' && hour === undefined ? ['23', '59', '59'] : ['00', '00', '00']
  const clock = [hour ?? dayEdge[0], minute ?? dayEdge[1], second ?? dayEdge[2]].join(':')
  const wanted = `${year}-${month}-${day}T${clock}`
  const wall = Date.parse(`${wanted}.000Z`)
  // 30 February and 24:00 would silently become other days.
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(wanted)) return null
  return { wall, offset: zone === undefined ? null : offsetMs(zone) }
}

/** `+08:00`, `+0800` or `Z` in ms. */
function offsetMs(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
