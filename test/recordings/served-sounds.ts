import type { ServerResponse } from 'node:http'
import { atEnd } from './opened-recordings.ts'
import { type SoundServer, startSoundServer } from './sound-server.ts'
import { halfLoud } from './wave-samples.ts'

/** Two seconds, and the call that they are of. */
export const sound = halfLoud(2)
export const id = '143104544@192.168.1.102'

/** A PBX with sounds, gone after the test. */
export async function serve(answer: Parameters<typeof startSoundServer>[0]): Promise<SoundServer> {
  const server = await startSoundServer(answer)
  atEnd(() => server.stop())
  return server
}
export const telcrm = ({ baseUrl }: SoundServer) => ({ system: 'telcrm', baseUrl })
export const send = (response: ServerResponse, body: Buffer | string, type = 'audio/x-wav', status = 200) => {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
/** Code and reason of the error. */
export const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => ['stored'],
    (error) => [error.code, error.details?.reason],
  )
