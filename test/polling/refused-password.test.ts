import { afterEach, describe, expect, it } from 'vitest'
import type { Histories } from '../../main/compose/histories.ts'
import { createTelephony } from '../../main/compose/telephony.ts'
import { CoreError } from '../../main/core/errors.ts'
import type { ConnectionHistory } from '../../main/core/history/history-sync.ts'
import { createStatusBook } from '../../main/core/status/status-book.ts'
import { type Connection, Settings } from '../../preload/contract/index.ts'
import { answer, startCannedServer } from '../systems/canned-server.ts'
import { createFakeClock, createTestLog } from './fake-clock.ts'
import { setUp } from './observed-poller.ts'

const toEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

/** The platform's token interface; `right` is the only secret that it takes. */
async function office(right: string) {
  const state = { right, tokens: 0 }
  const server = await startCannedServer((socket, _nth, { target, body }) => {
    if (target !== '/oauth/token') {
      socket.write(answer('{"success":true,"code":0,"data":[]}'))
      return
    }
    state.tokens += 1
    const refused = answer('{"error":"invalid_client"}', { status: '401 Unauthorized' })
    const isRight = body.includes(`client_secret=${state.right}&`) || body.endsWith(`client_secret=${state.right}`)
    socket.write(isRight ? answer('{"access_token":"t0ken","expires_in":7199}') : refused)
  })
  toEnd.push(() => server.stop())
  const clock = createFakeClock()
  const status = createStatusBook({ clock, onChange() {} })
  const idle: Omit<ConnectionHistory, 'poll'> = {
    failed() {},
    cancelFill() {},
    resumeFill() {},
    settled: async () => {},
    status: () => {
      throw new Error('nobody asks')
    },
    stop: async () => {},
  }
  let polls = 0
  const open: Histories['open'] = (_connection, _system, source) => ({
    ...idle,
    async poll(signal) {
      polls += 1
      const read = source.page({ from: 0, to: clock.now(), cursor: null, limit: 10 }, { signal })
      // What the rest of the platform says is not the point here.
      await read.catch((thrown: unknown) => {
        if (thrown instanceof CoreError && thrown.code === 'auth-failed') throw thrown
      })
    },
  })
  const telephony = createTelephony({
    ...{ clock, log: createTestLog(), status, onPolled() {} },
    board: { clear() {} } as never,
    polling: () => Settings.parse({}).polling,
    histories: { open } as Histories,
  })
  telephony.begin()
  toEnd.push(() => telephony.stop())
  const follow = (clientSecret: string) => {
    const cloud: Connection = Settings.shape.connections.parse([
      { id: 'cloud', system: 'cloud-cs', baseUrl: server.baseUrl, clientId: 'desk', clientSecret },
    ])[0]!
    return telephony.apply({ ...Settings.parse({}), connections: [cloud] })
  }
  /** Time passes, and what is asked for meanwhile is answered. */
  const pass = async (ms: number) => {
    for (let at = 0; at < ms; at += 500) {
      await clock.advance(500)
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  }
  return { state, telephony, status, follow, pass, polls: () => polls }
}

it('R5 a wrong secret is tried three times and then left alone, until it is changed', async () => {
  const { state, telephony, status, follow, pass, polls } = await office('new-secret')
  await follow('old-secret')
  await pass(8_000)
  expect(polls()).toBe(3)
  const tried = state.tokens
  expect(status.connections()).toMatchObject([
    { id: 'cloud', state: 'down', problem: { code: 'auth-failed' }, retryAt: null },
  ])
  telephony.pollNow()
  telephony.setHidden(true)
  telephony.setHidden(false)
  await pass(20_000)
  expect([polls(), state.tokens]).toEqual([3, tried])
  await follow('new-secret')
  await pass(1_000)
  expect(polls()).toBe(4)
  expect(state.tokens).toBe(tried + 1)
})

it('R5 or until a check by hand finds it accepted after all', async () => {
  const { state, telephony, status, follow, pass, polls } = await office('other-secret')
  await follow('our-secret')
  await pass(8_000)
  expect(polls()).toBe(3)
  expect(await telephony.check('cloud')).toMatchObject({ ok: false, problem: { code: 'auth-failed' } })
  await pass(5_000)
  expect(polls()).toBe(3)
  // The vendor has opened the account.
  state.right = 'our-secret'
  expect(await telephony.check('cloud')).toMatchObject({ ok: true })
  await pass(1_000)
  expect(polls()).toBeGreaterThan(3)
  expect(status.connections()).toMatchObject([{ state: 'ok' }])
})

describe('R5 a password that is refused', () => {
  const refused = () => Promise.reject(new CoreError('auth-failed'))

  it('is tried three times, then not again whatever asks, and whoever listens is told', async () => {
    const { clock, log, poller, outcomes, startedAt } = setUp({ mostRefusals: 3, run: refused })
    poller.start()
    await clock.advance(1000 + 2000)
    expect(startedAt).toHaveLength(3)
    expect(outcomes.at(-1)).toMatchObject({ ok: false, problem: { code: 'auth-failed' }, retryAt: null })
    poller.now()
    poller.setHidden(true)
    poller.setHidden(false)
    await clock.advance(86_400_000)
    expect([startedAt.length, outcomes.length, clock.pending()]).toEqual([3, 3, 0])
    expect(log.lines.filter(({ event }) => event === 'poll-stopped')).toHaveLength(1)
  })

  it('is tried again once somebody starts it: three times more, or for good', async () => {
    let isRight = false
    const { clock, poller, startedAt, outcomes } = setUp({
      mostRefusals: 3,
      run: () => (isRight ? Promise.resolve() : refused()),
    })
    poller.start()
    await clock.advance(10_000)
    poller.start()
    await clock.advance(10_000)
    expect(startedAt).toHaveLength(6)
    isRight = true
    poller.start()
    await clock.advance(4000)
    expect(startedAt).toHaveLength(9)
    expect(outcomes.at(-1)).toMatchObject({ ok: true })
    await poller.stop()
  })

  it('only in a row counts, and only where there is an account', async () => {
    const codes = ['auth-failed', 'auth-failed', 'unreachable', 'auth-failed', 'auth-failed', 'ok'] as const
    let at = 0
    const mixed = setUp({
      mostRefusals: 3,
      run() {
        const code = codes[at++ % codes.length]!
        return code === 'ok' ? Promise.resolve() : Promise.reject(new CoreError(code))
      },
    })
    const without = setUp({ run: refused })
    mixed.poller.start()
    without.poller.start()
    await mixed.clock.advance(600_000)
    await without.clock.advance(600_000)
    expect(mixed.startedAt.length).toBeGreaterThan(50)
    expect(without.startedAt.length).toBeGreaterThan(20)
    await mixed.poller.stop()
    await without.poller.stop()
  })
})
