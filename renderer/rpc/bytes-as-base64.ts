import { byteSerializer } from '../../preload/contract/bytes.ts'

/** Newer than TypeScript's library: in Chromium since 140, which is what the page is built for. */
type Base64Bytes = Uint8Array & { toBase64(): string }
type Base64Class = { fromBase64(text: string): Uint8Array<ArrayBuffer> }

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  (Uint8Array as unknown as Base64Class).fromBase64(text)

/** Files in messages, at this end. */
export const bytesAsBase64 = byteSerializer({
  encode: (bytes) => (bytes as Base64Bytes).toBase64(),
  decode: fromBase64,
})
