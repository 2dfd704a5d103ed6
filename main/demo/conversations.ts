import { canonicalNumber } from '../core/numbers/index.ts'
import { canRing, type DemoCall, type DemoPhone, type ResultCode } from './demo-call.ts'
import type { Dice } from './random.ts'
import type { Schedule } from './schedule.ts'
import type { Switchboard } from './switchboard.ts'

/** Voice menus of the demo's PBX, by number. */
export const demoMenus: ReadonlyMap<number, string> = new Map([
  [1, '总机菜单'],
  [2, '营业时间和地址'],
  [3, '满意度评价'],
])

const second = 1000
const mostMembers = 8

interface ThirdParty {
  call: DemoCall
  target: string
  state: 'trying' | 'ringing' | 'answered' | 'refused'
  /** What keeps the third party's phone engaged meanwhile. */
  leg: DemoCall
  timers: (() => void)[]
}

/** More than two people: manual 003 §6 and §9 to 13. */
export interface DemoConversations {
  callThird(extension: string, target: string): ResultCode
  /** 100 trying, 180 ringing, 200 answered, 603 refused, 404 there is none. */
  thirdState(extension: string): ResultCode
  resume(extension: string): ResultCode
  transfer(extension: string): ResultCode
  threeWay(extension: string): ResultCode
  createConference(caller: string, callee: string, target: string): ResultCode
  joinConference(conference: string, target: string): ResultCode
  toMenu(caller: string, extension: string, menu: number): ResultCode
  /** The call is over, and with it whatever hung on it. */
  ended(call: DemoCall): void
}

export function createDemoConversations(deps: {
  board: Switchboard
  dice: Dice
  schedule: Schedule
  /** Nobody but the caller decides how long this call goes on. */
  onPassedOn(call: DemoCall): void
}): DemoConversations {
  const { board, dice, schedule } = deps
  const thirds = new Map<string, ThirdParty>()
  /** By the caller's number; who was called in. */
  const conferences = new Map<DemoCall, string[]>()

  const isFree = (phone: DemoPhone | undefined): phone is DemoPhone => canRing(phone) && !phone.talksIn
  /** Outside numbers can always be called; they take their time. */
  const canAnswer = (target: string) => !board.phones.has(target) || isFree(board.phones.get(target))

  function drop(extension: string): ThirdParty | undefined {
    const third = thirds.get(extension)
    if (!third) return undefined
    thirds.delete(extension)
    for (const cancel of third.timers) cancel()
    const phone = board.phones.get(third.target)
    if (phone?.talksIn === third.leg) phone.talksIn = null
    return third
  }

  function engage(third: ThirdParty): void {
    const phone = board.phones.get(third.target)
    if (phone && !isFree(phone)) {
      third.state = 'refused'
      return
    }
    third.state = 'answered'
    if (phone) phone.talksIn = third.leg
  }

  function ringThird(third: ThirdParty): void {
    const later = (ms: number, run: () => void) => third.timers.push(schedule.after(ms, run))
    later(300, () => {
      if (!canAnswer(third.target)) later(900, () => (third.state = 'refused'))
      else {
        third.state = 'ringing'
        later(dice.between(2 * second, 5 * second), () => {
          if (dice.chance(0.9)) engage(third)
          else third.state = 'refused'
        })
      }
    })
  }

  /** The running call of these two, whichever called. */
  function between(one: string, two: string): DemoCall | undefined {
    const wanted = new Set([canonicalNumber(one), canonicalNumber(two)])
    return [...board.live].find((call) => {
      const other = call.direction === 'incoming' ? call.caller : call.callee
      const phones = [...board.phones.values()].filter(({ talksIn }) => talksIn === call)
      return wanted.has(canonicalNumber(other)) && phones.some(({ extension }) => wanted.has(extension))
    })
  }

  /** They are called and, being free, come in after a while. */
  function callIn(call: DemoCall, members: string[], target: string): ResultCode {
    if (members.length >= mostMembers) return 503
    const phone = board.phones.get(target)
    if (members.includes(target) || (phone && !isFree(phone))) return 486
    members.push(target)
    board.later(call, dice.between(2 * second, 5 * second), () => {
      if (isFree(phone)) phone.talksIn = call
    })
    return 200
  }

  function withThird(extension: string, run: (third: ThirdParty) => void): ResultCode {
    const third = drop(extension)
    if (!third) return 404
    run(third)
    return 200
  }

  return {
    callThird(extension, target) {
      const call = board.phones.get(extension)?.talksIn
      if (!call || call.answeredAt === null || call.caller === extension) return 404
      if (target === extension) return 400
      if (thirds.has(extension)) return 500
      const leg: DemoCall = { ...call, caller: extension, callee: target, direction: 'internal', legs: [], timers: [] }
      const third: ThirdParty = { call, target, state: 'trying', leg, timers: [] }
      thirds.set(extension, third)
      ringThird(third)
      return 200
    },
    thirdState(extension) {
      const third = thirds.get(extension)
      if (!third) return 404
      return ({ trying: 100, ringing: 180, answered: 200, refused: 603 } as const)[third.state]
    },
    resume: (extension) => withThird(extension, () => undefined),
    transfer: (extension) =>
      withThird(extension, ({ call, target, state }) => {
        board.passTo(call, target, state === 'answered')
        if (state === 'answered') deps.onPassedOn(call)
      }),
    threeWay: (extension) =>
      withThird(extension, ({ call, target, state }) => {
        const phone = board.phones.get(target)
        conferences.set(call, [target])
        if (state === 'answered' && phone) phone.talksIn = call
        else if (phone) {
          board.later(call, 3 * second, () => {
            if (isFree(phone)) phone.talksIn = call
          })
        }
      }),
    createConference(caller, callee, target) {
      const call = between(caller, callee)
      if (!call) return 404
      if (conferences.has(call)) return 483
      const members: string[] = []
      const code = callIn(call, members, target)
      if (code === 200) conferences.set(call, members)
      return code
    },
    joinConference(conference, target) {
      const wanted = canonicalNumber(conference)
      const found = [...conferences].find(([call]) => canonicalNumber(call.caller) === wanted)
      return found ? callIn(found[0], found[1], target) : 404
    },
    toMenu(caller, extension, menu) {
      const call = between(caller, extension)
      if (call?.direction !== 'incoming' || !demoMenus.has(menu)) return 404
      board.leave(call, extension)
      // What the menu says takes a while; then the caller has heard enough.
      board.later(call, dice.between(10 * second, 25 * second), () => board.end(call))
      return 200
    },
    ended(call) {
      conferences.delete(call)
      for (const [extension, third] of thirds) if (third.call === call) drop(extension)
    },
  }
}
