import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logRow } from '../fakes/telcrm/index.ts'
import { cliFile } from './app-fixture.ts'
import { type CallRow, callRows, expect, frontbell, get, popUrl, run, settingsFor, test } from './program.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const pop = { id: 'c635814c@192.168.1.82', caller: '13500000002', callee: '802' }

test('serve: one line of JSON, nothing else on stdout, and SIGTERM ends it within 2 s', async ({ dataDir }) => {
  const args = ['serve', '--data-dir', dataDir, '--port', '0', '--listener-port', '0', '--no-open', '--demo']
  const child = spawn(process.execPath, [cliFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  await expect.poll(() => stdout).toContain('\n')
  const line = JSON.parse(stdout)
  expect(line).toEqual({
    ready: true,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/),
    listener: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    pid: child.pid,
    dataDir,
  })
  await get(popUrl(line.listener, { ...pop, state: 'ringing' })).catch(() => 0)
  const asked = performance.now()
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  expect(performance.now() - asked).toBeLessThan(2000)
  expect(code).toBe(0)
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
})

test('calls: the documented fields, since, and while serve runs', async ({ start, fake, dataDir }) => {
  fake.state.oldLog.push(
    logRow({ id: 1, caller: '13500000002', callee: '801', beginTime: Date.now() - 60_000, cname: '李建国' }),
  )
  const app = await start({ settings: settingsFor(fake) })
  fake.setPopUrl(`${app.listener}/srvlt`)
  const first = await fake.ring({ from: '13500000002', to: '802', group: '3002' })
  await fake.answer(first.id)
  await fake.hangup(first.id)
  await expect.poll(async () => (await callRows(dataDir)).map(({ contact }) => contact)).toEqual(['李建国'])
  const row = (await callRows(dataDir))[0] as CallRow
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
  expect(row).toEqual({
    callId: first.id,
    caller: '13500000002',
    callee: '802',
    direction: 'incoming',
    state: 'hungup',
    startedAt: expect.stringMatching(iso),
    answeredAt: expect.stringMatching(iso),
    endedAt: expect.stringMatching(iso),
    group: '3002',
    contact: '李建国',
  })
  const between = new Date(Date.parse(row.startedAt) + 1).toISOString()
  await fake.cancel((await fake.ring({ from: '02028000123', to: '802' })).id)
  await expect.poll(async () => (await callRows(dataDir)).map(({ state }) => state)).toEqual(['missed', 'hungup'])
  expect((await callRows(dataDir, '--since', between)).map(({ caller }) => caller)).toEqual(['02028000123'])
  expect(await callRows(dataDir, '--since', '2999-01-01')).toEqual([])

  const plain = await frontbell('calls', '--data-dir', dataDir)
  expect(plain.stdout.trimEnd().split('\n')).toHaveLength(2)
  expect(plain.stdout).toContain('020-2800 0123 → 802')
  await app.stop()
  expect(await callRows(dataDir)).toHaveLength(2)
})

test('wrong usage: exit 2, a sentence and the usage on stderr, nothing on stdout', async ({ dataDir }) => {
  const wrong: [string[], RegExp][] = [
    [['dial'], /no command "dial"/],
    [['__proto__'], /no command "__proto__"/],
    [['serve'], /--data-dir DIR/],
    [['serve', '--data-dir', dataDir, '--port', 'http'], /--port takes a port number/],
    [['serve', '--data-dir', dataDir, '--listener-port', '70000'], /--listener-port takes a port number/],
    [['serve', '--data-dir', dataDir, '--verbose'], /'--verbose'/],
    [['calls'], /--data-dir DIR/],
    [['calls', '--data-dir', dataDir, '--since', 'yesterday'], /--since takes a date/],
    [['calls', 'today', '--data-dir', dataDir], /'today'/],
  ]
  const ended = await Promise.all(wrong.map(([args]) => frontbell(...args)))
  for (const [index, [args, sentence]] of wrong.entries()) {
    expect(ended[index], args.join(' ')).toMatchObject({ code: 2, stdout: '' })
    expect(ended[index]?.stderr).toMatch(sentence)
    expect(ended[index]?.stderr).toContain('frontbell <command>')
  }
  const help = await frontbell('--help')
  expect(help).toMatchObject({ code: 0, stderr: '' })
  expect(help.stdout).toContain('serve --data-dir DIR')
  const nothing = await frontbell('calls', '--json', '--data-dir', join(dataDir, 'nowhere'))
  expect(nothing).toMatchObject({ code: 1, stdout: '' })
  expect(nothing.stderr).toMatch(/^frontbell: no Frontbell database in .*nowhere\n$/)
})

/** Webhooks over many connections until they fail; ids that were answered with 200. */
async function burst(listener: string, connections: number, acknowledged: Set<string>): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const send = (id: string): Promise<number> =>
    new Promise((resolve, reject) => {
      request(popUrl(listener, { ...pop, id, state: 'ringing' }), { agent }, (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
        response.on('error', reject)
      })
        .on('error', reject)
        .end()
    })
  const line = async (name: number) => {
    for (let count = 0; ; count += 1) {
      const id = `burst-${name}-${count}@192.168.1.82`
      const status = await send(id).catch(() => null)
      if (status === null) return
      if (status === 200) acknowledged.add(id)
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, name) => line(name)))
  agent.destroy()
}

test('kill -9 in the middle of a burst: every acknowledged call is there, before and after the next start', async ({
  start,
  fake,
  dataDir,
}) => {
  const app = await start({ settings: settingsFor(fake) })
  const acknowledged = new Set<string>()
  const running = burst(app.listener, 50, acknowledged)
  await expect.poll(() => acknowledged.size, { intervals: [20] }).toBeGreaterThan(300)
  app.process.kill('SIGKILL')
  await running
  expect(acknowledged.size).toBeGreaterThan(300)
  const lost = (rows: CallRow[]) => {
    const known = new Set(rows.map(({ callId }) => callId))
    return [...acknowledged].filter((id) => !known.has(id))
  }
  expect(lost(await callRows(dataDir))).toEqual([])
  const again = await start({ settings: settingsFor(fake) })
  expect(lost(await callRows(dataDir))).toEqual([])
  expect(await get(popUrl(again.listener, { ...pop, state: 'ringing' }))).toBe(200)
  await again.stop()
  const rows = await callRows(dataDir)
  expect(lost(rows)).toEqual([])
  expect(rows.map(({ callId }) => callId)).toContain(pop.id)
})

test('npx frontbell works from the checkout', async ({ start, fake, dataDir }) => {
  const app = await start({ settings: settingsFor(fake) })
  await get(popUrl(app.listener, { ...pop, state: 'ringing' }))
  // npm makes it executable once; after that a pull that changes the file must bring the mark along.
  expect(statSync(join(root, 'main/launch.mjs')).mode & 0o111).toBe(0o111)
  const args = ['frontbell', 'calls', '--json', '--data-dir', dataDir]
  const { code, stdout } = await run('npx', args, { cwd: root })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject([{ callId: pop.id, state: 'ringing' }])
})
