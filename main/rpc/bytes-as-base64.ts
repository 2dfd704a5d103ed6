import { byteSerializer } from '../../preload/contract/index.ts'

/** Files in messages, at this end. */
export const bytesAsBase64 = byteSerializer({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
})
