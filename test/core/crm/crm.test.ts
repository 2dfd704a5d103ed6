import { describe, expect, it } from 'vitest'
import { createCrm, crmValues } from '../../../main/core/crm/crm.ts'
import { CoreError } from '../../../main/core/errors.ts'
import type { LinkOpener } from '../../../main/core/ports/index.ts'
import { type Call, Settings } from '../../../preload/contract/index.ts'
import { freshCall, nobody } from '../../call-samples.ts'
import { open, tempFile } from '../../store/temp-store.ts'
import { createListLog, createManualClock } from '../calls/manual-clock.ts'

const clock = createManualClock()
const party = (number: string, name: string | null) => ({
  ...nobody(number),
  canonical: number.replace(/^0(?=1)/, ''),
  name,
})
const call = (over: Partial<Call> = {}): Call => ({
  ...freshCall,
  callId: 'c1@192.168.1.82',
  state: 'ringing',
  caller: party('013500000002', '李建国'),
  callee: party('802', '张霞'),
  group: '3002',
  groupName: '售前组',
  startedAt: clock.now(),
  ringingAt: clock.now(),
  ...over,
})
const rule = (id: string, over: object = {}) => ({
  id,
  name: id,
  template: `https://${id}.example.com/?q={caller}&n={name}&g={group}&i={callId}`,
  ...over,
})

async function bench(crm: object, options: { links?: LinkOpener; file?: string; calls?: Call[] } = {}) {
  const store = await open(options.file)
  const opened: string[] = []
  const log = createListLog()
  const calls = options.calls ?? [call()]
  const settings = Settings.parse({ crm })
  const made = createCrm({
    clock,
    log,
    store: store.dispositions,
    links: options.links ?? { web: async (address, host) => void opened.push(`${host} ${address}`) },
    settings: () => settings.crm,
    callOf: ({ callId }) => calls.find((one) => one.callId === callId) ?? null,
  })
  const settle = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    await store.flush()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { crm: made, desk: made.desk, opened, log, settle, store }
}

describe('by hand', () => {
  it('opens the first rule for the call, with its values encoded', async () => {
    const { desk, opened } = await bench({
      rules: [rule('other', { groups: ['9'] }), rule('sales', { groups: ['3002'] }), rule('all')],
    })
    const url = 'https://sales.example.com/?q=13500000002&n=%E6%9D%8E%E5%BB%BA%E5%9B%BD&g=3002&i=c1%40192.168.1.82'
    expect(await desk.open({ connection: 'pbx', callId: 'c1@192.168.1.82' })).toEqual({ url, opened: true })
    expect(opened).toEqual([`sales.example.com ${url}`])
  })

  it('is left to the page where the host says so, or cannot', async () => {
    const links = { web: async () => Promise.reject(new Error('not asked')), pageOpensClicks: true }
    for (const one of [{}, links]) {
      const { desk } = await bench({ rules: [rule('all')] }, { links: one })
      expect(await desk.open(call())).toMatchObject({ opened: false, url: expect.stringContaining('13500000002') })
    }
  })

  it('says why not: no such call, no rule, a host that is not allowed, a value that does not fit', async () => {
    const { desk } = await bench({ rules: [rule('sales', { groups: ['9'] })] })
    await expect(desk.open({ connection: 'pbx', callId: 'nope' })).rejects.toMatchObject({
      code: 'not-found',
      details: { field: 'callId' },
    })
    await expect(desk.open(call())).rejects.toMatchObject({ code: 'not-found', details: { field: 'crm.rules' } })
    const foreign = await bench({ rules: [rule('evil')], hosts: ['crm.example.com'] })
    await expect(foreign.desk.open(call())).rejects.toMatchObject({
      code: 'forbidden',
      details: { field: 'crm.hosts' },
    })
    const odd = await bench(
      { rules: [rule('odd', { template: 'https://crm.example.com/{name}/edit' })] },
      { calls: [call({ caller: party('1', '..') })] },
    )
    await expect(odd.desk.open(call())).rejects.toMatchObject({ code: 'bad-request', details: { field: 'template' } })
    expect([...foreign.opened, ...odd.opened]).toEqual([])
  })
})

describe('by itself', () => {
  it('once when it rings and once when it is answered, whatever is reported again, also after a restart', async () => {
    const file = tempFile()
    const rules = [rule('ring', { on: 'ring' }), rule('answer', { on: 'answer' }), rule('hand')]
    const first = await bench({ rules }, { file })
    expect(first.crm.watchesAnswers()).toBe(true)
    const talking = call({ state: 'talking', answeredAt: clock.now() })
    for (const _again of [1, 2, 3]) {
      first.crm.rang(call())
      first.crm.answered(talking)
    }
    await first.settle()
    expect(first.opened.map((one) => one.split(' ')[0]).sort()).toEqual(['answer.example.com', 'ring.example.com'])
    await first.store.close()
    const second = await bench({ rules }, { file })
    second.crm.rang(call())
    second.crm.answered(talking)
    second.crm.rang(call({ callId: 'c2' }))
    await second.settle()
    expect(second.opened.map((one) => one.split(' ')[0])).toEqual(['ring.example.com'])
  })

  it('not for old talks, ringing calls, other directions and groups, nor where nothing may open', async () => {
    const rules = [rule('answer', { on: 'answer', groups: ['3002'] })]
    const { crm, opened, settle } = await bench({ rules })
    crm.answered(call())
    crm.answered(call({ state: 'talking', answeredAt: clock.now() - 11_000 }))
    crm.answered(call({ state: 'talking', answeredAt: clock.now(), group: '9' }))
    crm.answered(call({ state: 'talking', answeredAt: clock.now(), direction: 'outgoing' }))
    crm.rang(call())
    await settle()
    expect(opened).toEqual([])
    const foreign = await bench({ rules: [rule('ring', { on: 'ring' })], hosts: ['crm.example.com'] })
    foreign.crm.rang(call())
    await foreign.settle()
    expect(foreign.opened).toEqual([])
    expect(foreign.log.lines.join('\n')).toMatch(/crm-not-opened.*forbidden/)
    expect(foreign.log.lines.join('\n')).not.toContain('13500000002')
  })

  it('a browser that does not start is logged, and the call goes on', async () => {
    const links = {
      web: async () => Promise.reject(new CoreError('unavailable', { reason: 'xdg-open did not start' })),
    }
    const { crm, log, settle } = await bench({ rules: [rule('ring', { on: 'ring' })] }, { links })
    crm.rang(call())
    await settle()
    expect(log.lines.join('\n')).toMatch(/crm-not-opened.*xdg-open/)
  })
})

it('preview shows the address with sample values, and what is wrong with a template', async () => {
  const { desk, opened } = await bench({ hosts: ['crm.example.com'] })
  expect(await desk.preview({ template: 'https://crm.example.com/?q={caller}&n={name}' })).toEqual({
    url: 'https://crm.example.com/?q=13500000002&n=%E6%9D%8E%E5%BB%BA%E5%9B%BD',
  })
  await expect(desk.preview({ template: 'https://{caller}/' })).rejects.toMatchObject({
    code: 'bad-request',
    details: { field: 'template', reason: expect.stringContaining('host') },
  })
  await expect(desk.preview({ template: 'https://evil.com/' })).rejects.toMatchObject({ code: 'forbidden' })
  expect(opened).toEqual([])
})

it('of a call that goes out, the name is that of the one who is called', () => {
  const out = call({ direction: 'outgoing', caller: party('802', '张霞'), callee: party('13800000417', '王女士') })
  expect(crmValues(out)).toMatchObject({ caller: '802', callee: '13800000417', name: '王女士', direction: 'outgoing' })
  expect(crmValues(call({ caller: party('', null), group: null }))).toMatchObject({ caller: '', name: '', group: '' })
})
