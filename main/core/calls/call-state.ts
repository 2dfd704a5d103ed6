import type { CallState } from '../../../preload/contract/index.ts'
import { isMainLeg, looksLikeExtension } from './call-parties.ts'
import type { CallRecord, LegRecord } from './call-record.ts'
import { legKey } from './fold.ts'

/** What a record says about its call now. Times are epoch ms. A pure function of the record. */
export interface DerivedCall {
  state: CallState
  startedAt: number
  ringingAt: number | null
  answeredAt: number | null
  endedAt: number | null
  /** Extension that talked; the last one after transfers. */
  answeredBy: string | null
  group: string | null
  /** The number that is being called now: who talks, else who rings, else who was tried last. */
  callee: string
  /** The legs that make up the call, by first report. The caller's own leg only when there is nothing else. */
  legs: DerivedLeg[]
  /** No end was reported; closed because of its age. */
  unconfirmed: boolean
  /** A call from here: so far only the caller's own telephone rings. */
  ringsHere: boolean
}

export interface DerivedLeg extends LegRecord {
  state: CallState
  /** First report of this leg. */
  startedAt: number
  endedAt: number | null
}

export const isLive = (state: CallState): boolean => state !== 'hungup' && state !== 'missed'

interface LegPhase {
  leg: LegRecord
  key: string
  phase: 'calling' | 'ringing' | 'talking' | 'ended'
  startedAt: number
  endedAt: number | null
  confirmed: boolean
}

/** State, times and people of a call, from what was reported about its legs. */
export function deriveCall(record: CallRecord): DerivedCall {
  const main = record.legs.filter(isMainLeg)
  const others = record.legs.filter((leg) => !isMainLeg(leg))
  const acting = others.length > 0 ? others : main
  const talked = acting.some((leg) => leg.seen.talking !== undefined)
  const closedAt = callerLeft(main, talked)
  const talks = acting.flatMap((leg) => leg.seen.talking ?? [])
  const phases = acting.map((leg) => phaseOf(leg, closedAt, talks)).sort(byStart)
  const state = stateOf(phases, talked)
  const ended = !isLive(state)
  const startedAt = earliest(record.legs.flatMap((leg) => Object.values(leg.seen))) ?? 0
  const answeredAt = earliest(acting.map((leg) => leg.seen.talking))
  const shown = representative(phases)
  return {
    state,
    startedAt,
    ringingAt: earliest(acting.map((leg) => leg.seen.ringing)),
    answeredAt,
    endedAt: ended ? endOf(phases, closedAt, answeredAt ?? startedAt) : null,
    answeredBy: whoTalked(record, phases),
    group: shown?.leg.group || phases.find(({ leg }) => leg.group !== '')?.leg.group || firstGroup(main),
    callee: shown?.leg.extension ?? '',
    legs: phases.map((one) => ({
      ...one.leg,
      state: one.phase === 'ended' ? (talked ? 'hungup' : 'missed') : one.phase,
      startedAt: one.startedAt,
      endedAt: one.endedAt,
    })),
    unconfirmed: ended && closedAt === null && unconfirmed(phases, talked),
    ringsHere:
      state === 'calling' && record.direction !== 'incoming' && main.some((leg) => leg.seen.ringing !== undefined),
  }
}

/** When the caller's own leg ended the whole call. A cancelled caller leg says nothing once somebody talks. */
function callerLeft(main: LegRecord[], talked: boolean): number | null {
  const hungup = earliest(main.map((leg) => leg.seen.hungup))
  if (hungup !== null || talked) return hungup
  return earliest(main.map((leg) => leg.seen.canceled))
}

function phaseOf(leg: LegRecord, closedAt: number | null, talks: number[]): LegPhase {
  const { seen } = leg
  const key = legKey(leg)
  const startedAt = earliest(Object.values(seen)) ?? 0
  const lastAliveAt = latest([seen.calling, seen.ringing, seen.talking])
  const reportedEnd = earliest([seen.hungup, seen.canceled]) ?? closedAt ?? answeredElsewhere(leg, lastAliveAt, talks)
  if (reportedEnd !== null) {
    return { leg, key, phase: 'ended', startedAt, endedAt: Math.max(reportedEnd, startedAt), confirmed: true }
  }
  // Only a sign of life that is newer than our own guess takes the guess back.
  if (seen.expired !== undefined && seen.expired >= (lastAliveAt ?? seen.expired)) {
    return { leg, key, phase: 'ended', startedAt, endedAt: seen.expired, confirmed: false }
  }
  const phase = seen.talking !== undefined ? 'talking' : seen.ringing !== undefined ? 'ringing' : 'calling'
  return { leg, key, phase, startedAt, endedAt: null, confirmed: false }
}

/** Some systems send nothing to a phone that stops ringing because another one was picked up. */
function answeredElsewhere(leg: LegRecord, lastAliveAt: number | null, talks: number[]): number | null {
  if (leg.seen.talking !== undefined || lastAliveAt === null) return null
  return earliest(talks.filter((at) => at > lastAliveAt))
}

function stateOf(phases: LegPhase[], talked: boolean): CallState {
  for (const phase of ['talking', 'ringing', 'calling'] as const) {
    if (phases.some((one) => one.phase === phase)) return phase
  }
  return talked ? 'hungup' : 'missed'
}

function endOf(phases: LegPhase[], closedAt: number | null, notBefore: number): number {
  const last = latest(phases.map((one) => one.endedAt)) ?? notBefore
  return Math.max(closedAt ?? last, notBefore)
}

function unconfirmed(phases: LegPhase[], talked: boolean): boolean {
  const deciding = talked ? phases.filter(({ leg }) => leg.seen.talking !== undefined) : phases
  return deciding.some((one) => !one.confirmed)
}

/** The leg that stands for the call: talking before ringing before calling; when all ended, who talked; the newest of those. */
function representative(phases: LegPhase[]): LegPhase | null {
  const weight = ({ phase, leg }: LegPhase) =>
    phase === 'ended' ? (leg.seen.talking === undefined ? 0 : 1) : { calling: 2, ringing: 3, talking: 4 }[phase]
  return phases.reduce<LegPhase | null>((best, one) => {
    if (best === null || weight(one) > weight(best)) return one
    return weight(one) === weight(best) && newest(one) >= newest(best) ? one : best
  }, null)
}

const newest = ({ leg, startedAt }: LegPhase) => leg.seen.talking ?? leg.seen.ringing ?? startedAt

function whoTalked(record: CallRecord, phases: LegPhase[]): string | null {
  const talkers = phases.filter(({ leg }) => leg.seen.talking !== undefined)
  const last = talkers.reduce<LegPhase | null>((best, one) => (best && newest(best) > newest(one) ? best : one), null)
  if (!last) return null
  if (looksLikeExtension(last.leg.extension)) return last.leg.extension
  // A call that we made: the colleague who talked is the one who dialled.
  if (looksLikeExtension(record.caller)) return record.caller
  return isMainLeg(last.leg) || last.leg.extension === '' ? null : last.leg.extension
}

const firstGroup = (legs: LegRecord[]) => legs.find((leg) => leg.group !== '')?.group ?? null

const byStart = (a: LegPhase, b: LegPhase) => a.startedAt - b.startedAt || (a.key < b.key ? -1 : 1)

function earliest(times: (number | undefined)[]): number | null {
  let best: number | null = null
  for (const at of times) if (at !== undefined && (best === null || at < best)) best = at
  return best
}

function latest(times: (number | null | undefined)[]): number | null {
  let best: number | null = null
  for (const at of times) if (at !== undefined && at !== null && (best === null || at > best)) best = at
  return best
}
