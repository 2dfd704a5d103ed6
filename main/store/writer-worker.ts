import { parentPort, workerData } from 'node:worker_threads'
import { makeBackup } from './backup.ts'
import { type BatchRunner, createBatchRunner } from './batch-runner.ts'
import type { FromWorker, ToWorker, WorkerTask } from './worker-messages.ts'

// Two short tasks share this file, because a bundle has one worker entry: the writer, and the making of a backup.
const port = parentPort
if (!port) throw new Error('the store worker runs in a worker thread only')
const reply = (message: FromWorker) => port.postMessage(message)
const task = workerData as WorkerTask

if (task.role === 'backup') {
  try {
    const made = await makeBackup(task.file, task.now)
    reply({ kind: 'backup-made', file: made })
  } catch (error) {
    reply(failure(error))
  }
} else {
  serveWrites()
}

function serveWrites(): void {
  let runner: BatchRunner | null = null

  function handle(message: ToWorker): void {
    if (message.kind === 'open') {
      runner = createBatchRunner(message.file)
      reply({ kind: 'ready' })
    } else if (message.kind === 'batch') {
      if (!runner) throw new Error('not open')
      reply({ kind: 'done', ...runner.run(message.operations) })
    } else if (message.kind === 'checkpoint') {
      runner?.checkpoint()
    } else {
      runner?.close()
      reply({ kind: 'closed' })
      port?.close()
    }
  }

  port?.on('message', (message: ToWorker) => {
    try {
      handle(message)
    } catch (error) {
      reply(failure(error))
    }
  })
}

function failure(error: unknown): FromWorker {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return { kind: 'failed', code, name: error instanceof Error ? error.name : 'unknown failure' }
}
