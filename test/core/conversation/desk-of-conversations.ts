import { createConversation } from '../../../main/core/conversation/conversation.ts'
import { CoreError } from '../../../main/core/errors.ts'
import { dialString, parseNumber } from '../../../main/core/numbers/index.ts'
import type { TelephonySystem } from '../../../main/core/ports/index.ts'
import type { Call, CallState, ErrorCode, Party } from '../../../preload/contract/index.ts'
import { recordedLog } from '../../systems/recorded-log.ts'
import { createManualClock, settle } from '../calls/manual-clock.ts'

const names: Record<string, string> = { '802': '张霞', '806': '赵磊', '805': '陈静' }

export const party = (number: string): Party => ({
  number,
  canonical: number,
  display: number,
  home: null,
  name: names[number] ?? null,
  company: null,
  source: names[number] ? 'extension' : null,
})

export function call(changes: Partial<Call> = {}, state: CallState = 'talking'): Call {
  return {
    callId: 'c1',
    connection: 'pbx',
    direction: 'incoming',
    state,
    caller: party('13500000002'),
    callee: party('802'),
    group: null,
    groupName: null,
    legs: [{ extension: '802', name: null, businessId: 'b1', group: null, state }],
    startedAt: 1,
    ringingAt: 1,
    answeredAt: 2,
    endedAt: null,
    answeredBy: '802',
    answeredByName: null,
    mine: state === 'talking',
    unconfirmed: false,
    ringsHere: false,
    hasLogId: true,
    linkedCallId: null,
    lastContact: null,
    recentMissed: 0,
    handledAt: null,
    ...changes,
  }
}

type Said = 'trying' | 'ringing' | 'answered' | 'refused'

/** Extension 802 talks with a customer; the PBX says what the test wants, and writes down what it is asked. */
export function createDesk() {
  const clock = createManualClock()
  const log = recordedLog()
  const asked: unknown[][] = []
  const changes = { count: 0 }
  const world = {
    call: call() as Call | null,
    /** What the next question about the third party brings. */
    third: 'ringing' as Said | ErrorCode | 'silence',
    /** How requests of one kind fail, once each; `later` = only when the test says so. */
    fails: new Map<string, (ErrorCode | 'later')[]>(),
    phones: new Map<string, boolean>(),
    answers: [] as ((error?: CoreError) => void)[],
    polls: 0,
  }
  const ask = async (what: string, request: unknown): Promise<void> => {
    asked.push([what, request])
    const failure = world.fails.get(what)?.shift()
    if (failure === 'later')
      await new Promise<void>((resolve, reject) => world.answers.push((error) => (error ? reject(error) : resolve())))
    else if (failure) throw new CoreError(failure, { operation: `telcrm.${what}` })
  }
  const system: TelephonySystem = {
    connection: 'pbx',
    system: 'telcrm',
    address: '192.168.1.82:12121',
    thirdParty: {
      call: (request) => ask('call', request),
      async state() {
        world.polls += 1
        const { third } = world
        if (third === 'silence') throw new CoreError('timeout')
        if (third === 'trying' || third === 'ringing' || third === 'answered' || third === 'refused') return third
        throw new CoreError(third)
      },
      transfer: (request) => ask('transfer', request),
      conference: (request) => ask('conference', request),
      resume: (request) => ask('resume', request),
    },
    conference: { create: (request) => ask('create', request), join: (request) => ask('join', request) },
    voiceMenus: { transfer: (request) => ask('menu', request) },
    operations: {
      preview: async () => Promise.reject(new Error('not used')),
      run: async () => Promise.reject(new Error('not used')),
    },
    check: async () => {},
    close: async () => {},
  }
  const conversation = createConversation({
    clock,
    log,
    system: () => system,
    myExtension: () => '802',
    liveCallOf: () => world.call,
    callById: (callId) => (world.call?.callId === callId ? world.call : null),
    identify: party,
    phoneOf: (extension) => {
      const talking = world.phones.get(extension)
      return talking === undefined ? null : { talking }
    },
    parse: (text) => parseNumber(text),
    dialString: (parsed) => dialString(parsed, { outsidePrefix: '9' }),
    isExtension: (number) => number in names,
    ask(run) {
      let stopped = false
      let cancel = (): void => undefined
      const abort = new AbortController()
      const again = (): void => {
        if (stopped) return
        cancel = clock.after(1000, again)
        run(abort.signal).catch(() => undefined)
      }
      return {
        start: again,
        stop() {
          stopped = true
          abort.abort()
          cancel()
        },
      }
    },
    onChange: () => {
      changes.count += 1
    },
  })
  return {
    ...conversation,
    clock,
    log,
    asked,
    changes,
    world,
    consult: () => conversation.snapshot().consult,
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= 250) {
        clock.advance(Math.min(250, left))
        await settle()
      }
    },
    async becomes(next: Call | null) {
      world.call = next
      conversation.callsChanged()
      await settle()
    },
  }
}
