import { rmSync } from 'node:fs'
import { expect, settingsFor, startApp, test as withDesk } from './app-fixture.ts'
import { customer } from './talking-call.ts'

/** A PBX whose log is read over its web service: its rows do not tell the ids of the calls. */
const test = withDesk.extend({
  app: async ({ fake }, use) => {
    const [connection] = (settingsFor(fake) as { connections: object[] }).connections
    const polling = { extensionStateMs: 500, callLogMs: 2000 }
    const app = await startApp({
      settings: settingsFor(fake, { connections: [{ ...connection, callLog: 'soap' }], polling }),
    })
    await use(app)
    await app.stop()
    rmSync(app.dataDir, { recursive: true, force: true })
  },
})

test('a call that was reported and then logged stands once, and counts once when it was missed', async ({
  fake,
  app,
  desk,
}) => {
  fake.fault('server-error', { opt: 'CALL_LOG_QUERY' })
  fake.setPopUrl(`${app.listener}/srvlt`)
  const looks = () => fake.services.requests.filter(({ body }) => /[<:]listCalllog[ />]/.test(body)).length
  const lookedTwice = async () => {
    const before = looks()
    await expect.poll(looks, { timeout: 20_000 }).toBeGreaterThanOrEqual(before + 2)
  }
  const rows = desk.getByTestId('calls-row')
  const badge = desk.getByTestId('missed-badge')

  const call = await fake.ring({ from: customer, to: '802' })
  await desk.getByTestId('nav-calls').click()
  await expect(rows).toHaveCount(1)
  await lookedTwice()
  await expect(rows).toHaveCount(1)
  await fake.cancel(call.id)
  await expect(badge).toContainText('1')
  await lookedTwice()
  await expect(rows).toHaveCount(1)
  await expect(rows).toHaveAttribute('data-call-id', call.id)
  await expect(badge).toContainText('1')
  await desk.getByTestId('calls-filter-missed').click()
  await expect(rows).toHaveCount(1)

  // The same caller again: two calls.
  const second = await fake.ring({ from: customer, to: '802' })
  await fake.answer(second.id)
  await fake.hangup(second.id)
  await lookedTwice()
  await desk.getByTestId('calls-filter-all').click()
  await expect(rows).toHaveCount(2)
})
