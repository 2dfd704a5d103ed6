import { type HistoryCall, HistoryFilter } from '../../../preload/contract/index.ts'
import { type Period, spanOfPeriod } from './periods.ts'

/** What the list is asked for, apart from what is typed: a filter whose time may move with the calendar. */
export interface Look {
  filter: HistoryFilter
  /** Takes the place of the filter's `from` and `to`. */
  period: Period | null
}

export const views = ['today', 'missed', 'callBack', 'mine', 'recorded', 'all'] as const
export type View = (typeof views)[number]

export const everything: HistoryFilter = HistoryFilter.parse({})

/** The look behind each entry on the left. `mine` of nobody finds nothing. */
export function lookOf(view: View, myExtension: string | null): Look {
  const filters: Record<View, Partial<HistoryFilter>> = {
    today: {},
    missed: { unhandled: true },
    callBack: { toCallBack: true },
    mine: { extension: myExtension ?? '-' },
    recorded: { recorded: true },
    all: {},
  }
  return { filter: { ...everything, ...filters[view] }, period: view === 'today' ? 'today' : null }
}

/** The filter to ask for now. */
export function filterOf(look: Look, typed: string, now: number): HistoryFilter {
  const text = typed.trim()
  return {
    ...look.filter,
    ...(look.period !== null && spanOfPeriod(look.period, now)),
    ...(text !== '' && { text }),
  }
}

const sorted = (filter: HistoryFilter) => Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))

/** The same text for the same look, whatever order its parts are in. */
export const filterKey = (filter: HistoryFilter): string => JSON.stringify(sorted(filter))
export const sameLook = (a: Look, b: Look): boolean =>
  a.period === b.period && filterKey(a.filter) === filterKey(b.filter)

const withSigns = (text: string) => text.normalize('NFKC').toLowerCase()

/** Does the filter let this call through? For calls that are not in the history yet; what is typed is only looked for as it stands. */
export function fits(filter: HistoryFilter, call: HistoryCall): boolean {
  const outside = call.direction === 'incoming' ? call.caller : call.callee
  const holds = <T>(wanted: T | null, is: T) => wanted === null || wanted === is
  if (filter.unhandled || filter.toCallBack) {
    if (call.result !== 'missed' || call.direction !== 'incoming' || call.handledAt !== null) return false
  }
  if (!holds(filter.direction, call.direction) || !holds(filter.result, call.result)) return false
  if (!holds(filter.connection, call.connection) || !holds(filter.group, call.group)) return false
  if (filter.extension !== null && ![call.extension, call.caller.number, call.callee.number].includes(filter.extension))
    return false
  if (!holds(filter.person, outside.person ?? null)) return false
  if (!holds(filter.canonical, outside.canonical) || !holds(filter.recorded, call.recording !== null)) return false
  // What is written at the desk is not told with a call that goes on: the list brings it.
  if (filter.tags.length > 0 && !filter.tags.some((tag) => call.tags.includes(tag))) return false
  if (filter.followUp && call.followUpAt === null) return false
  if (filter.from !== null && call.startedAt < filter.from) return false
  if (filter.to !== null && call.startedAt >= filter.to) return false
  if (filter.minDurationSec !== null && call.durationSec < filter.minDurationSec) return false
  if (filter.maxDurationSec !== null && call.durationSec > filter.maxDurationSec) return false
  const found = withSigns(
    [outside.number, outside.canonical, outside.name, outside.company, call.note, call.ownNote, ...call.tags].join(' '),
  )
  const texts = [filter.text, filter.number, filter.name, filter.note].join(' ')
  return termsOf(texts).every((term) => found.includes(term))
}

/** The words that are looked for, as the core reads them: a number may be written with blanks, dashes and brackets. */
export function termsOf(typed: string): string[] {
  const text = withSigns(typed).replace(/['’]/g, '').trim()
  if (text === '') return []
  if (/^\+?[\d\s().*#-]+$/.test(text)) return [text.replace(/[\s().-]/g, '')].filter((one) => one !== '')
  return text.split(/\s+/)
}
