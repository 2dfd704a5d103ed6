import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { z } from 'zod'
import { CoreError } from '../../main/core/errors.ts'
import type { UploadFile } from '../../main/core/ports/index.ts'
import type { Authenticator } from '../../main/systems/kit/auth.ts'
import { operation } from '../../main/systems/kit/operation.ts'
import { uploadFile } from '../../main/systems/kit/params.ts'
import { binary, resultCode } from '../../main/systems/kit/response.ts'
import { type Limits, openSession } from '../../main/systems/kit/session.ts'
import { recordedLog } from './recorded-log.ts'

export const facts = { title: 'Test', titleZh: '测试', doc: 'none', retry: 'safe' } as const
export const download = operation({
  ...facts,
  id: 'x.download',
  method: 'GET',
  path: '/file',
  params: z.object({}),
  response: binary(),
})
export const upload = operation({
  ...facts,
  id: 'x.upload',
  method: 'POST',
  path: '/upload',
  params: z.object({ title: z.string(), file: uploadFile() }),
  body: 'multipart',
  response: resultCode(),
  retry: 'never',
})

const toEnd: (() => unknown)[] = []
/** What a test opened, the last first. */
export async function endAll(): Promise<void> {
  for (const end of toEnd.splice(0).reverse()) await end()
}
export const endLater = (end: () => unknown) => void toEnd.push(end)

export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  toEnd.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export function open(baseUrl: string, limits: Partial<Limits> = {}, auth?: Authenticator) {
  const session = openSession({ connection: 'c', system: 'x', baseUrl, errors: {}, log: recordedLog(), limits, auth })
  toEnd.push(() => session.close())
  return session
}

export async function failure(running: Promise<unknown>) {
  const error = await running.then(
    () => new Error('did not fail'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(CoreError)
  const { code, details } = error as CoreError
  return { code, reason: details.reason }
}

/** Writes as fast as the reader takes it. */
export async function pump(
  response: ServerResponse,
  chunks: number,
  chunk: Buffer,
  sent?: { bytes: number },
): Promise<void> {
  for (let n = 0; n < chunks && !response.destroyed; n += 1) {
    if (sent) sent.bytes += chunk.length
    if (!response.write(chunk)) await drained(response)
  }
  response.end()
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go)
      resolve()
    }
    response.on('drain', go).on('close', go)
  })
}

export const noise = (bytes: number) => Buffer.alloc(bytes, 'RIFF\u0000\u0001wave')
export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

export function keeper(): { chunks: Buffer[]; write(chunk: Uint8Array): void } {
  const chunks: Buffer[] = []
  return { chunks, write: (chunk) => void chunks.push(Buffer.from(chunk)) }
}

/** A file of `chunks` pieces. */
export function pieces(
  chunk: Buffer,
  chunks: number,
  each?: (nth: number) => unknown,
  size = chunk.length * chunks,
): UploadFile {
  return {
    name: '录音 "1".wav',
    type: 'audio/wav',
    size,
    async *open() {
      for (let nth = 0; nth < chunks; nth += 1) {
        await each?.(nth)
        yield chunk
      }
    },
  }
}

export const swallow = (request: IncomingMessage, response: ServerResponse, then?: (bytes: number) => void) => {
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  request.on('end', () => {
    then?.(bytes)
    response.end('200')
  })
}
