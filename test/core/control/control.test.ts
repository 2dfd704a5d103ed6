import { beforeEach, describe, expect, it } from 'vitest'
import { createControl } from '../../../main/core/control/control.ts'
import { CoreError } from '../../../main/core/errors.ts'
import { dialString, parseNumber } from '../../../main/core/numbers/index.ts'
import type { TelephonySystem } from '../../../main/core/ports/index.ts'
import type { Call, CallState } from '../../../preload/contract/index.ts'
import { freshCall, nobody } from '../../call-samples.ts'
import { recordedLog } from '../../systems/recorded-log.ts'

function call(from: string, to: string, state: CallState = 'talking', changes: Partial<Call> = {}): Call {
  const inside = (number: string) => /^8\d\d$/.test(number)
  return {
    ...freshCall,
    callId: 'c1',
    direction: inside(from) ? (inside(to) ? 'internal' : 'outgoing') : 'incoming',
    state,
    caller: nobody(from),
    callee: nobody(to),
    legs: [{ extension: to, name: null, businessId: 'b1', group: null, state }],
    ...changes,
  }
}

/** A telephone system that writes down what it is asked. */
function fakeSystem(log: unknown[][], fails?: CoreError): TelephonySystem {
  const note = async (...what: unknown[]) => {
    log.push(what)
    if (fails) throw fails
  }
  return {
    connection: 'pbx',
    system: 'telcrm',
    address: '192.168.1.82:12121',
    callControl: {
      lines: ['fixed'],
      dial: async (request) => {
        await note('dial', request)
        return { clickCallId: 'k1' }
      },
      hangup: (request) => note('hangup', request),
      transfer: (request) => note('transfer', request),
    },
    presenceControl: { setPresence: (request) => note('presence', request) },
    operations: {
      preview: async () => Promise.reject(new Error('not used')),
      run: async () => Promise.reject(new Error('not used')),
    },
    check: async () => {},
    close: async () => {},
  }
}

let asked: unknown[][]
let set: unknown[][]
let told: unknown[][]
let log: ReturnType<typeof recordedLog>
beforeEach(() => {
  asked = []
  set = []
  told = []
  log = recordedLog()
})

function build(
  changes: {
    system?: TelephonySystem | null
    me?: string | null
    live?: Call | null
    others?: boolean
    consulting?: string
    /** Key of the live call. */
    key?: string
  } = {},
) {
  const { system = fakeSystem(asked), me = '802', live = null, others = false, consulting, key = null } = changes
  return createControl({
    system: () => system,
    myExtension: () => me,
    line: () => 'fixed',
    parse: (text) => parseNumber(text),
    dialString: (parsed) => dialString(parsed, { outsidePrefix: '9' }),
    isExtension: (number) => ['801', '802', '8001234'].includes(number),
    liveCallOf: (extension) => (extension === me ? live : null),
    callById: (callId) => (callId === live?.callId ? live : null),
    canSetOthers: () => others,
    clicks: {
      dialling: () => (click) => void told.push(['dialled', click]),
      keyOf: () => key,
      ended: (clickCallId) => void told.push(['ended', clickCallId]),
      look: (clickCallId) => void told.push(['look', clickCallId]),
    },
    isConsulting: (callId) => callId === consulting,
    onPresenceSet: (...what) => void set.push(what),
    log,
  })
}
const refused = (code: string, field?: string) => ({
  code,
  ...(field === undefined ? {} : { details: expect.objectContaining({ field }) }),
})

describe('dial', () => {
  it('asks once and tells what rings first and what was sent', async () => {
    expect(await build().dial({ number: ' +86 135-0000-0002 ' })).toEqual({
      extension: '802',
      dialled: '913500000002',
      display: '135 0000 0002',
      suffix: null,
      clickCallId: 'k1',
    })
    expect(asked).toEqual([['dial', { extension: '802', number: '913500000002', line: 'fixed' }]])
    expect(JSON.stringify(log.lines)).not.toContain('13500000002')
  })

  it('keeps the suffix for the person to key in', async () => {
    expect(await build().dial({ number: '0755 2800 0123 转 801' })).toMatchObject({
      dialled: '9075528000123',
      suffix: '801',
    })
  })

  it('an extension goes without the prefix, full-width too, even when it looks like a local number', async () => {
    expect((await build().dial({ number: '８０１' })).dialled).toBe('801')
    expect((await build().dial({ number: '8001234' })).dialled).toBe('8001234')
  })

  it.each(['', '   ', 'hello', '135****0002', '()', '1 2 3 bis 4'])('%j is no number', async (number) => {
    await expect(build().dial({ number })).rejects.toMatchObject(refused('bad-request', 'number'))
    expect(asked).toEqual([])
  })

  it('what cannot work is refused before anything rings', async () => {
    await expect(build().dial({ number: '802' })).rejects.toMatchObject(refused('bad-request', 'number'))
    await expect(build().dial({ number: '８０２' })).rejects.toMatchObject(refused('bad-request', 'number'))
    await expect(build({ system: null }).dial({ number: '801' })).rejects.toMatchObject(
      refused('unavailable', 'connections'),
    )
    await expect(build({ me: null }).dial({ number: '801' })).rejects.toMatchObject(
      refused('unavailable', 'connections.pbx.extension'),
    )
    await expect(build().dial({ number: '801', line: 'ip' })).rejects.toMatchObject(refused('unavailable', 'line'))
    const listener = { ...fakeSystem(asked), callControl: undefined }
    await expect(build({ system: listener }).dial({ number: '801' })).rejects.toMatchObject(refused('unavailable'))
    expect(asked).toEqual([])
  })

  it('a failure is passed on and not tried again', async () => {
    const failure = new CoreError('busy', { operation: 'telcrm.click-to-dial' })
    await expect(build({ system: fakeSystem(asked, failure) }).dial({ number: '801' })).rejects.toBe(failure)
    expect(asked).toHaveLength(1)
  })
})

describe('a system that says how far a call is', () => {
  const followed = (fails?: CoreError) => {
    const system = fakeSystem(asked, fails)
    return { ...system, callControl: { ...system.callControl!, progress: async () => 'idle' as const } }
  }

  it('its calls are followed by their key, those without one and those of other systems are not', async () => {
    await build({ system: followed() }).dial({ number: '13500000002' })
    const click = { clickCallId: 'k1', connection: 'pbx', extension: '802', number: '913500000002' }
    expect(told).toEqual([['dialled', click]])
    await build().dial({ number: '13500000002' })
    const keyless = followed()
    keyless.callControl.dial = async () => ({ clickCallId: null })
    await build({ system: keyless as unknown as TelephonySystem }).dial({ number: '13500000002' })
    const busy = new CoreError('busy')
    await expect(build({ system: followed(busy) }).dial({ number: '13500000002' })).rejects.toBe(busy)
    expect(told).toHaveLength(1)
  })

  it('its calls are ended by that key; where the PBX refuses, it is asked how far the call is', async () => {
    const live = call('802', '913500000002', 'ringing')
    await build({ system: followed(), live, key: 'k1' }).hangup({ callId: 'c1' })
    expect(asked).toEqual([['hangup', { extension: '802', number: '913500000002', clickCallId: 'k1' }]])
    const broken = new CoreError('server-error')
    await expect(build({ system: followed(broken), live, key: 'k1' }).hangup({})).rejects.toBe(broken)
    expect(told).toEqual([
      ['ended', 'k1'],
      ['look', 'k1'],
    ])
  })
})

describe('hang up', () => {
  it.each([
    ['an incoming call', call('013500000002', '802'), '013500000002'],
    ['a ringing call', call('013500000002', '802', 'ringing'), '013500000002'],
    ['an outgoing call', call('802', '913500000002', 'calling'), '913500000002'],
    ['a colleague calls me', call('801', '802'), '801'],
    ['I call a colleague', call('802', '801'), '801'],
    ['a group was called', call('013500000002', '600', 'talking'), '013500000002'],
    [
      'an outgoing call shown under a trunk number',
      call('075528000123', '013500000002', 'talking', { direction: 'outgoing' }),
      '013500000002',
    ],
  ])('%s: the other party as the PBX wrote it', async (_what, live, number) => {
    await build({ live }).hangup({})
    await build({ live }).hangup({ callId: 'c1' })
    expect(asked).toEqual([
      ['hangup', { extension: '802', number }],
      ['hangup', { extension: '802', number }],
    ])
  })

  it('no call of mine, no request', async () => {
    await expect(build().hangup({})).rejects.toMatchObject(refused('no-call'))
    await expect(build({ live: call('1', '802') }).hangup({ callId: 'other' })).rejects.toMatchObject(
      refused('no-call'),
    )
    await expect(
      build({ live: call('013500000002', '801', 'talking', { mine: false }) }).hangup({ callId: 'c1' }),
    ).rejects.toMatchObject(refused('no-call'))
    await expect(
      build({ live: call('1', '802', 'hungup', { mine: false, endedAt: 5 }) }).hangup({}),
    ).rejects.toMatchObject(refused('no-call'))
    expect(asked).toEqual([])
  })
})

describe('transfer', () => {
  it('is refused while the caller waits and somebody else is asked, and so is hanging up', async () => {
    const control = build({ live: call('13500000002', '802'), consulting: 'c1' })
    const error = { code: 'conflict', details: { reason: 'consult-under-way' } }
    await expect(control.transfer({ target: '801' })).rejects.toMatchObject(error)
    await expect(control.hangup({})).rejects.toMatchObject(error)
    expect(asked).toEqual([])
  })

  it('moves my talking call', async () => {
    await build({ live: call('013500000002', '802') }).transfer({ target: ' ８０１ ' })
    await build({ live: call('802', '13500000002') }).transfer({ target: '801' })
    expect(asked).toEqual(Array(2).fill(['transfer', { extension: '802', target: '801' }]))
  })

  it('not before I answered, not somebody else’s talk, not to me, not to words', async () => {
    await expect(
      build({ live: call('013500000002', '802', 'ringing') }).transfer({ target: '801' }),
    ).rejects.toMatchObject(refused('no-call'))
    const legs = [
      { extension: '802', name: null, businessId: 'b1', group: null, state: 'ringing' as const },
      { extension: '801', name: null, businessId: 'b2', group: null, state: 'talking' as const },
    ]
    await expect(
      build({ live: call('013500000002', '802', 'talking', { legs }) }).transfer({ target: '803' }),
    ).rejects.toMatchObject(refused('no-call'))
    await expect(build().transfer({ target: '801' })).rejects.toMatchObject(refused('no-call'))
    await expect(build({ live: call('1', '802') }).transfer({ target: '802' })).rejects.toMatchObject(
      refused('bad-request', 'target'),
    )
    await expect(build({ live: call('1', '802') }).transfer({ target: 'Bob' })).rejects.toMatchObject(
      refused('bad-request', 'target'),
    )
    expect(asked).toEqual([])
  })
})

describe('presence', () => {
  it('mine by default; told once the PBX said yes', async () => {
    await build().setPresence({ presence: 'busy' })
    expect(asked).toEqual([['presence', { extension: '802', presence: 'busy' }]])
    expect(set).toEqual([['802', 'busy']])
  })

  it('others only with permission', async () => {
    await expect(build().setPresence({ extension: '801', presence: 'busy' })).rejects.toMatchObject(
      refused('forbidden', 'extension'),
    )
    await build({ others: true }).setPresence({ extension: '801', presence: 'online' })
    await build().setPresence({ extension: '802', presence: 'online' })
    expect(set).toEqual([
      ['801', 'online'],
      ['802', 'online'],
    ])
  })

  it('nothing to set it with', async () => {
    await expect(build({ me: null }).setPresence({ presence: 'busy' })).rejects.toMatchObject(
      refused('unavailable', 'connections.pbx.extension'),
    )
    await expect(build({ system: null }).setPresence({ presence: 'busy' })).rejects.toMatchObject(
      refused('unavailable'),
    )
    await expect(
      build({ system: { ...fakeSystem(asked), presenceControl: undefined } }).setPresence({ presence: 'busy' }),
    ).rejects.toMatchObject(refused('unavailable'))
  })

  it('a refusal of the PBX is not shown as set', async () => {
    await expect(
      build({ system: fakeSystem(asked, new CoreError('not-found')) }).setPresence({ presence: 'busy' }),
    ).rejects.toMatchObject(refused('not-found'))
    expect(set).toEqual([])
  })
})
