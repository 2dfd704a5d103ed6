import type { InboxEvent } from '../../../main/core/calls/inbox-event.ts'

export const dayStart = Date.UTC(2026, 10, 20, 9, 0, 0)

/** An event of call `c1` for extension 802, unless told otherwise. */
export function popEvent(changes: Partial<InboxEvent> & Pick<InboxEvent, 'state'>): InboxEvent {
  return {
    id: 0,
    connection: 'pbx',
    receivedAt: dayStart,
    source: '192.168.1.82',
    callId: 'c1@192.168.1.82',
    caller: '13500000002',
    callee: '802',
    direction: 'incoming',
    businessId: 'b1@192.168.1.82',
    group: '3003',
    raw: '',
    charset: 'utf-8',
    ...changes,
  }
}

/** What a number looks like in tests: no separators, no country code. */
export const canonicalOf = (number: string) => number.replace(/^\+?86/, '').replace(/^0(1)/, '$1')

/** Every order of the items. */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  )
}
