import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

const programs = {
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus-x11',
  dunst: 'dunst',
  dunstctl: 'dunst',
  'notify-send': 'libnotify-bin',
  import: 'imagemagick',
}

/** A screen, a message bus and a notification server of our own, each a process that only we started. */
export interface DesktopSession {
  env: Record<string, string>
  /** Notifications on the screen now. */
  displayed(): number
  /** Take them off the screen and read what they said, newest first; each is told once. */
  closeAll(): { summary: string; body: string; appName: string; iconPath: string }[]
  screenshot(file: string): void
  stop(): Promise<void>
}

/** Throws with the apt-get line when a program is missing. */
export async function startDesktopSession(): Promise<DesktopSession> {
  const missing = Object.entries(programs).filter(([program]) => spawnSync('which', [program]).status !== 0)
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(([, name]) => name))].join(' ')
    throw new Error(`the desktop notification test needs: apt-get install -y --no-install-recommends ${packages}`)
  }
  const dir = await mkdtemp(join(tmpdir(), 'frontbell-desktop-'))
  const started: ChildProcess[] = []
  const stop = async () => {
    for (const child of started.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    }
    await rm(dir, { recursive: true, force: true })
  }
  try {
    const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    started.push(xvfb)
    const display = `:${(await firstLine(xvfb.stdio[3] as Readable)).trim()}`
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    started.push(bus)
    const address = (await firstLine(bus.stdout!)).trim()
    const config = join(dir, 'dunstrc')
    await writeFile(config, dunstConfig)
    const env = { DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: address, XDG_CONFIG_HOME: dir }
    const dunst = spawn('dunst', ['-conf', config], { stdio: 'ignore', env: { ...process.env, ...env } })
    started.push(dunst)
    const run = (program: string, ...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(program, args, { env: { ...process.env, ...env }, encoding: 'utf8' })
      if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`)
      return stdout
    }
    let lastId = 0
    await until(
      () => spawnSync('dunstctl', ['count', 'displayed'], { env: { ...process.env, ...env } }).status === 0,
      'dunst to answer',
    )
    return {
      env,
      displayed: () => Number(run('dunstctl', 'count', 'displayed')),
      closeAll() {
        run('dunstctl', 'close-all')
        const { data } = JSON.parse(run('dunstctl', 'history')) as { data: Record<string, { data: unknown }>[][] }
        const fresh = (data[0] ?? []).filter((row) => Number(row.id?.data) > lastId)
        lastId = Math.max(lastId, ...fresh.map((row) => Number(row.id?.data)))
        return fresh.map((row) => ({
          summary: String(row.summary?.data),
          body: String(row.body?.data),
          appName: String(row.appname?.data),
          iconPath: String(row.icon_path?.data),
        }))
      },
      screenshot: (file) => void run('import', '-window', 'root', file),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const dunstConfig = `[global]
width = 360
history_length = 200
origin = bottom-right
offset = 16x16
font = sans 12
markup = full
format = "<b>%s</b>\\n%b"
icon_position = left
max_icon_size = 48
[urgency_normal]
background = "#171e1d"
foreground = "#e5ecea"
timeout = 0
override_dbus_timeout = 0
`

function firstLine(stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    stream.on('data', (part: Buffer) => {
      text += part.toString()
      if (text.includes('\n')) resolve(text)
    })
    stream.on('end', () => reject(new Error('the program ended before it was ready')))
  })
}

/** Poll until true; fails after fifteen seconds and says what for. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 15_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited 15 s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
