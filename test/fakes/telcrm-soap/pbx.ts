import { Refusal, type Value } from './envelope.ts'

type Row = { [field: string]: Value }
type Args = Record<string, Value>

/** State of a click call: it goes on one step each time somebody asks, unless a test moves it. Tests may say any number. */
export interface ClickCall {
  extnum: string
  callee: string
  line: 'fixed' | 'ip'
  state: number
  ended: boolean
}

const refused = (text: string) => new Refusal('Server.userException', text)
const localDay = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/

/** What the four services do to the PBX. */
export class FakePbx {
  readonly extensions = new Set(['801', '802', '803'])
  readonly clicks = new Map<string, ClickCall>()
  readonly tasks = new Map<number, Row>()
  readonly mails = new Map<number, Row>()
  readonly calls: Row[] = []
  /** Most calls of one answer, whatever is asked for. */
  mostCalls = Number.POSITIVE_INFINITY
  /** False: tests move the click calls. */
  stepsByAsking = true
  /** Tells of a click call that began or was ended. */
  onClick: (clickCallId: string, click: ClickCall) => void = () => undefined
  /** What the log has besides `calls`. */
  moreCalls: () => Row[] = () => []
  /** By path; recordings also by the id of their call. */
  readonly files = new Map<string, Buffer>()
  /** Milliseconds; tests may set it. */
  now = Date.parse('2016-03-28T10:00:00Z')
  #lastTask = 100

  addMail(
    mail: { id: number; extnum: string; publicMail: boolean; beginTime: Date; caller?: string },
    sound: Buffer,
  ): void {
    const filepath = `F:/voice mail/${mail.id}&.wav`
    this.mails.set(mail.id, { caller: null, ivrInput: '#', duration: 12, ...mail, filepath })
    this.files.set(filepath, sound)
  }

  addCall(row: Row & { recordVoice: string }, callid: string, sound: Buffer): void {
    this.calls.push(row)
    this.files.set(row.recordVoice, sound)
    this.files.set(callid, sound)
  }

  readonly #services: Record<string, Record<string, (args: Args) => Value>> = {
    Click2CallControl: {
      click2call: (args) => this.#click(args, 'fixed'),
      click2ipcall: (args) => this.#click(args, 'ip'),
      click2hungup: ({ clickCallId }) => {
        const click = this.clicks.get(String(clickCallId))
        if (!click || click.ended) throw refused(`no call ${String(clickCallId)}`)
        click.ended = true
        this.onClick(String(clickCallId), click)
        return null
      },
      state4click: ({ clickCallId }) => {
        const click = this.clicks.get(String(clickCallId))
        if (!click || click.ended) return 0
        const { state } = click
        if (this.stepsByAsking) click.state = Math.min(3, state + 1)
        return state
      },
    },
    TextToCallService: {
      makeCall: ({ info }) => this.#makeCall(info as Row | null),
      remove: ({ texttocallId }) => {
        if (!this.tasks.delete(Number(texttocallId))) throw refused(`no task ${String(texttocallId)}`)
        return null
      },
      listWithToken: (args) => this.#listTasks(args, false),
      listUnCalled: (args) => this.#listTasks(args, true),
    },
    VoiceMailHome: {
      getMailsIncludePub: (args) => {
        const { begin, end } = args
        if (!(begin instanceof Date) || !(end instanceof Date)) throw refused('begin and end are needed')
        const wanted = [...this.mails.values()].filter(
          (mail) =>
            (mail.publicMail || mail.extnum === args.extnum) &&
            (mail.beginTime as Date) >= begin &&
            (mail.beginTime as Date) <= end,
        )
        return page(wanted, args.first, args.maxresults)
      },
      getMails: ({ extnum }) => [...this.mails.values()].filter((mail) => !mail.publicMail && mail.extnum === extnum),
      downloadVoice: ({ filepath }) => this.files.get(String(filepath)) ?? null,
      deleteWithId: ({ mailId }) => {
        if (!this.mails.delete(Number(mailId))) throw refused(`no message ${String(mailId)}`)
        return null
      },
    },
    CallRecordHome: {
      listCalllog: (args) => this.#listCalls(args),
      downloadVoice: ({ filepath }) => this.files.get(String(filepath)) ?? null,
      downloadVoiceWithCallId: ({ callid }) => this.files.get(String(callid)) ?? null,
    },
  }

  run(service: string, method: string, args: Args): Value {
    return this.#services[service]![method]!(args)
  }

  #click({ extnum, callee }: Args, line: ClickCall['line']): string {
    if (!this.extensions.has(String(extnum))) throw refused(`no extension ${String(extnum)}`)
    if (callee === null || callee === '') throw refused('no number')
    const id = `click-${this.clicks.size + 1}@192.168.1.82`
    const click = { extnum: String(extnum), callee: String(callee), line, state: 0, ended: false }
    this.clicks.set(id, click)
    this.onClick(id, click)
    return id
  }

  #makeCall(info: Row | null): number {
    if (!info || typeof info.callee !== 'string' || typeof info.content !== 'string' || info.content === '')
      throw refused('callee and content are needed')
    const known = this.tasks.get(Number(info.id))
    if (info.id !== -1 && !known) throw refused(`no task ${String(info.id)}`)
    if (known && known.state !== 'WAITING') throw refused('only WAITING tasks can be modified')
    this.#lastTask += known ? 0 : 1
    const id = known ? Number(info.id) : this.#lastTask
    const createTime = known?.createTime ?? new Date(this.now)
    this.tasks.set(id, { ...info, id, createTime, state: 'WAITING', ttsfile: null, calltime: 0, playingtime: null })
    return id
  }

  #listTasks(args: Args, waiting: boolean): Row[] {
    const wanted = [...this.tasks.values()].filter(
      (task) =>
        task.servicetype === args.servicetype &&
        (args.linkkey === null || task.linkkey === args.linkkey) &&
        (!waiting || task.state === 'WAITING'),
    )
    return page(wanted, args.first, args.maxResults)
  }

  #listCalls(args: Args): Row[] {
    const { beginDate, endDate, telnum, dirction } = args
    if (!localDay.test(String(beginDate)) || !localDay.test(String(endDate))) throw refused('wrong date format')
    if (telnum === null || ![0, 1, 2].includes(Number(dirction))) throw refused('telnum or dirction is wrong')
    const from = Date.parse(`${String(beginDate).replace(' ', 'T')}+08:00`)
    const to = Date.parse(`${String(endDate).replace(' ', 'T')}+08:00`)
    const wanted = [...this.calls, ...this.moreCalls()].filter((row) => {
      const at = Number(row.beginTime)
      if (at < from || at > to) return false
      if (telnum !== '' && row.caller !== telnum && row.callee !== telnum) return false
      return dirction === 0 || (dirction === 2) === this.extensions.has(String(row.caller))
    })
    return page(wanted, args.first, Math.min(Number(args.maxResults), this.mostCalls))
  }
}

function page(rows: Row[], first: Value | undefined, size: Value | undefined): Row[] {
  if (typeof first !== 'number' || typeof size !== 'number' || first < 0 || size < 1) throw refused('wrong page')
  return rows.slice(first, first + size)
}
