/** Written from manual 001 alone. */

interface Bound {
  seat: string
  caller: string
}

export interface FakeCall {
  id: number
  sessionId: string
  direction: '0'
  callerNum: string
  calleeNum: string
  /** `yyyy-MM-dd HH:mm:ss` */
  callEndTime: string
  callOutAnswerTime: string
  recordFlag: '0' | '1'
  recordFileDownloadUrl: string
  callmin: number
  duration?: string
}

export interface FakeState {
  /** 客户标识 */
  customer: string
  bound: Bound[]
  calls: FakeCall[]
  /** Remaining time. */
  balance: number
  sessions: number
}

type Body = Record<string, unknown>
type Result = { data: unknown } | { refused: string }

interface FakeOperation {
  required: readonly string[]
  optional: readonly string[]
  /** The section asks for the header. */
  authorized: boolean
  run(body: Body, state: FakeState): Result
}

/** 国家码(+86)+手机号码, or +86, area code without its 0, landline. */
const number = /^\+86(1[3-9]\d{9}|[1-9]\d{1,2}[2-8]\d{6,7})$/
const seat = /^PP\d{7,}$/
const time = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/
const wrong = (name: string): Result => ({ refused: `参数${name}格式错误` })

export const fakeOperations: Record<string, FakeOperation> = {
  '/management/add/setingphone': {
    required: ['userData', 'setingNbr', 'userPhone'],
    optional: [],
    authorized: true,
    run({ setingNbr, userPhone }, state) {
      if (!seat.test(String(setingNbr))) return wrong('setingNbr')
      if (!number.test(String(userPhone))) return wrong('userPhone')
      if (state.bound.some((one) => one.seat === setingNbr && one.caller === userPhone)) return { refused: '已绑定' }
      state.bound = state.bound.filter((one) => one.seat !== setingNbr)
      state.bound.push({ seat: String(setingNbr), caller: String(userPhone) })
      return { data: '绑定成功' }
    },
  },
  '/rest/voiceCall/api': {
    required: ['callerNbr', 'calleeNbr', 'userData', 'setingNbr'],
    optional: [],
    authorized: false,
    run({ callerNbr, calleeNbr, setingNbr }, state) {
      if (!number.test(String(callerNbr))) return wrong('callerNbr')
      if (!number.test(String(calleeNbr))) return wrong('calleeNbr')
      if (!state.bound.some((one) => one.seat === setingNbr && one.caller === callerNbr))
        return { refused: '主叫号码未绑定坐席' }
      if (state.balance <= 0) return { refused: '余额不足' }
      state.sessions += 1
      const sessionId = `b82effb1-7555-4977-8acc-a00544f725c9_${state.sessions}`
      state.calls.push({
        ...{ id: state.calls.length + 1, sessionId, direction: '0' },
        ...{ callerNum: String(callerNbr), calleeNum: String(calleeNbr) },
        ...{ callEndTime: '2019-03-25 10:25:00', callOutAnswerTime: '2019-03-25 10:24:12' },
        ...{ recordFlag: '0', recordFileDownloadUrl: '', callmin: 1 },
      })
      return { data: sessionId }
    },
  },
  '/call/record/voice': {
    required: ['starTime', 'endTime', 'userData'],
    optional: ['maxId'],
    authorized: true,
    run({ maxId = 0, starTime, endTime }, state) {
      if (!Number.isInteger(maxId)) return wrong('maxId')
      if (!time.test(String(starTime))) return wrong('starTime')
      if (!time.test(String(endTime))) return wrong('endTime')
      const rows = state.calls.filter(
        (one) => one.id >= Number(maxId) && one.callEndTime >= String(starTime) && one.callEndTime <= String(endTime),
      )
      // Whether the row of maxId comes again is left open: here it does.
      return { data: rows.slice(0, 100) }
    },
  },
  '/management/customer/isallow': {
    required: ['userData'],
    optional: [],
    authorized: true,
    run: (_body, state) => ({ data: state.balance }),
  },
}
