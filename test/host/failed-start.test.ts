import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { serve } from '../../main/serve.ts'
import { markerOf } from '../../main/store/inspect.ts'
import { settingsFor } from '../e2e/app-fixture.ts'
import { type FakeTelcrm, startFakeTelcrm } from '../fakes/telcrm/index.ts'

const squatter = createServer()
let fake: FakeTelcrm
let dataDir: string
beforeEach(async () => {
  fake = await startFakeTelcrm()
  dataDir = mkdtempSync(join(tmpdir(), 'frontbell-start-'))
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settingsFor(fake)))
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await new Promise((resolve) => squatter.close(resolve))
  await fake.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const takenPort = () => (squatter.address() as AddressInfo).port

/** Somebody listens there. */
const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(socket.destroy() !== undefined))
    socket.once('error', () => resolve(false))
  })

async function expectNothingRuns(): Promise<void> {
  // The store takes its marker away only when it was closed, the writer last.
  expect(existsSync(markerOf(join(dataDir, 'frontbell.sqlite')))).toBe(false)
  expect(existsSync(join(dataDir, 'instance.lock'))).toBe(false)
  const polls = fake.requests.length
  await new Promise((resolve) => setTimeout(resolve, 1200))
  expect(fake.requests.length).toBe(polls)
}

test('a page port that is taken ends the start, and everything that ran already', async () => {
  const listenerPort = takenPort() === 65_535 ? takenPort() - 1 : takenPort() + 1
  await expect(serve({ dataDir, settingsFile: null, port: takenPort(), listenerPort, demo: false })).rejects.toThrow(
    /cannot be opened|not built/,
  )
  expect(await answers(listenerPort)).toBe(false)
  await expectNothingRuns()
})

test('a part that cannot start takes down those before it', async () => {
  // Node refuses such a port by an exception, after the store was opened and calls were restored.
  await expect(serve({ dataDir, settingsFile: null, port: 0, listenerPort: 70_000, demo: false })).rejects.toThrow(
    /port/i,
  )
  await expectNothingRuns()
})
