import type { Call } from '../../../preload/contract/index.ts'
import { rangForSec, talkedExtensions } from './call-result.ts'

/** One line of "what happened": a key under `calls:step`, its time where one is known, and the values of its sentence. */
export interface CallStep {
  key: CallStepKey
  at: number | null
  look: 'ringing' | 'talking' | 'plain'
  icon: 'in' | 'out' | 'bell' | 'phone' | 'transfer' | 'hangup' | 'missed' | 'check' | 'clock'
  who?: string
  rangSec?: number
}

type CallStepKey =
  | 'cameIn'
  | 'cameInGroup'
  | 'wentOut'
  | 'internal'
  | 'rang'
  | 'rangFor'
  | 'answered'
  | 'answeredSomebody'
  | 'connected'
  | 'transferred'
  | 'ended'
  | 'endedMissed'
  | 'unconfirmed'
  | 'handled'
  | 'calledBack'

/** The course of a call as far as the PBX reported it, oldest first. A step whose time was not reported has `at: null`. */
export function callSteps(call: Call): CallStep[] {
  const steps: CallStep[] = [firstStep(call)]
  const rung = legNames(call)
  if (call.ringingAt !== null) {
    const rangSec = rangForSec(call)
    const who = rung || call.callee.display
    steps.push(
      rangSec === null
        ? { key: 'rang', at: call.ringingAt, look: 'ringing', icon: 'bell', who }
        : { key: 'rangFor', at: call.ringingAt, look: 'ringing', icon: 'bell', who, rangSec },
    )
  }
  steps.push(...talkSteps(call))
  if (call.endedAt !== null) steps.push(lastStep(call, call.endedAt))
  if (call.handledAt !== null) steps.push({ key: 'handled', at: call.handledAt, look: 'plain', icon: 'check' })
  return steps
}

function firstStep(call: Call): CallStep {
  const at = call.startedAt
  if (call.direction === 'outgoing') return { key: 'wentOut', at, look: 'plain', icon: 'out', who: call.callee.display }
  if (call.direction === 'internal') return { key: 'internal', at, look: 'plain', icon: 'in', who: call.callee.display }
  const group = call.groupName ?? call.group
  if (group) return { key: 'cameInGroup', at, look: 'plain', icon: 'in', who: group }
  return { key: 'cameIn', at, look: 'plain', icon: 'in' }
}

function talkSteps(call: Call): CallStep[] {
  if (call.answeredAt === null) return []
  const who = call.answeredByName ?? call.answeredBy ?? ''
  // Legs tell who talked, not when: with several, only the last one is known by name, and only the first time.
  if (talkedExtensions(call).length > 1 && who) {
    return [
      { key: 'answeredSomebody', at: call.answeredAt, look: 'talking', icon: 'phone' },
      { key: 'transferred', at: null, look: 'plain', icon: 'transfer', who },
    ]
  }
  if (call.direction === 'outgoing') return [{ key: 'connected', at: call.answeredAt, look: 'talking', icon: 'phone' }]
  if (!who) return [{ key: 'answeredSomebody', at: call.answeredAt, look: 'talking', icon: 'phone' }]
  return [{ key: 'answered', at: call.answeredAt, look: 'talking', icon: 'phone', who }]
}

function lastStep(call: Call, at: number): CallStep {
  if (call.unconfirmed) return { key: 'unconfirmed', at, look: 'plain', icon: 'clock' }
  if (call.state === 'missed') return { key: 'endedMissed', at, look: 'plain', icon: 'missed' }
  return { key: 'ended', at, look: 'plain', icon: 'hangup' }
}

/** The telephones that rang: extensions, and the customer's as it is read. */
function legNames(call: Call): string {
  const numbers = new Set(call.legs.filter((leg) => leg.businessId !== 'maincall').map((leg) => leg.extension))
  const names = [...numbers].map((number) => (number === call.callee.number ? call.callee.display : number))
  return names.filter(Boolean).join('、')
}
