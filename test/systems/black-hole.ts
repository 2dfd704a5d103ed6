import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'

/** A port whose connections are never accepted: the kernel's queue is full and nobody empties it. */
export async function startBlackHole(): Promise<{ port: number; stop(): Promise<void> }> {
  const worker = new Worker(
    `const { createServer } = require('node:net')
     const { parentPort } = require('node:worker_threads')
     const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port)
       setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
     })`,
    { eval: true },
  )
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const fillers: Socket[] = []
  for (let unanswered = 0; unanswered < 2; ) {
    const filler = connect(port, '127.0.0.1').on('error', () => {})
    fillers.push(filler)
    const connected = await new Promise<boolean>((resolve) => {
      filler.once('connect', () => resolve(true))
      setTimeout(() => resolve(false), 60)
    })
    unanswered = connected ? 0 : unanswered + 1
    if (fillers.length > 50) throw new Error('the queue does not fill up')
  }
  return {
    port,
    async stop() {
      for (const filler of fillers) filler.destroy()
      await worker.terminate()
    },
  }
}
