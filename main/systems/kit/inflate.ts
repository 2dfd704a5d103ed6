import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'
import { Fault } from './fault.ts'
import { lookUp } from './look-up.ts'

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>

const deflate = promisify(inflate) as Decoder
const decoders: Record<string, Decoder> = {
  gzip: promisify(gunzip) as Decoder,
  'x-gzip': promisify(gunzip) as Decoder,
  // Half of the world's servers send raw deflate under this name.
  deflate: (bytes, options) =>
    ((bytes[0] ?? 0) & 0x0f) === 8 ? deflate(bytes, options) : (promisify(inflateRaw) as Decoder)(bytes, options),
  br: promisify(brotliDecompress) as Decoder,
  zstd: promisify(zstdDecompress) as Decoder,
}

/** Undo the Content-Encoding, never producing more than `maxBytes` (a small answer may unpack to gigabytes). */
export async function inflateBody(
  bytes: Buffer,
  encoding: string | undefined,
  maxBytes: number,
  status: number,
): Promise<Buffer> {
  const layers = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity')
  if (layers.length === 0 || bytes.length === 0) return bytes
  // One layer is all that honest servers use; stacked layers are how bombs are built.
  const decoder = layers.length === 1 ? lookUp(decoders, layers[0]!) : undefined
  if (decoder === undefined) throw new Fault('unexpected-response', 'bad-encoding', { status })
  try {
    return await decoder(bytes, { maxOutputLength: maxBytes })
  } catch (cause) {
    const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    throw new Fault('unexpected-response', tooLarge ? 'too-large' : 'bad-encoding', { status, cause })
  }
}
