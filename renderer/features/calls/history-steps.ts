import type { HistoryCall, HistoryStep } from '../../../preload/contract/index.ts'
import type { CallStep } from './call-steps.ts'

const nameOf = (step: HistoryStep) => (step.name === null ? step.extension : `${step.extension} ${step.name}`)

/**
 * The course of a call of the history, oldest first. A log tells when it began and how long was talked; what each telephone
 * did is known only of calls that this PC was told of while they lasted.
 */
export function historySteps(call: HistoryCall, told: readonly HistoryStep[]): CallStep[] {
  const steps: CallStep[] = [firstStep(call), ...toldSteps(call, told)]
  if (call.result === 'running') return steps
  const talked = call.result === 'answered'
  if (talked && !told.some(({ state }) => state === 'talking')) steps.push(answeredStep(call))
  const over = told.findLast(({ state }) => state === 'hungup' || state === 'missed')?.at ?? null
  if (talked) steps.push({ key: 'ended', at: over, look: 'plain', icon: 'hangup' })
  else steps.push({ key: 'endedMissed', at: over, look: 'plain', icon: 'missed' })
  if (call.handledAt !== null) steps.push({ key: 'handled', at: call.handledAt, look: 'plain', icon: 'check' })
  if (call.calledBack !== null) {
    const { at, extension } = call.calledBack
    steps.push({ key: 'calledBack', at, look: 'plain', icon: 'phone', who: extension })
  }
  return steps
}

function firstStep(call: HistoryCall): CallStep {
  const at = call.startedAt
  if (call.direction === 'outgoing') return { key: 'wentOut', at, look: 'plain', icon: 'out', who: call.callee.display }
  if (call.direction === 'internal') return { key: 'internal', at, look: 'plain', icon: 'in', who: call.callee.display }
  const group = call.groupName ?? call.group
  return group === null
    ? { key: 'cameIn', at, look: 'plain', icon: 'in' }
    : { key: 'cameInGroup', at, look: 'plain', icon: 'in', who: group }
}

/** Who rang and who talked. The customer's own telephone is no extension of ours. */
function toldSteps(call: HistoryCall, told: readonly HistoryStep[]): CallStep[] {
  const outside = call.direction === 'incoming' ? call.caller.number : call.callee.number
  const ours = told.filter(({ extension }) => extension !== '' && extension !== outside)
  let talks = 0
  return ours.flatMap((step): CallStep[] => {
    if (step.state === 'ringing')
      return [{ key: 'rang', at: step.at, look: 'ringing', icon: 'bell', who: nameOf(step) }]
    if (step.state !== 'talking') return []
    talks += 1
    const who = nameOf(step)
    if (talks > 1) return [{ key: 'transferred', at: step.at, look: 'plain', icon: 'transfer', who }]
    return [{ key: 'answered', at: step.at, look: 'talking', icon: 'phone', who }]
  })
}

function answeredStep(call: HistoryCall): CallStep {
  if (call.direction === 'outgoing') return { key: 'connected', at: null, look: 'talking', icon: 'phone' }
  if (call.extension === '' || call.direction === 'internal')
    return { key: 'answeredSomebody', at: null, look: 'talking', icon: 'phone' }
  return { key: 'answered', at: null, look: 'talking', icon: 'phone', who: call.extension }
}
