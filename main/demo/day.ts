import { callers, outsideNumbers } from './callers.ts'
import { canRing, type DemoCall, type DemoLeg, type DemoPhone } from './demo-call.ts'
import { officeGroups, receptionist, supervisor } from './office.ts'
import type { Dice } from './random.ts'
import type { Schedule } from './schedule.ts'
import type { Switchboard } from './switchboard.ts'

const second = 1000
const firstCallAfterMs = 3 * second
const patienceMs = 20 * second
const mostTalking = 7

export interface Day {
  begin(): void
  /** What the people do when a phone rings. */
  onRing(call: DemoCall, leg: DemoLeg): void
  onDialled(call: DemoCall, leg: DemoLeg): void
  /** Put through to somebody who was on the phone already. */
  onPassedOn(call: DemoCall): void
}

/** The people of the demo: who calls, who picks up, how long they talk. */
export function createDay(deps: { board: Switchboard; dice: Dice; schedule: Schedule }): Day {
  const { board, dice, schedule } = deps
  const seconds = (low: number, high: number): number => dice.between(low * second, high * second)

  function free(phone: DemoPhone): boolean {
    return phone.extension !== receptionist && phone.extension !== supervisor && canRing(phone) && !phone.talksIn
  }

  function freeColleagues(group?: string): DemoPhone[] {
    return [...board.phones.values()].filter((phone) => free(phone) && (group === undefined || phone.group === group))
  }

  function hangUpLater(call: DemoCall, low: number, high: number): void {
    board.later(call, seconds(low, high), () => board.end(call))
  }

  function pickUp(call: DemoCall, leg: DemoLeg): void {
    const phone = board.phones.get(leg.callee)
    if (call.endedAt !== null || leg.state !== 'ringing') return
    // Still in another call: she takes this one when that ends, if the caller waits.
    if (phone?.talksIn) {
      board.later(call, second, () => pickUp(call, leg))
      return
    }
    if (phone?.extension === receptionist && phone.presence !== 'online') return
    board.answer(call, leg)
    if (leg.callee === receptionist) hangUpLater(call, 20, 90)
    else hangUpLater(call, 20, 150)
  }

  /** Nobody listens to a ringing tone for ever: at first, nor after having been put through. */
  function giveUpLater(call: DemoCall): void {
    board.later(call, patienceMs, () => {
      if (!call.legs.some(({ state }) => state === 'talking')) board.end(call)
    })
  }

  function newCaller(): string {
    const busy = new Set([...board.live].map((call) => call.caller))
    return dice.pick(callers.filter(({ number }) => !busy.has(number)))?.number ?? outsideNumbers[0] ?? ''
  }

  function callTheDesk(): void {
    const desk = board.phones.get(receptionist)
    const group = officeGroups.find(({ id }) => id === desk?.group)
    const caller = newCaller()
    const whole = desk?.presence === 'busy' || dice.chance(0.3)
    const targets =
      whole && group ? group.extensions.filter((one) => one === receptionist || isFree(one)) : [receptionist]
    board.ringIn({ caller, callee: whole && group ? group.id : receptionist, targets, group: desk?.group ?? '' })
    schedule.after(seconds(40, 70), callTheDesk)
  }

  function isFree(extension: string): boolean {
    const phone = board.phones.get(extension)
    return phone !== undefined && free(phone)
  }

  /** Colleagues telephone too: the board must live. */
  function keepColleaguesBusy(): void {
    schedule.after(seconds(7, 18), keepColleaguesBusy)
    const talking = [...board.phones.values()].filter(({ talksIn }) => talksIn).length
    const colleague = dice.pick(freeColleagues())
    if (!colleague || talking >= mostTalking) return
    if (dice.chance(0.5)) {
      const inside = dice.chance(0.2) ? dice.pick(freeColleagues().filter((one) => one !== colleague)) : undefined
      board.dial(colleague.extension, inside?.extension ?? dice.pick(outsideNumbers) ?? '')
      return
    }
    const members = freeColleagues(colleague.group).map(({ extension }) => extension)
    const whole = dice.chance(0.4) && members.length > 1
    const targets = whole ? members.slice(0, 3) : [colleague.extension]
    board.ringIn({
      caller: newCaller(),
      callee: whole ? colleague.group : colleague.extension,
      targets,
      group: colleague.group,
    })
  }

  return {
    begin() {
      const running: [string, string, DemoCall['direction'], number][] = [
        ['808', '18600005521', 'outgoing', 277],
        ['075528000123', '813', 'incoming', 680],
        ['13300009087', '815', 'incoming', 72],
      ]
      for (const [caller, callee, direction, sinceSec] of running)
        hangUpLater(board.resume({ caller, callee, direction, sinceSec }), 25, 120)
      schedule.after(firstCallAfterMs, () => {
        const [first] = callers
        if (first)
          board.ringIn({
            caller: first.number,
            callee: receptionist,
            targets: [receptionist],
            group: board.phones.get(receptionist)?.group ?? '',
          })
        schedule.after(seconds(40, 70), callTheDesk)
      })
      schedule.after(seconds(4, 9), keepColleaguesBusy)
    },
    onRing(call, leg) {
      const transferred = call.answeredAt !== null
      if (transferred || call.legs.indexOf(leg) === 0) giveUpLater(call)
      if (transferred) {
        board.later(call, seconds(2, 5), () => pickUp(call, leg))
      } else if (leg.callee === receptionist) {
        if (dice.chance(0.8)) board.later(call, seconds(4, 9), () => pickUp(call, leg))
      } else if (dice.chance(0.9)) {
        const slowerMs = call.legs.length > 1 ? 2 * second : 0
        board.later(call, seconds(2, 6) + slowerMs, () => pickUp(call, leg))
      }
    },
    onPassedOn: (call) => hangUpLater(call, 20, 150),
    onDialled(call, leg) {
      giveUpLater(call)
      if (!dice.chance(0.85)) return
      board.later(call, seconds(3, 7), () => {
        board.answer(call, leg)
        hangUpLater(call, 20, 120)
      })
    },
  }
}
