import {
  type Call,
  type CrmRule,
  type CrmValues,
  crmRuleFor,
  fillTemplate,
  isAllowedHost,
  templateFlaw,
  templateHost,
} from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { CoreError } from '../errors.ts'
import type { CallKey, Clock, DispositionStore, LinkOpener, Log } from '../ports/index.ts'

/** A call that was answered longer ago is not opened by itself, ms: it is one that we hear of late. */
const freshMs = 10_000

/** What an address is made of. */
export type CrmCall = Pick<Call, 'callId' | 'connection' | 'direction' | 'group' | 'caller' | 'callee'>

export interface CrmDeps {
  clock: Clock
  log: Log
  store: Pick<DispositionStore, 'claimOpening'>
  links: LinkOpener
  settings(): { rules: readonly CrmRule[]; hosts: readonly string[] }
  /** One that goes on, or one of any history; null = nothing is known of it. */
  callOf(call: CallKey): CrmCall | null
}

export interface Crm {
  desk: Desk['crm']
  /** A call rings here. */
  rang(call: Call): void
  /** This call may have been answered here just now. */
  answered(call: Call): void
  /** A rule waits for answered calls. */
  watchesAnswers(): boolean
}

/** What a template shows in the settings. */
const sample: CrmValues = {
  caller: '13500000002',
  callee: '802',
  callId: '0a1b2c3d@192.168.1.82',
  name: '李建国',
  group: '3002',
  direction: 'incoming',
}

/** The values of a call. Numbers in the form that every spelling of them shares; what is not known is empty. */
export function crmValues(call: CrmCall): CrmValues {
  const other = call.direction === 'outgoing' ? call.callee : call.caller
  return {
    caller: call.caller.canonical || call.caller.number,
    callee: call.callee.canonical || call.callee.number,
    callId: call.callId,
    name: other.name ?? '',
    group: call.group ?? '',
    direction: call.direction,
  }
}

/** Opens the customer system for calls: by hand, or once by itself when one rings or is answered. */
export function createCrm(deps: CrmDeps): Crm {
  const { clock, log } = deps

  function assertHost(template: string): string {
    const host = templateHost(template)
    if (isAllowedHost(host, deps.settings().hosts)) return host
    throw new CoreError('forbidden', {
      field: 'crm.hosts',
      reason: `${host} is not among the hosts that may be opened`,
    })
  }

  async function open(rule: CrmRule, call: CrmCall, byHand: boolean): Promise<{ url: string; opened: boolean }> {
    const host = assertHost(rule.template)
    const url = fillTemplate(rule.template, crmValues(call))
    if (url === null)
      throw new CoreError('bad-request', { field: 'template', reason: 'a value of this call does not fit the address' })
    if (!deps.links.web || (byHand && deps.links.pageOpensClicks)) return { url, opened: false }
    await deps.links.web(url, host)
    return { url, opened: true }
  }

  /** At most once per call and occasion, also after a restart: whoever claims it opens it. */
  function openByItself(call: Call, occasion: 'ring' | 'answer'): void {
    const { rules } = deps.settings()
    const rule = crmRuleFor(
      rules.filter(({ on }) => on === occasion),
      call,
    )
    if (!rule) return
    const told = async () => {
      if (!(await deps.store.claimOpening(call, occasion, clock.now()))) return
      const { opened } = await open(rule, call, false)
      log.info('crm-opened', { rule: rule.id, occasion, opened })
    }
    told().catch((error: unknown) => {
      const { code, details } = error instanceof CoreError ? error : new CoreError('server-error')
      log.warn('crm-not-opened', { rule: rule.id, occasion, code, reason: details.reason })
    })
  }

  return {
    desk: {
      async open(key) {
        const call = deps.callOf(key)
        const rule = call && crmRuleFor(deps.settings().rules, call)
        if (!call) throw new CoreError('not-found', { field: 'callId', reason: 'no such call' })
        if (!rule) throw new CoreError('not-found', { field: 'crm.rules', reason: 'no rule is for this call' })
        return open(rule, call, true)
      },
      async preview({ template }) {
        const flaw = templateFlaw(template)
        if (flaw !== null) throw new CoreError('bad-request', { field: 'template', reason: flaw })
        assertHost(template)
        const url = fillTemplate(template, sample)
        if (url === null) throw new CoreError('bad-request', { field: 'template', reason: 'is no address' })
        return { url }
      },
      async mail({ link }) {
        if (!deps.links.mail) return { url: link, opened: false }
        await deps.links.mail(link)
        return { url: link, opened: true }
      },
    },
    rang: (call) => openByItself(call, 'ring'),
    answered(call) {
      if (call.state !== 'talking' || call.answeredAt === null) return
      if (Math.abs(clock.now() - call.answeredAt) <= freshMs) openByItself(call, 'answer')
    },
    watchesAnswers: () => deps.settings().rules.some(({ on }) => on === 'answer'),
  }
}
