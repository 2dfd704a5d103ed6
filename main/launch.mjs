#!/usr/bin/env node
/**
 * The first program to run, on whatever Node a machine has (20 or newer): installs what is missing, builds what is
 * stale, then runs the real command on the Node 24 that comes with the project. Plain JavaScript and no packages,
 * because on a fresh clone there are none. All talk goes to stderr; stdout belongs to the command.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const windows = process.platform === 'win32'
const say = (text) => process.stderr.write(`frontbell: ${text}\n`)
const digest = (text) => createHash('sha256').update(text).digest('hex')

/** Run a program with our standard streams (its stdout to stderr unless `keepStdout`); signals are passed on. */
function run(file, args, { keepStdout = false, env = process.env } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(file, args, {
      cwd: root,
      env,
      stdio: ['inherit', keepStdout ? 'inherit' : 2, 'inherit'],
      shell: windows && !keepStdout,
    })
    const pass = (signal) => child.kill(signal)
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, pass)
    child.on('error', fail)
    child.on('exit', (code, signal) => {
      for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.removeListener(name, pass)
      done(code ?? (signal ? 1 : 0))
    })
  })
}

/** Install exactly what the lock file says, once per lock file. Electron's runtime is not part of it. */
export async function ensureInstalled() {
  const lock = join(root, 'package-lock.json')
  const stamp = join(root, 'node_modules', '.frontbell-installed')
  const wanted = digest(readFileSync(lock, 'utf8'))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('installing packages (once, about a minute) …')
  // Not `npm ci`: it refuses a lock file that lacks other systems' optional binaries, and a registry mirror may not have them all.
  const code = await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0)
    throw new Error(
      `npm install failed with code ${code}. Check the network and the npm registry settings, then try again.`,
    )
  writeFileSync(stamp, wanted)
}

/** The project's own Node 24, with its folder put first in PATH for everything that it starts. */
export function projectNode() {
  const bundled = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')
  const file = Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : bundled
  if (!existsSync(file))
    throw new Error(`Node 24 is missing at ${relative(root, file)}: delete node_modules and try again.`)
  const path = `${join(root, 'node_modules', '.bin')}${windows ? ';' : ':'}${process.env.PATH ?? ''}`
  return { file, env: { ...process.env, PATH: path } }
}

const sources = [
  'main',
  'preload',
  'renderer',
  'resources',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'electron.vite.config.ts',
]

function listFiles(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => listFiles(join(path, name)))
}

/** Build into out/ when any source is newer than the last build. */
export async function ensureBuilt() {
  const stamp = join(root, 'out', '.frontbell-built')
  const seen = sources
    .flatMap((name) => listFiles(join(root, name)))
    .map((file) => {
      const { mtimeMs, size } = statSync(file)
      return `${relative(root, file)} ${mtimeMs} ${size}`
    })
  const wanted = digest(seen.join('\n'))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('building …')
  rmSync(stamp, { force: true })
  rmSync(join(root, 'out', 'compile-cache'), { recursive: true, force: true })
  const node = projectNode()
  const code = await run(
    node.file,
    [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    { env: node.env },
  )
  if (code !== 0) throw new Error('the build failed; the messages above say where.')
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

async function main(args) {
  await ensureInstalled()
  const node = projectNode()
  if (args[0] === '--run') {
    await ensureBuilt()
    return run(node.file, [join(root, args[1]), ...args.slice(2)], { keepStdout: true, env: node.env })
  }
  await ensureBuilt()
  return run(node.file, [join(root, 'out', 'main', 'cli.js'), ...args], { keepStdout: true, env: node.env })
}

if (process.argv[1] && import.meta.url === pathToFileURL(realPath(process.argv[1])).href) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code
    },
    (error) => {
      say(error.message)
      process.exitCode = 1
    },
  )
}

/** npx starts us through a link; the link's own path would not match. */
function realPath(path) {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
