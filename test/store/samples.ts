import { performance } from 'node:perf_hooks'
import type { CallRecord, LegRecord } from '../../main/core/calls/call-record.ts'
import type { InboxEvent } from '../../main/core/calls/inbox-event.ts'
import { nothingElse } from '../../main/core/history/history-desk.ts'
import { canonicalNumber } from '../../main/core/numbers/index.ts'
import type { CallQuery, Clock, HistoryEntry, HistoryQuery, Log } from '../../main/core/ports/index.ts'

export const realClock: Clock = {
  now: () => Date.now(),
  mono: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export interface LogLine {
  level: string
  event: string
  fields: Record<string, unknown>
}

export function createTestLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = []
  const at =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}) => {
      lines.push({ level, event, fields })
    }
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: () => log }
  return { log, lines }
}

export function event(over: Partial<Omit<InboxEvent, 'id'>> = {}): Omit<InboxEvent, 'id'> {
  return {
    connection: 'pbx',
    receivedAt: 1_760_000_000_000,
    source: '192.168.1.82',
    callId: 'call-1',
    caller: '013500000002',
    callee: '802',
    state: 'ringing',
    direction: 'incoming',
    businessId: 'leg-1',
    group: '9001',
    raw: 'GET /srvlt?id=call-1 HTTP/1.1',
    charset: 'utf-8',
    ...over,
  }
}

export function leg(extension: string, seen: LegRecord['seen'], businessId = `leg-${extension}`): LegRecord {
  return { businessId, extension, group: '', seen }
}

/** A call to 802 that is still ringing, unless told otherwise. */
export function record(over: Partial<CallRecord> & { at?: number } = {}): CallRecord {
  const { at = 1_760_000_000_000, ...rest } = over
  return {
    callId: 'call-1',
    connection: 'pbx',
    caller: '013500000002',
    canonical: '13500000002',
    direction: 'incoming',
    legs: [leg('802', { ringing: at })],
    handledAt: null,
    ...rest,
  }
}

/** A call nobody took. */
export const missedCall = (callId: string, at: number, over: Partial<CallRecord> = {}) =>
  record({ callId, legs: [leg('802', { ringing: at, canceled: at + 9000 })], ...over })

/** A call that 802 took and ended. */
export const answeredCall = (callId: string, at: number, over: Partial<CallRecord> = {}) =>
  record({ callId, legs: [leg('802', { ringing: at, talking: at + 4000, hungup: at + 60_000 })], ...over })

export function query(over: Partial<CallQuery> = {}): CallQuery {
  return {
    filter: 'all',
    text: '',
    before: null,
    since: null,
    limit: 100,
    todayFrom: 0,
    extension: '802',
    missedExtensions: null,
    ...over,
  }
}

/** A call of the history: 802 took it, unless told otherwise. */
export function entry(over: Partial<HistoryEntry> & Pick<HistoryEntry, 'callId' | 'startedAt'>): HistoryEntry {
  const number = over.number ?? '13500000002'
  return {
    direction: 'incoming',
    result: 'answered',
    number,
    canonical: canonicalNumber(number),
    name: null,
    spelling: '',
    toldBy: 'log',
    extension: '802',
    group: null,
    durationSec: 30,
    note: null,
    causeCode: null,
    causeText: null,
    recordingKind: null,
    recording: null,
    ...over,
  }
}

export function historyQuery(over: Partial<HistoryQuery> = {}): HistoryQuery {
  return {
    ...nothingElse,
    limit: 100,
    ...over,
  }
}
