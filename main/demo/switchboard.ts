import type { Presence } from '../../preload/contract/index.ts'
import { canonicalNumber } from '../core/numbers/index.ts'
import type { Clock } from '../core/ports/index.ts'
import { canRing, type DemoCall, type DemoLeg, type DemoPhone, type ResultCode } from './demo-call.ts'
import { officePhones } from './office.ts'
import type { Dice } from './random.ts'
import type { Schedule } from './schedule.ts'
import type { ScreenPop } from './screen-pops.ts'

export interface Switchboard {
  readonly phones: ReadonlyMap<string, DemoPhone>
  readonly live: ReadonlySet<DemoCall>
  /** A call from outside rings these phones; phones that cannot ring are left out. */
  ringIn(from: { caller: string; callee: string; targets: string[]; group: string }): DemoCall
  /** Already talking, silently: how the day begins. */
  resume(from: { caller: string; callee: string; direction: DemoCall['direction']; sinceSec: number }): DemoCall
  dial(extension: string, number: string): { code: ResultCode; clickCallId: string }
  /** The leg is picked up; every other one stops ringing. */
  answer(call: DemoCall, leg: DemoLeg): void
  end(call: DemoCall): void
  hangUp(extension: string, number: string): ResultCode
  transfer(extension: string, target: string): ResultCode
  /** Whoever of us is in the call leaves it to this number; `answered` = it is on the phone already, else it rings. */
  passTo(call: DemoCall, number: string, answered: boolean): void
  /** This phone leaves the call, which goes on without it. */
  leave(call: DemoCall, extension: string): void
  setPresence(extension: string, presence: Presence): ResultCode
  /** The supervisor talks at once in the agent's place. Both are there, and the agent talks. */
  takeOver(agent: DemoPhone, supervisor: DemoPhone): void
  /** Other party of a phone's running call. */
  remoteOf(phone: DemoPhone): string | null
  /** A step of a call's story: dropped when the call ends. */
  later(call: DemoCall, ms: number, run: () => void): void
}

export interface SwitchboardDeps {
  clock: Clock
  dice: Dice
  schedule: Schedule
  send(pop: ScreenPop): void
  /** A phone began to ring: somebody may answer. */
  onRing(call: DemoCall, leg: DemoLeg): void
  /** The caller's own phone was picked up and the other side is being called. */
  onDialled(call: DemoCall, leg: DemoLeg): void
  onEnd(call: DemoCall): void
}

const ringAfterMs = 400
const pickUpAfterMs: [number, number] = [1500, 3000]

/** The demo's exchange: phones, calls, and the notifications that manual 003 §4 describes. */
export function createSwitchboard(deps: SwitchboardDeps): Switchboard {
  const { clock, dice, schedule } = deps
  const phones = new Map<string, DemoPhone>(
    officePhones.map((phone) => [phone.extension, { ...phone, missed: 0, talksIn: null }]),
  )
  const live = new Set<DemoCall>()

  function open(from: Pick<DemoCall, 'caller' | 'callee' | 'direction' | 'startedAt' | 'silent'>): DemoCall {
    const id = [8, 4, 4, 4, 12].map((length) => dice.hex(length)).join('-')
    const call: DemoCall = {
      ...from,
      id: `${id}@127.0.0.1`,
      clickCallId: `click-${dice.hex(12)}`,
      answeredAt: null,
      answeredBy: null,
      endedAt: null,
      legs: [],
      timers: [],
    }
    live.add(call)
    return call
  }

  function addLeg(call: DemoCall, callee: string, group: string): DemoLeg {
    const digits = String(clock.now()) + String(dice.between(100_000, 999_999))
    const leg: DemoLeg = { businessId: `${digits}-${call.legs.length}@127.0.0.1`, callee, group, state: 'waiting' }
    call.legs.push(leg)
    return leg
  }

  function report(call: DemoCall, leg: DemoLeg, state: ScreenPop['state']): void {
    if (call.silent) return
    const { id } = call
    // After a transfer of a call that we made, the person outside is the one who is put through.
    const moved = call.direction === 'outgoing' && phones.has(leg.callee)
    const direction = call.direction === 'incoming' || moved ? 'incoming' : 'outgoing'
    const caller = moved ? call.callee : call.caller
    deps.send({ id, caller, callee: leg.callee, state, direction, businessId: leg.businessId, group: leg.group })
  }

  function reportMain(call: DemoCall, state: ScreenPop['state']): void {
    if (call.silent) return
    const { id, caller, callee } = call
    const direction = call.direction === 'incoming' ? 'incoming' : 'outgoing'
    const group = phones.get(callee)?.group ?? phones.get(caller)?.group ?? call.legs[0]?.group ?? ''
    deps.send({ id, caller, callee, state, direction, businessId: 'maincall', group })
  }

  function later(call: DemoCall, ms: number, run: () => void): void {
    if (call.endedAt === null) call.timers.push(schedule.after(ms, run))
  }

  function ring(call: DemoCall, leg: DemoLeg): void {
    report(call, leg, 'calling')
    later(call, ringAfterMs, () => {
      if (leg.state !== 'waiting') return
      leg.state = 'ringing'
      report(call, leg, 'ringing')
      deps.onRing(call, leg)
    })
  }

  function endLeg(call: DemoCall, leg: DemoLeg): void {
    if (leg.state === 'ended') return
    const talked = leg.state === 'talking'
    leg.state = 'ended'
    const phone = phones.get(leg.callee)
    if (phone?.talksIn === call && talked) phone.talksIn = null
    if (phone && !talked && call.answeredAt === null) phone.missed += 1
    report(call, leg, talked ? 'hungup' : 'canceled')
  }

  function answer(call: DemoCall, leg: DemoLeg): void {
    const phone = phones.get(leg.callee)
    if (call.endedAt !== null || leg.state !== 'ringing' || phone?.talksIn) return
    const first = call.answeredAt === null
    call.answeredAt ??= clock.now()
    call.answeredBy = leg.callee
    leg.state = 'talking'
    if (phone) phone.talksIn = call
    if (first) reportMain(call, 'talking')
    report(call, leg, 'talking')
    for (const other of call.legs) if (other !== leg && other.state !== 'talking') endLeg(call, other)
  }

  function end(call: DemoCall): void {
    if (call.endedAt !== null) return
    for (const leg of call.legs) endLeg(call, leg)
    reportMain(call, call.answeredAt === null ? 'canceled' : 'hungup')
    call.endedAt = clock.now()
    for (const phone of phones.values()) if (phone.talksIn === call) phone.talksIn = null
    for (const cancel of call.timers.splice(0)) cancel()
    live.delete(call)
    deps.onEnd(call)
  }

  function remoteOf(phone: DemoPhone): string | null {
    const call = phone.talksIn
    if (!call) return null
    if (call.caller === phone.extension) return call.callee
    return call.direction === 'outgoing' ? call.callee : call.caller
  }

  /** Every call that this phone talks in, rings for or is dialling. */
  function callsOf(extension: string): DemoCall[] {
    const rings = (call: DemoCall) => call.legs.some((leg) => leg.callee === extension && leg.state !== 'ended')
    return [...live].filter(
      (call) => call.caller === extension || rings(call) || phones.get(extension)?.talksIn === call,
    )
  }

  /** A new leg instead of all others; nobody's plans for the call count any more. */
  function handOver(call: DemoCall, number: string): DemoLeg {
    for (const cancel of call.timers.splice(0)) cancel()
    const next = addLeg(call, number, phones.get(number)?.group ?? call.legs[0]?.group ?? '')
    for (const leg of call.legs) if (leg !== next) endLeg(call, leg)
    for (const phone of phones.values()) if (phone.talksIn === call) phone.talksIn = null
    return next
  }

  return {
    phones,
    live,
    remoteOf,
    answer,
    end,
    later,
    ringIn({ caller, callee, targets, group }) {
      const call = open({ caller, callee, direction: 'incoming', startedAt: clock.now(), silent: false })
      const ringing = targets.filter((extension) => canRing(phones.get(extension)))
      const legs = ringing.map((extension) => addLeg(call, extension, group))
      reportMain(call, 'calling')
      for (const leg of legs) ring(call, leg)
      if (legs.length === 0) later(call, ringAfterMs, () => end(call))
      return call
    },
    resume({ caller, callee, direction, sinceSec }) {
      const startedAt = clock.now() - sinceSec * 1000
      const call = open({ caller, callee, direction, startedAt, silent: true })
      const leg = addLeg(call, callee, phones.get(callee)?.group ?? '')
      leg.state = 'talking'
      call.answeredAt = startedAt
      call.answeredBy = callee
      const phone = phones.get(direction === 'incoming' ? callee : caller)
      if (phone) phone.talksIn = call
      return call
    },
    dial(extension, number) {
      const phone = phones.get(extension)
      if (!phone) return { code: 404, clickCallId: '' }
      if (!phone.registered || phone.presence === 'offline') return { code: 480, clickCallId: '' }
      if (callsOf(extension).some((call) => call.caller === extension || phone.talksIn === call))
        return { code: 486, clickCallId: '' }
      const target = phones.get(number)
      const direction = target ? 'internal' : 'outgoing'
      const call = open({ caller: extension, callee: number, direction, startedAt: clock.now(), silent: false })
      const leg = addLeg(call, number, target?.group ?? phone.group)
      reportMain(call, 'calling')
      later(call, dice.between(...pickUpAfterMs), () => {
        if (phone.talksIn) return end(call)
        phone.talksIn = call
        if (target && (!canRing(target) || target.talksIn)) return later(call, ringAfterMs, () => end(call))
        if (target) return ring(call, leg)
        report(call, leg, 'calling')
        leg.state = 'ringing'
        report(call, leg, 'ringing')
        deps.onDialled(call, leg)
      })
      return { code: 200, clickCallId: call.clickCallId }
    },
    hangUp(extension, number) {
      if (!phones.has(extension)) return 404
      const wanted = canonicalNumber(number)
      const call = callsOf(extension).find((one) =>
        [one.caller, one.callee].some((party) => party !== extension && canonicalNumber(party) === wanted),
      )
      if (!call) return 481
      const legs = call.legs.filter((leg) => leg.callee === extension && leg.state !== 'ended')
      const leg = legs[0]
      // Refusing a call that rings elsewhere too only silences this phone.
      if (leg && leg.state !== 'talking' && call.legs.some((one) => one !== leg && one.state !== 'ended'))
        endLeg(call, leg)
      else end(call)
      return 200
    },
    transfer(extension, targetNumber) {
      const target = phones.get(targetNumber)
      const phone = phones.get(extension)
      if (!phone || !target) return 404
      if (target === phone) return 400
      if (!target.registered || target.presence === 'offline') return 480
      const call = phone.talksIn
      if (!call || call.answeredAt === null) return 481
      if (target.presence === 'busy' || target.talksIn) return 486
      ring(call, handOver(call, target.extension))
      return 200
    },
    passTo(call, number, answered) {
      const next = handOver(call, number)
      if (phones.has(number) && !answered) return ring(call, next)
      next.state = 'ringing'
      if (answered) answer(call, next)
      else deps.onDialled(call, next)
    },
    leave(call, extension) {
      for (const cancel of call.timers.splice(0)) cancel()
      for (const leg of call.legs) if (leg.callee === extension) endLeg(call, leg)
    },
    takeOver(agent, supervisor) {
      const call = agent.talksIn
      if (!call) return
      const next = addLeg(call, supervisor.extension, supervisor.group)
      for (const leg of call.legs) if (leg !== next) endLeg(call, leg)
      agent.talksIn = null
      next.state = 'ringing'
      answer(call, next)
    },
    setPresence(extension, presence) {
      const phone = phones.get(extension)
      if (!phone) return 404
      phone.presence = presence
      return 200
    },
  }
}
