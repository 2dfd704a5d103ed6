import { canonicalNumber } from '../core/numbers/index.ts'
import { callers, type EarlierCall } from './callers.ts'
import type { DemoCall } from './demo-call.ts'

/** One row of CALL_LOG_QUERY, keys as the PBX writes them (manual 003 §21). */
export interface LogRow {
  id: number
  caller: string
  callee: string
  channel: string
  /** Epoch ms. */
  beginTime: number
  /** Seconds talked. */
  duration: number
  state: 'STATE_FAILED' | 'STATE_RECEIVED' | 'STATE_RECEIVING'
  callType: 'CENTREX_CALL' | 'LOCAL_CALL'
  estimate: string
  /** `@` is written `%40`, as in the manual's sample. */
  callid: string
  record: string
  recordVoice: string
  cname: string
  servicetype: string
  manustate: string
  clickcallid: string
  fxonum: string
  productid: number
  _callTime: string
  _judge: number
}

export interface LogQuery {
  first: number
  maxResults: number
  /** Days as yyyy-MM-dd in UTC+8, both inclusive. */
  beginDate: string
  endDate: string
  telnum: string | null
  /** 0 all, 1 answered by an extension, 2 dialled by one. */
  direction: 0 | 1 | 2
}

export interface DemoCallLog {
  addEarlier(calls: EarlierCall[], now: number, newId: () => string): void
  /** A call that ended; those still running are given to `query`. */
  add(call: DemoCall): void
  query(query: LogQuery, running: Iterable<DemoCall>, now: number): LogRow[]
  /** Seconds recorded under a call id or a file name; null = no such recording. */
  recordedSec(by: { callId: string } | { fileName: string }): number | null
}

/** Oldest rows go first: a demo may run for days. */
const mostRows = 2000
const utcOffsetMs = 8 * 3_600_000

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const nameByNumber = new Map(callers.map(({ number, name }) => [number, name]))

function local(at: number): Date {
  return new Date(at + utcOffsetMs)
}

/** `Mar 28, 2016 6:27:47 PM` in UTC+8, as the sample shows it. */
function callTime(at: number): string {
  const day = local(at)
  const hour = day.getUTCHours()
  const [minutes, seconds] = [day.getUTCMinutes(), day.getUTCSeconds()].map((part) => String(part).padStart(2, '0'))
  const clock = `${hour % 12 || 12}:${minutes}:${seconds} ${hour < 12 ? 'AM' : 'PM'}`
  return `${months[day.getUTCMonth()]} ${day.getUTCDate()}, ${day.getUTCFullYear()} ${clock}`
}

function recordingPath(caller: string, callee: string, at: number): string {
  const stamp = local(at).toISOString()
  return `D:/records/monitor/${stamp.slice(0, 10)}/${caller}_${callee}_${stamp.slice(0, 19).replace(/\D/g, '')}.wav`
}

function isExtension(number: string): boolean {
  return /^8\d\d$/.test(number)
}

export function createDemoCallLog(): DemoCallLog {
  const rows: LogRow[] = []
  const rowByCall = new Map<string, LogRow>()
  let lastId = 0

  function row(
    from: Pick<LogRow, 'caller' | 'callee' | 'beginTime' | 'duration' | 'state'> & {
      id: number
      callId: string
      clickCallId: string
      note: string
    },
  ): LogRow {
    const { id, callId, clickCallId, note, ...known } = from
    const internal = isExtension(known.caller) && isExtension(known.callee)
    const outside = isExtension(known.caller) ? known.callee : known.caller
    return {
      ...known,
      id,
      channel: '127.0.0.1',
      callType: internal ? 'CENTREX_CALL' : 'LOCAL_CALL',
      estimate: '',
      callid: callId.replace('@', '%40'),
      record: note,
      recordVoice: known.state === 'STATE_RECEIVED' ? recordingPath(known.caller, known.callee, known.beginTime) : '',
      cname: internal ? '' : (nameByNumber.get(outside) ?? ''),
      servicetype: '',
      manustate: '',
      clickcallid: clickCallId,
      fxonum: '',
      productid: 0,
      _callTime: callTime(known.beginTime),
      _judge: 0,
    }
  }

  function keep(made: LogRow): void {
    rows.push(made)
    rowByCall.set(made.callid, made)
    const oldest = rows.length > mostRows ? rows.shift() : undefined
    if (oldest) rowByCall.delete(oldest.callid)
  }

  /** Who was called in the end: after a transfer, the phone that talked last. */
  function ofCall(call: DemoCall, id: number, now: number): LogRow {
    const talked = call.answeredAt !== null
    return row({
      id,
      callId: call.id,
      clickCallId: isExtension(call.caller) ? call.clickCallId : '',
      caller: call.caller,
      callee: call.direction === 'incoming' ? (call.answeredBy ?? call.callee) : call.callee,
      beginTime: call.startedAt,
      duration: call.answeredAt === null ? 0 : Math.round(((call.endedAt ?? now) - call.answeredAt) / 1000),
      state: call.endedAt === null ? 'STATE_RECEIVING' : talked ? 'STATE_RECEIVED' : 'STATE_FAILED',
      note: '',
    })
  }

  return {
    addEarlier(calls, now, newId) {
      for (const { minutesAgo, caller, extension, durationSec, note, outgoing } of calls) {
        const number = callers.find(({ id }) => id === caller)?.number ?? ''
        lastId += 1
        keep(
          row({
            id: lastId,
            callId: newId(),
            clickCallId: '',
            caller: outgoing ? extension : number,
            callee: outgoing ? number : extension,
            beginTime: now - minutesAgo * 60_000,
            duration: durationSec,
            state: durationSec > 0 ? 'STATE_RECEIVED' : 'STATE_FAILED',
            note,
          }),
        )
      }
    },
    add(call) {
      lastId += 1
      keep(ofCall(call, lastId, call.endedAt ?? call.startedAt))
    },
    query({ first, maxResults, beginDate, endDate, telnum, direction }, running, now) {
      let id = lastId
      const open = [...running].map((call) => {
        id += 1
        return ofCall(call, id, now)
      })
      const number = telnum === null ? null : canonicalNumber(telnum)
      return [...rows, ...open]
        .filter((one) => {
          const day = local(one.beginTime).toISOString().slice(0, 10)
          if (day < beginDate || day > endDate) return false
          if (number !== null && ![one.caller, one.callee].some((party) => canonicalNumber(party) === number))
            return false
          return direction === 0 || isExtension(direction === 1 ? one.callee : one.caller)
        })
        .sort((a, b) => b.beginTime - a.beginTime || b.id - a.id)
        .slice(first, first + maxResults)
    },
    recordedSec(by) {
      const found =
        'callId' in by
          ? rowByCall.get(by.callId.replace('@', '%40'))
          : rows.find(({ recordVoice }) => recordVoice !== '' && recordVoice === by.fileName)
      return found?.state === 'STATE_RECEIVED' ? found.duration : null
    },
  }
}
