import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { FromWorker, WorkerTask } from './worker-messages.ts'

/** The worker's file beside this one: TypeScript when run from source, a bundle entry one folder up when this is a chunk. */
export function defaultWorkerUrl(from: string = import.meta.url): URL {
  const names = from.endsWith('.ts') ? ['./writer-worker.ts'] : ['./writer-worker.js', '../writer-worker.js']
  const found = names.map((name) => new URL(name, from)).find((url) => existsSync(fileURLToPath(url)))
  return found ?? new URL(names[0] ?? '', from)
}

/**
 * Start a store worker with a small heap: it holds one batch at a time, and the next one. A page of a log is some megabytes of short
 * texts: with less room for what is young they are copied about before they can be forgotten.
 */
export function startWorker(url: URL, task: WorkerTask): Worker {
  return new Worker(url, {
    workerData: task,
    name: `store-${task.role}`,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 1 },
  })
}

export interface RunningBackup {
  /** The backup's file name. */
  done: Promise<string>
  /** End it; what it wrote so far is removed by the next one. */
  cancel(): Promise<void>
}

/** Make a backup in a worker of its own, so that its checking never holds up a write. */
export function backupInWorker(url: URL, file: string, now: number): RunningBackup {
  const worker = startWorker(url, { role: 'backup', file, now })
  const done = new Promise<string>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'backup-made') resolve(message.file)
      else reject(new Error(message.kind === 'failed' ? `${message.name} ${message.code}` : message.kind))
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the backup worker ended early')))
  })
  return {
    done,
    async cancel() {
      await worker.terminate()
    },
  }
}
