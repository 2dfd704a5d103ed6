import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultDataDir } from '../runtime/data-dir.ts'
import { electronFolder, electronProgram } from '../runtime/electron-runtime.ts'
import { hasDisplay } from '../runtime/open-address.ts'
import { programRoot } from '../runtime/program-files.ts'
import { serve } from '../serve.ts'
import { readOptions } from './arguments.ts'
import { openBrowser, untilStopped } from './serve.ts'

const stalledAfterMs = 9_000
const say = (text: string) => process.stderr.write(`${text}\n`)

function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
}

/** Let Electron fetch its own runtime; give up when nothing has arrived for 9 s. True when it is there. */
async function fetchElectron(): Promise<boolean> {
  const installer = join(electronFolder(), 'install.js')
  if (!existsSync(installer)) return false
  const temp = await mkdtemp(join(tmpdir(), 'frontbell-electron-'))
  const child = spawn(process.execPath, [installer], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: temp, TEMP: temp, TMP: temp },
  })
  let bytes = 0
  let movedAt = Date.now()
  const watch = setInterval(() => {
    const now = folderBytes(temp)
    if (now !== bytes) movedAt = Date.now()
    bytes = now
    if (Date.now() - movedAt > stalledAfterMs) child.kill()
  }, 500)
  try {
    return await new Promise<boolean>((done) => {
      child.on('error', () => done(false))
      child.on('exit', (code) => done(code === 0 && electronProgram() !== null))
    })
  } finally {
    clearInterval(watch)
    await rm(temp, { recursive: true, force: true })
  }
}

function runElectron(program: string, args: string[]): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(program, [programRoot(), ...args], { stdio: 'inherit' })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
    child.on('error', fail)
    child.on('exit', (code) => done(code ?? 1))
  })
}

/** The app: Electron where its runtime is present or can be fetched, else the browser host. Says which and why. */
export async function startCommand(args: string[]): Promise<void> {
  const { demo = false } = readOptions(args, { demo: { type: 'boolean' } })
  let why = 'no display on this machine'
  if (hasDisplay()) {
    let program = electronProgram()
    if (!program) {
      say("Electron's runtime is not here yet; fetching it (about 110 MB, once) …")
      if (await fetchElectron()) program = electronProgram()
    }
    if (program) {
      process.exitCode = await runElectron(program, demo ? ['--demo'] : [])
      return
    }
    why = "Electron's runtime is not here and cannot be fetched"
  }
  say(`Starting in the browser: ${why}.`)
  const served = await serve({ dataDir: defaultDataDir(), settingsFile: null, port: 0, listenerPort: undefined, demo })
  process.stdout.write(
    `Frontbell is ready. Open this address in a browser on this computer (it works once):\n\n  ${served.url}\n\nStop with Ctrl+C.\n`,
  )
  if (!served.listener) say('The port for the PBX is taken by another program; the page says which and retries.')
  if (hasDisplay()) openBrowser(served.url)
  await untilStopped(served)
}
