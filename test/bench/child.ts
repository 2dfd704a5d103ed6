import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'

export interface Child {
  process: ChildProcess
  /** First line on stdout, parsed. */
  ready: Record<string, unknown>
  /** Spawn to first line. */
  readyMs: number
  rssMb(): number
  /** CPU seconds used so far, user and system. */
  cpuSec(): number
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** A Node program that says when it is ready with one JSON line. Ended by its own handle only. */
export async function startChild(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Child> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } })
  const end = () => child.kill()
  process.once('exit', end)
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', (line) => resolve(JSON.parse(line)))
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)))
  })
  const readyMs = performance.now() - startedAt
  return {
    process: child,
    ready,
    readyMs,
    rssMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    cpuSec() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
      return (Number(fields[11]) + Number(fields[12])) / 100
    },
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
      process.removeListener('exit', end)
    },
  }
}
