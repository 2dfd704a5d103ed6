import { randomUUID } from 'node:crypto'
import { AnnouncementQueue } from './announcement-queue.ts'
import { ConversationState, type ThirdParty } from './conversation-state.ts'
import { CustomerBase, type FakeContact, numbersOf } from './customer-base.ts'
import { SoundFiles } from './sound-files.ts'

/** One extension, in the vendor's words. Tests may change any field at any time. */
export interface FakeExtension {
  telNum: string
  userName: string
  telRegState: 0 | 1
  phoneType: string
  state: 'IDEL' | 'IDLE' | 'ONLINE' | 'BUSY_OUTGOING' | 'BUSY_INCOMING' | 'OFFLINE'
  presence: 'online' | 'offline' | 'reducing' | 'busy' | 'unkown'
  missingCallCount: number
  /** Absent when there is no call. */
  remoteNum?: string
}

export interface FakeLeg {
  businessId: string
  extension: string
  state: 'ringing' | 'talking' | 'ended'
}

export interface FakeCall {
  /** The id of the screen pops and of the log, with a plain `@`. */
  id: string
  /** `incoming` sends screen pops; `dialled` comes from a click to dial. */
  kind: 'incoming' | 'dialled'
  caller: string
  callee: string
  group: string
  state: 'ringing' | 'talking' | 'ended'
  /** In the order in which they came to be; the last one is the current one. */
  legs: FakeLeg[]
  startedAt: number
  answeredAt: number | null
  endedAt: number | null
  clickCallId: string
  /** Voice menu that the caller was sent to. */
  menu?: number
}

/** A row of CALL_LOG_QUERY with the vendor's names and spelling. */
export interface FakeLogRow {
  id: number
  caller: string
  callee: string
  beginTime: number
  duration: number
  state: 'STATE_FAILED' | 'STATE_RECEIVED' | 'STATE_RECEIVING'
  callType: 'CENTREX_CALL' | 'LOCAL_CALL' | 'NATIONAL_CALL' | 'OVERSEAS_CALL' | 'UNKNOW_CALL'
  estimate: number | ''
  channel: string
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

/** Extensions, calls and log of the fake PBX. Pure bookkeeping: no sockets here. */
export class PbxState {
  readonly extensions = new Map<string, FakeExtension>()
  readonly calls = new Map<string, FakeCall>()
  /** Customer names by number, for the log's `cname`. */
  readonly customers = new Map<string, string>()
  /** Rows that tests put in by hand; finished and running calls come on top. */
  readonly oldLog: FakeLogRow[] = []
  /** Most rows of the log that one answer holds, whatever is asked for. */
  mostLogRows = Number.POSITIVE_INFINITY
  readonly #byDay = new Map<number, FakeLogRow[]>()
  #filed = 0
  /** Numbers of the voice menus. */
  readonly menus = new Set([3, 20])
  readonly conversations = new ConversationState()
  readonly announcements = new AnnouncementQueue()
  readonly customerBase = new CustomerBase()
  readonly sounds = new SoundFiles()
  #serial = 0

  addExtension(telNum: string, userName: string, more: Partial<FakeExtension> = {}): FakeExtension {
    const extension: FakeExtension = {
      telNum,
      userName,
      telRegState: 1,
      phoneType: 'NewRockTech-MX8-v1.9.82.333/UA',
      state: 'IDEL',
      presence: 'online',
      missingCallCount: 0,
      ...more,
    }
    this.extensions.set(telNum, extension)
    return extension
  }

  isBusy(telNum: string): boolean {
    return this.extensions.get(telNum)?.state.startsWith('BUSY') ?? false
  }

  open(
    kind: FakeCall['kind'],
    caller: string,
    callee: string,
    extension: string,
    group: string,
    id?: string,
  ): FakeCall {
    const call: FakeCall = {
      id: id ?? `${randomUUID()}@192.168.1.82`,
      kind,
      caller,
      callee,
      group,
      state: 'ringing',
      legs: [],
      startedAt: Date.now(),
      answeredAt: null,
      endedAt: null,
      clickCallId: kind === 'dialled' ? `click-${++this.#serial}-${randomUUID().slice(0, 8)}` : '',
    }
    this.calls.set(call.id, call)
    this.addLeg(call, extension)
    return call
  }

  addLeg(call: FakeCall, extension: string): FakeLeg {
    const leg: FakeLeg = { businessId: `${Date.now()}${++this.#serial}-0@192.168.1.102`, extension, state: 'ringing' }
    call.legs.push(leg)
    return leg
  }

  /** The current leg is picked up. */
  answer(call: FakeCall): FakeLeg {
    const leg = call.legs.at(-1)!
    leg.state = 'talking'
    call.state = 'talking'
    call.answeredAt ??= Date.now()
    const extension = this.extensions.get(leg.extension)
    if (extension) {
      extension.state = call.kind === 'incoming' ? 'BUSY_INCOMING' : 'BUSY_OUTGOING'
      extension.remoteNum = call.kind === 'incoming' ? call.caller : call.callee
    }
    return leg
  }

  endLeg(leg: FakeLeg): void {
    const extension = this.extensions.get(leg.extension)
    if (extension && leg.state === 'talking') {
      extension.state = 'IDEL'
      delete extension.remoteNum
    }
    leg.state = 'ended'
  }

  end(call: FakeCall): void {
    for (const leg of call.legs) this.endLeg(leg)
    call.state = 'ended'
    call.endedAt = Date.now()
  }

  /** The extension's running call. */
  callOf(telNum: string, state?: FakeCall['state']): FakeCall | undefined {
    return [...this.calls.values()].find(
      (call) =>
        call.state !== 'ended' &&
        (state === undefined || call.state === state) &&
        call.legs.some((leg) => leg.extension === telNum && leg.state !== 'ended'),
    )
  }

  /** Talks in which one of the two called the other, the extension being still there. */
  callsBetween(caller: string, callee: string): FakeCall[] {
    return [...this.calls.values()].filter((call) => {
      const here = call.legs.filter((leg) => leg.state === 'talking').map((leg) => leg.extension)
      const other = call.kind === 'incoming' ? call.caller : call.callee
      const isPair = (one: string, two: string) => one === other && here.includes(two)
      return call.state === 'talking' && (isPair(caller, callee) || isPair(callee, caller))
    })
  }

  /** On the phone, inside or outside. */
  isEngaged(number: string): boolean {
    return this.callOf(number) !== undefined || this.conversations.engaged.has(number)
  }

  /** Of the extension's running call. */
  thirdPartyOf(telNum: string): ThirdParty | undefined {
    const third = this.conversations.thirdParties.get(telNum)
    return third && this.callOf(telNum, 'talking')?.id === third.callId ? third : undefined
  }

  /** False = a number is there already. The log shows the new names. */
  addContacts(contacts: FakeContact[]): boolean {
    if (!this.customerBase.addContacts(contacts)) return false
    for (const contact of contacts) for (const number of numbersOf(contact)) this.customers.set(number, contact.cname)
    return true
  }

  /** Calls that began in [from, to), newest first. */
  log(from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): FakeLogRow[] {
    const within = ({ beginTime }: FakeLogRow) => beginTime >= from && beginTime < to
    const now = [...this.calls.values()].map((call, index) => this.#row(call, 1000 + index)).filter(within)
    const old = this.#oldDays(from, to).flatMap((day) => this.#byDay.get(day)!.filter(within))
    return now.length === 0 ? old : [...now, ...old].sort(newestFirst)
  }

  /** Days (of UTC) of the old log that touch the span, newest first. A long log is asked for day by day. */
  #oldDays(from: number, to: number): number[] {
    if (this.oldLog.length < this.#filed) {
      this.#byDay.clear()
      this.#filed = 0
    }
    const touched = new Set<number>()
    for (; this.#filed < this.oldLog.length; this.#filed += 1) {
      const row = this.oldLog[this.#filed]!
      const day = Math.floor(row.beginTime / dayMs)
      const rows = this.#byDay.get(day)
      if (rows) rows.push(row)
      else this.#byDay.set(day, [row])
      touched.add(day)
    }
    // Whoever asks for a page of a long log does not wait for all of it to be sorted again.
    for (const day of touched) this.#byDay.get(day)!.sort(newestFirst)
    return [...this.#byDay.keys()].filter((day) => (day + 1) * dayMs > from && day * dayMs < to).sort((a, b) => b - a)
  }

  #row(call: FakeCall, id: number): FakeLogRow {
    const outside = call.kind === 'incoming' ? call.caller : call.callee
    return logRow({
      id,
      caller: call.caller,
      callee: call.kind === 'incoming' ? call.legs.at(-1)!.extension : call.callee,
      beginTime: call.startedAt,
      duration: call.answeredAt === null ? 0 : Math.round(((call.endedAt ?? Date.now()) - call.answeredAt) / 1000),
      state: call.answeredAt === null ? 'STATE_FAILED' : call.state === 'ended' ? 'STATE_RECEIVED' : 'STATE_RECEIVING',
      callType: this.extensions.has(outside) ? 'CENTREX_CALL' : 'LOCAL_CALL',
      callid: call.id.replaceAll('@', '%40'),
      recordVoice: this.sounds.recordingOf(call.id)?.path ?? '',
      cname: this.customers.get(outside) ?? '',
      clickcallid: call.clickCallId,
    })
  }
}

const dayMs = 86_400_000
const newestFirst = (a: FakeLogRow, b: FakeLogRow) => b.beginTime - a.beginTime || b.id - a.id
const callTime = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'Asia/Shanghai',
})

/** A log row with the sample's values where nothing else is said. `_callTime` is UTC+8, as in the sample. */
export function logRow(
  row: Partial<FakeLogRow> & Pick<FakeLogRow, 'id' | 'caller' | 'callee' | 'beginTime'>,
): FakeLogRow {
  return {
    duration: 0,
    state: 'STATE_FAILED',
    callType: 'LOCAL_CALL',
    estimate: '',
    channel: '192.168.3.80',
    callid: `log-${row.id}%40192.168.1.82`,
    record: '',
    recordVoice: '',
    cname: '',
    servicetype: '',
    manustate: '',
    clickcallid: '',
    fxonum: '',
    productid: 0,
    _callTime: callTime.format(row.beginTime),
    _judge: 0,
    ...row,
  }
}
