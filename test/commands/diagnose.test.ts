import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { listeningInodes, portOwner, readLsof, readNetstat } from '../../main/runtime/port-owner.ts'
import { startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { startCannedServer } from '../systems/canned-server.ts'
import { folderWith, frontbell } from './program.ts'

const toEnd: (() => unknown)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

async function listen(): Promise<number> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  toEnd.push(() => server.close())
  return (server.address() as { port: number }).port
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

function folder(settings: object) {
  const made = folderWith(settings)
  toEnd.push(made.end)
  return made
}

async function goodPbx() {
  const fake = await startFakeTelcrm()
  toEnd.push(() => fake.stop())
  return { id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl, extension: '802' }
}

describe('frontbell diagnose', () => {
  it('all is well: exit 0, a line for each thing', async () => {
    const { dir } = folder({
      connections: [await goodPbx()],
      listener: { host: '127.0.0.1', port: await freePort() },
      locale: 'en',
    })
    const ended = await frontbell(['diagnose', '--data-dir', dir])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const lines = ended.stdout.trimEnd().split('\n')
    expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual(
      ['program', 'settings', 'database', 'listener', 'data-folder', 'disk', 'connection pbx'].map(
        (name) => `ok    ${name}`,
      ),
    )
    expect(lines.at(-1)).toMatch(/answers \(\d+ ms\)\.$/)
    expect(lines[0]).toContain(`Node ${process.versions.node}`)
  })
  it('what fails says why and what to do: exit 1, in the user’s language', async () => {
    const dead = await startCannedServer('')
    await dead.stop()
    const port = await listen()
    const { dir } = folder({
      connections: [{ id: 'pbx', system: 'telcrm', baseUrl: dead.baseUrl }],
      listener: { host: '127.0.0.1', port },
      polling: { callLogMs: 1 },
    })
    writeFileSync(join(dir, 'frontbell.sqlite'), 'not a database at all, but long enough to be looked at'.repeat(20))
    const ended = await frontbell(['diagnose', '--data-dir', dir])
    expect(ended.code).toBe(1)
    const failed = ended.stdout.split('\n').filter((line) => line.startsWith('FAIL'))
    expect(failed).toEqual([
      expect.stringMatching(/settings: polling\.callLogMs 不对（must be at least 2000）/),
      expect.stringMatching(/database: .*SQLITE_NOTADB.*备份修复/),
      expect.stringMatching(new RegExp(`listener: 端口 127.0.0.1:${port} 被别的程序占用：.*\\(${process.pid}\\)`)),
      expect.stringMatching(/connection pbx: .*话机系统拒绝连接/),
    ])
  })
  it('knows its own listener by the process that holds the data folder', async () => {
    const port = await listen()
    const { dir } = folder({ connections: [await goodPbx()], listener: { host: '127.0.0.1', port }, locale: 'en' })
    writeFileSync(join(dir, 'instance.lock'), String(process.pid))
    const ended = await frontbell(['diagnose', '--data-dir', dir])
    expect(ended.stdout).toContain(`ok    listener: Frontbell receives call notices at 127.0.0.1:${port}.`)
    expect(ended.code).toBe(0)
  })
})

describe('--bundle', () => {
  it('holds findings, settings and logs; no secret, no whole number', async () => {
    const secret = 'Geheim-"4711"-pass'
    const { dir } = folder({
      connections: [
        { ...(await goodPbx()), captchaSecret: secret, note: 'ring 13500000002' },
        {
          id: 'dial',
          system: 'dialback',
          baseUrl: 'http://u:pw@127.0.0.1:9',
          appSecret: 'app-secret',
          callerNumber: '+8675528000123',
        },
      ],
      listener: { host: '127.0.0.1', port: await freePort(), allow: ['192.168.100.82'] },
      locale: 'en',
    })
    mkdirSync(join(dir, 'logs'))
    const lines = [
      JSON.stringify({
        level: 30,
        time: '2026-11-20T08:00:00.000Z',
        caller: '13500000002',
        password: 'x-pw',
        msg: 'call',
      }),
      `a line of an older version: 135 0000 0002 ${secret} app-secret`,
      JSON.stringify({ msg: 'said', text: secret, address: '192.168.100.82:12121' }),
    ]
    writeFileSync(join(dir, 'logs', 'frontbell.log'), `${lines.join('\n')}\n`)
    const file = join(dir, 'help.zip')
    const ended = await frontbell(['diagnose', '--data-dir', dir, '--bundle', file])
    expect(ended.code).toBe(1)
    const script =
      'import sys,zipfile,json; z=zipfile.ZipFile(sys.argv[1]); print(json.dumps({n: z.read(n).decode() for n in z.namelist()}))'
    const files = JSON.parse(execFileSync('python3', ['-c', script, file]).toString()) as Record<string, string>
    expect(Object.keys(files)).toEqual(['diagnose.json', 'settings.json', 'logs/frontbell.log'])
    const whole = Object.values(files).join('\n')
    for (const leak of [secret, '4711', 'app-secret', 'x-pw', '13500000002', '0000 0002', '8675528000123', 'u:pw']) {
      expect(whole).not.toContain(leak)
    }
    const settings = JSON.parse(files['settings.json']!)
    expect(settings.listener.allow).toEqual(['192.168.100.82'])
    expect(settings.connections[0]).toMatchObject({ id: 'pbx', captchaSecret: null, note: 'ring 135****0002' })
    expect(settings.connections[1].baseUrl).toBe('http://127.0.0.1:9')
    const log = files['logs/frontbell.log']!.split('\n')
    expect(JSON.parse(log[0]!)).toMatchObject({ time: '2026-11-20T08:00:00.000Z', caller: '135****0002' })
    expect(JSON.parse(log[2]!)).toMatchObject({ address: '192.168.100.82:12121' })
    const { findings } = JSON.parse(files['diagnose.json']!)
    expect(findings.find(({ check }: { check: string }) => check === 'connection pbx')).toMatchObject({ state: 'ok' })
  })
  it('a place that cannot be written: exit 2', async () => {
    const { dir } = folder({ locale: 'en' })
    const ended = await frontbell(['diagnose', '--data-dir', dir, '--bundle', join(dir, 'no', 'help.zip')])
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/--bundle .* cannot be written \(ENOENT\)/)
  })
})

describe('who holds a port', () => {
  it('Linux: this process', async () => {
    expect(await portOwner(await listen())).toMatchObject({ pid: process.pid })
    expect(await portOwner(await freePort())).toBeNull()
    const row =
      '   1: 0100007F:2F94 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 55 1 0000 100 0 0 10 0'
    expect(listeningInodes(`  sl  local_address\n${row}\n${row.replace(' 0A ', ' 01 ')}`, 12180)).toEqual([
      'socket:[55]',
    ])
  })
  it('Windows and macOS: by what their tools print', () => {
    const netstat = [
      '  Proto  Local Address          Foreign Address        State           PID',
      '  TCP    0.0.0.0:121801         0.0.0.0:0              LISTENING       7',
      '  TCP    192.168.1.5:12180      192.168.1.82:50000     ESTABLISHED     8',
      '  TCP    0.0.0.0:12180          0.0.0.0:0              ABHÖREN         4321',
    ].join('\r\n')
    expect(readNetstat(netstat, 12180)).toEqual({ pid: 4321, name: null })
    expect(readNetstat(netstat, 80)).toBeNull()
    expect(readLsof('p4321\ncnode\nf23\n')).toEqual({ pid: 4321, name: 'node' })
    expect(readLsof('')).toBeNull()
  })
})
