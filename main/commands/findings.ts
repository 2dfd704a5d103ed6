import { existsSync, readFileSync } from 'node:fs'
import { access, constants, open, rm, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Connection, Problem } from '../../preload/contract/index.ts'
import { toProblem } from '../core/errors.ts'
import { electronProgram, electronVersion } from '../runtime/electron-runtime.ts'
import { portOwner } from '../runtime/port-owner.ts'
import { programVersion } from '../runtime/program-files.ts'
import { checkDatabase } from '../store/check-file.ts'
import { openSystem } from '../systems/index.ts'
import { type Configured, quietLog } from './configured.ts'
import { sentenceFor, technicalPart } from './sentences.ts'

/** One thing that was looked at. `warn` is worth knowing and no failure. */
export interface Finding {
  check: string
  state: 'ok' | 'warn' | 'failed'
  zh: string
  en: string
  /** The same for programs. */
  facts: Record<string, unknown>
}

const gigabyte = 1e9
const leastDiskBytes = 0.2 * gigabyte

/** Looks at everything that a call notice or an operation needs. Changes nothing; never rejects. */
export async function diagnose(configured: Configured): Promise<Finding[]> {
  const { connections } = configured.settings
  const checked = await Promise.all([
    listener(configured),
    dataFolder(configured.dataDir),
    disk(configured.dataDir),
    ...connections.map((one) => connection(one, configured)),
  ])
  const none: Finding = {
    ...{ check: 'connections', state: 'warn', facts: { count: 0 } },
    zh: `没有设置话机系统：请写在 ${configured.settingsFile} 的 connections 里。`,
    en: `No telephone system is configured: see "connections" in ${configured.settingsFile}.`,
  }
  return [
    program(),
    ...settings(configured),
    database(configured.dataDir),
    ...checked,
    ...(connections.length === 0 ? [none] : []),
  ]
}

function program(): Finding {
  const electron = process.versions.electron ?? electronVersion()
  const isHere = process.versions.electron !== undefined || electronProgram() !== null
  const facts = {
    ...{ version: programVersion(), node: process.versions.node, electron, electronRuntime: isHere },
    ...{ platform: process.platform, arch: process.arch },
  }
  const line = `Frontbell ${facts.version}, Node ${facts.node}, Electron ${electron ?? '–'}`
  const machine = `${facts.platform} ${facts.arch}`
  return {
    ...{ check: 'program', state: 'ok', facts },
    zh: `${line}${isHere ? '' : '（没有运行时，用浏览器打开）'}，${machine}。`,
    en: `${line}${isHere ? '' : ' (its runtime is not here: the browser is used)'}, ${machine}.`,
  }
}

function settings({ settingsFile, problems }: Configured): Finding[] {
  if (problems.length === 0) {
    const there = existsSync(settingsFile)
    return [
      {
        ...{ check: 'settings', state: 'ok', facts: { file: settingsFile, exists: there } },
        zh: there ? `${settingsFile} 没有错误。` : `还没有 ${settingsFile}，用默认设置。`,
        en: there ? `${settingsFile} is in order.` : `There is no ${settingsFile} yet; the defaults hold.`,
      },
    ]
  }
  return problems.map((problem) => ({
    ...{ check: 'settings', state: 'failed', facts: { file: settingsFile, ...problem } },
    zh: `${problem.field} 不对（${problem.reason}），没有生效。请改 ${settingsFile}。`,
    en: `${problem.field} ${problem.reason}; it is not in force. Correct ${settingsFile}.`,
  }))
}

function database(dataDir: string): Finding {
  const file = join(dataDir, 'frontbell.sqlite')
  const health = checkDatabase(file)
  const facts = { file, ...health }
  if (health.kind === 'missing')
    return {
      ...{ check: 'database', state: 'ok', facts },
      zh: '还没有数据库，第一次启动时建立。',
      en: 'No database yet; the first start makes it.',
    }
  if (health.kind === 'sound') {
    const size = `${(health.bytes / 1e6).toFixed(1)} MB`
    return {
      ...{ check: 'database', state: 'ok', facts },
      zh: `${file} 完好（${size}）。`,
      en: `${file} is sound (${size}).`,
    }
  }
  return {
    ...{ check: 'database', state: 'failed', facts },
    zh: `${file} 有问题（${health.why}）。重新启动程序会用最近的备份修复。`,
    en: `${file} has a problem (${health.why}). Restart the program: it repairs it from the newest backup.`,
  }
}

async function dataFolder(dataDir: string): Promise<Finding> {
  const facts = { dataDir }
  if (!existsSync(dataDir))
    return {
      ...{ check: 'data-folder', state: 'ok', facts },
      zh: `还没有 ${dataDir}，第一次启动时建立。`,
      en: `There is no ${dataDir} yet; the first start makes it.`,
    }
  const probe = join(dataDir, `.diagnose-${process.pid}`)
  try {
    await access(dataDir, constants.W_OK)
    await (await open(probe, 'wx', 0o600)).close()
    await rm(probe)
    return {
      ...{ check: 'data-folder', state: 'ok', facts },
      zh: `${dataDir} 可写。`,
      en: `${dataDir} can be written.`,
    }
  } catch (error) {
    const reason = codeOf(error)
    return {
      ...{ check: 'data-folder', state: 'failed', facts: { ...facts, reason } },
      zh: `${dataDir} 不能写（${reason}）：来电不会保存。请检查权限和磁盘。`,
      en: `${dataDir} cannot be written (${reason}): calls are not kept. Check permissions and disk.`,
    }
  }
}

async function disk(dataDir: string): Promise<Finding> {
  let folder = dataDir
  while (!existsSync(folder)) folder = join(folder, '..')
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  const size = `${(freeBytes / gigabyte).toFixed(1)} GB`
  const enough = freeBytes >= leastDiskBytes
  return {
    ...{ check: 'disk', state: enough ? 'ok' : 'failed', facts: { freeBytes } },
    zh: enough ? `磁盘还有 ${size}。` : `磁盘只剩 ${size}：请清理，否则来电不会保存。`,
    en: enough ? `${size} free on the disk.` : `Only ${size} free on the disk: make room, or calls are not kept.`,
  }
}

async function listener({ settings: { listener }, dataDir }: Configured): Promise<Finding> {
  const { host, port } = listener
  const failure = await tryPort(host, port)
  const runningPid = pidOf(join(dataDir, 'instance.lock'))
  const at = `${host}:${port}`
  if (failure === null) {
    const facts = { host, port, state: 'free' }
    return runningPid === null
      ? {
          ...{ check: 'listener', state: 'ok', facts },
          zh: `端口 ${at} 空着（前铃没有运行）。`,
          en: `Port ${at} is free (Frontbell is not running).`,
        }
      : {
          ...{ check: 'listener', state: 'warn', facts },
          zh: `前铃在运行，但没有用端口 ${at}。`,
          en: `Frontbell runs, but not on port ${at}.`,
        }
  }
  if (failure !== 'EADDRINUSE') {
    return {
      ...{ check: 'listener', state: 'failed', facts: { host, port, state: 'failed', reason: failure } },
      zh: `不能在 ${at} 接收来电通知（${failure}）。请检查设置里的监听地址和端口。`,
      en: `Call notices cannot be received at ${at} (${failure}). Check the listener's address and port in the settings.`,
    }
  }
  const owner = await portOwner(port)
  if (owner && owner.pid === runningPid) {
    const facts = { host, port, state: 'ours', pid: owner.pid }
    return {
      ...{ check: 'listener', state: 'ok', facts },
      zh: `前铃正在 ${at} 接收来电通知。`,
      en: `Frontbell receives call notices at ${at}.`,
    }
  }
  const who = owner ? `${owner.name ?? ''} (${owner.pid})`.trim() : '?'
  return {
    ...{ check: 'listener', state: 'failed', facts: { host, port, state: 'taken', by: owner } },
    zh: `端口 ${at} 被别的程序占用：${who}。请关掉它，或在设置里换一个端口。`,
    en: `Port ${at} is taken by another program: ${who}. End it, or choose another port in the settings.`,
  }
}

/** Null when it could be had, else the system's code. It is given back at once. */
function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(codeOf(error)))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)))
  })
}

function pidOf(lockFile: string): number | null {
  if (!existsSync(lockFile)) return null
  const pid = Number(readFileSync(lockFile, 'utf8'))
  try {
    process.kill(pid, 0)
    return pid
  } catch (error) {
    return codeOf(error) === 'EPERM' ? pid : null
  }
}

async function connection(one: Connection, configured: Configured): Promise<Finding> {
  const { id, system, baseUrl } = one
  const facts = { connection: id, system, address: new URL(baseUrl).host }
  const check = `connection ${id}`
  const startedAt = performance.now()
  const problem = await checkConnection(one)
  const ms = Math.round(performance.now() - startedAt)
  if (!problem) {
    return {
      ...{ check, state: 'ok', facts: { ...facts, ms } },
      zh: `${system} ${facts.address} 应答了（${ms} ms）。`,
      en: `${system} at ${facts.address} answers (${ms} ms).`,
    }
  }
  const failed = { ...facts, ms, problem }
  const sealed = configured.sealedSecrets(one)
  if (problem.code === 'auth-failed' && sealed.length > 0) {
    return {
      ...{ check, state: 'warn', facts: { ...failed, sealed } },
      zh: `${system} ${facts.address} 在，但密钥（${sealed.join('、')}）只有桌面程序能读，这里不能试。`,
      en: `${system} at ${facts.address}: ${sealed.join(', ')} can be read by the desktop program only, so it cannot be tried here.`,
    }
  }
  const technical = technicalPart(problem)
  const why = (locale: 'zh-CN' | 'en') => {
    const explained = problem.details.explained?.[locale === 'en' ? 'en' : 'zh']
    return `${explained ?? sentenceFor(locale, problem, system)}${technical === null ? '' : ` (${technical})`}`
  }
  return {
    ...{ check, state: 'failed', facts: failed },
    zh: `${system} ${facts.address}：${why('zh-CN')}`,
    en: `${system} at ${facts.address}: ${why('en')}`,
  }
}

async function checkConnection(one: Connection): Promise<Problem | null> {
  try {
    const system = await openSystem(one, { log: quietLog() })
    try {
      await system.check()
      return null
    } finally {
      await system.close()
    }
  } catch (error) {
    return toProblem(error)
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown failure')
