import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { FromWorker, ToWorker } from '../../main/store/worker-messages.ts'

// The real worker, watched: it notes the size of every batch beside the database, and dies where a call id asks for it.
const port = parentPort
if (!port) throw new Error('a worker')
const post = port.postMessage.bind(port)
let file = ''
let dying = ''

port.on('message', (message: ToWorker) => {
  if (message.kind === 'open') file = message.file
  if (message.kind !== 'batch') return
  appendFileSync(`${file}.batches`, `${message.operations.length}\n`)
  dying =
    message.operations
      .flat()
      .find((value) => typeof value === 'string' && value.startsWith('die-'))
      ?.toString() ?? ''
  if (dying === 'die-always' || (dying === 'die-before' && isFirst())) process.exit(1)
})

port.postMessage = (message: FromWorker) => {
  if (message.kind === 'done' && dying === 'die-after' && isFirst()) process.exit(1)
  post(message)
}

function isFirst(): boolean {
  const note = `${file}.${dying}`
  if (existsSync(note)) return false
  writeFileSync(note, '')
  return true
}

await import('../../main/store/writer-worker.ts')
