import { beforeEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../../main/core/errors.ts'
import type { Supervision, TelephonySystem } from '../../../main/core/ports/index.ts'
import { createSupervise } from '../../../main/core/supervision/supervise.ts'
import type { Extension } from '../../../preload/contract/index.ts'
import { recordedLog } from '../../systems/recorded-log.ts'

const talking: Extension = {
  extension: '806',
  name: '赵磊',
  phone: 'talking',
  direction: 'incoming',
  presence: 'online',
  registered: true,
  remote: { number: '013500000002', display: '135 0000 0002', name: null },
  missedCount: 0,
  since: 1,
  group: null,
}

let asked: unknown[]
let polls: number
let log: ReturnType<typeof recordedLog>
let fails: CoreError | null
let supervisor: string | null
let seen: Extension | null
beforeEach(() => {
  asked = []
  polls = 0
  log = recordedLog()
  fails = null
  supervisor = '803'
  seen = talking
})

function supervise(supervision: Supervision | null = recording()) {
  const system = { connection: 'pbx', system: 'telcrm', ...(supervision && { supervision }) } as TelephonySystem
  return createSupervise({
    log,
    system: () => system,
    supervisor: () => supervisor,
    stateOf: () => seen,
    onDone: () => {
      polls += 1
    },
  })
}

function recording(): Supervision {
  const note = (what: string) => async (request: unknown) => {
    asked.push([what, request])
    if (fails) throw fails
  }
  return { listen: note('listen'), takeOver: note('takeOver'), hangUp: note('hangUp') }
}

const call = { extension: '806', remote: '013500000002' }
const refused = (running: void | Promise<void>) =>
  Promise.resolve(running).then(
    () => null,
    (error: unknown) => (error instanceof CoreError ? { code: error.code, ...error.details } : error),
  )

describe('supervising a call', () => {
  it.each(['listen', 'takeOver', 'hangUp'] as const)('%s asks the PBX once and looks at the phones', async (what) => {
    await supervise()[what](call)
    expect(asked).toEqual([[what, { supervisor: '803', agent: '806' }]])
    expect(polls).toBe(1)
    expect(JSON.stringify(log.lines)).not.toContain('013500000002')
  })

  it('a refusal is passed on, never repeated', async () => {
    fails = new CoreError('forbidden', { vendorCode: '403' })
    expect(await refused(supervise().listen(call))).toMatchObject({ code: 'forbidden', vendorCode: '403' })
    expect(asked).toHaveLength(1)
    expect(polls).toBe(0)
  })

  it.each([
    ['another caller', { ...talking, remote: { number: '1', display: '1', name: null } }],
    ['no call any more', { ...talking, phone: 'idle' as const, remote: null }],
  ])('a call that was not the one shown is left alone: %s', async (_what, now) => {
    seen = now
    expect(await refused(supervise().hangUp(call))).toMatchObject({ code: 'conflict', reason: 'call-changed' })
    expect(asked).toEqual([])
  })

  it('an extension that no poll has shown is left to the PBX', async () => {
    seen = null
    await supervise().hangUp({ extension: '899', remote: null })
    expect(asked).toHaveLength(1)
  })

  it('says what is missing', async () => {
    expect(await refused(supervise(null).listen(call))).toMatchObject({ code: 'unavailable', connection: 'pbx' })
    supervisor = null
    expect(await refused(supervise().listen(call))).toMatchObject({
      code: 'unavailable',
      field: 'connections.pbx.supervisorExtension',
      reason: 'no-supervisor',
    })
    supervisor = '806'
    expect(await refused(supervise().listen(call))).toMatchObject({ code: 'bad-request', field: 'extension' })
    expect(asked).toEqual([])
  })
})
