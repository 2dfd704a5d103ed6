import type { DialProgress } from '../ports/index.ts'
import { isMainLeg, looksLikeExtension } from './call-parties.ts'
import type { CallRecord } from './call-record.ts'
import { mergeRecords } from './fold.ts'
import type { InboxEvent, ScreenPopState } from './inbox-event.ts'

/** A call that was dialled here through the PBX, which is asked how far it is by the key that it gave. */
export interface ClickCall {
  clickCallId: string
  connection: string
  /** Rings first. */
  extension: string
  /** As it was sent to the PBX. */
  number: string
}

/** What became known of it: how far it is, or that it is over. */
export type ClickNews = DialProgress | 'ended'

const mark = 'click:'
/** A report that comes later than this is about another call, ms. */
const longestSetUpMs = 180_000

type Told = readonly [leg: 'own' | 'other', state: ScreenPopState]
/** In the words of a screen pop. The called number's leg is there from the start: it says whom the call is for. */
const toldBy: Record<ClickNews, readonly Told[]> = {
  idle: [['other', 'calling']],
  'extension-ringing': [
    ['other', 'calling'],
    ['own', 'ringing'],
  ],
  'number-ringing': [['other', 'ringing']],
  talking: [['other', 'talking']],
  ended: [['own', 'hungup']],
}

/** News of a click call as events to fold, so that they may come in any order, twice, or not at all. `at` in epoch ms. */
export function clickEvents({ clickCallId, connection, extension, number }: ClickCall, news: ClickNews, at: number) {
  return toldBy[news].map(
    ([leg, state]): InboxEvent => ({
      ...{ id: 0, connection, receivedAt: at, source: '', callId: clickCallId, caller: extension, state },
      ...(leg === 'own'
        ? { callee: extension, businessId: 'maincall' }
        : { callee: number, businessId: mark + clickCallId }),
      ...{ direction: 'outgoing', group: '', raw: '', charset: 'utf-8' },
    }),
  )
}

const isClickLeg = ({ businessId }: { businessId: string }) => businessId.startsWith(mark)

/** Null when the PBX reported it. */
export function clickCallOf(record: CallRecord): ClickCall | null {
  const leg = record.legs.find(isClickLeg)
  if (!leg) return null
  const { callId: clickCallId, connection, caller: extension } = record
  return { clickCallId, connection, extension, number: leg.extension }
}

/** First report. */
const startOf = ({ legs }: CallRecord) => Math.min(...legs.flatMap(({ seen }) => Object.values(seen)))
const endOf = ({ legs }: CallRecord) => Math.min(...legs.flatMap(({ seen }) => seen.hungup ?? []))

/** May this be how the PBX reports the call that was dialled here? */
function fits(click: CallRecord, reported: CallRecord): boolean {
  if (click.connection !== reported.connection || click.caller !== reported.caller) return false
  const number = click.legs.find(isClickLeg)?.extension
  const isCalled = reported.legs.some(({ extension }) => extension === number)
  if (!isCalled && (click.direction !== 'outgoing' || click.canonical !== reported.canonical)) return false
  const began = startOf(reported)
  return began >= startOf(click) && began <= Math.min(startOf(click) + longestSetUpMs, endOf(click))
}

const earlier = (a: CallRecord, b: CallRecord) =>
  startOf(a) < startOf(b) || (startOf(a) === startOf(b) && a.callId < b.callId)

/**
 * Which reported call each click call is, by call id: of those to the same number the first that began after it was
 * dialled and before the next one was. Only the set of calls matters, never the order in which they became known.
 */
export function pairClicks(clicks: readonly CallRecord[], reported: Iterable<CallRecord>): Map<string, string> {
  const pairs = new Map<string, CallRecord>()
  for (const one of reported) {
    const click = clicks.reduce<CallRecord | null>(
      (newest, click) => (fits(click, one) && (newest === null || earlier(newest, click)) ? click : newest),
      null,
    )
    if (!click) continue
    const known = pairs.get(click.callId)
    if (!known || earlier(one, known)) pairs.set(click.callId, one)
  }
  return new Map([...pairs].map(([clickCallId, { callId }]) => [clickCallId, callId]))
}

/** The reported call with what its click call knows: whichever of the two hears of something first, it counts. */
export function joinClick(reported: CallRecord, click: CallRecord): CallRecord {
  const legs = click.legs.map((leg) => {
    const own = isMainLeg(leg) ? undefined : reported.legs.find((one) => !isMainLeg(one) && sameNumber(one, leg, click))
    return own ? { ...leg, businessId: own.businessId, extension: own.extension } : leg
  })
  return mergeRecords(reported, { ...click, callId: reported.callId, legs })
}

/** An outside number may be reported in another spelling than it was dialled in; there is only one on such a call. */
const sameNumber = (one: { extension: string }, leg: { extension: string }, click: CallRecord) =>
  one.extension === leg.extension || (click.direction === 'outgoing' && !looksLikeExtension(one.extension))
