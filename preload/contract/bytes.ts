/** Files that travel between page and core: the largest one, bytes. What is larger belongs on the command line. */
export const maxFileBytes = 20 * 1024 * 1024

/**
 * How bytes stand in a message, which is JSON text: as base64. Both ends name it in their link, each with the base64 of
 * its own platform. The number marks the kind of value and must be the same on both ends.
 */
export function byteSerializer(base64: { encode(bytes: Uint8Array): string; decode(text: string): Uint8Array }) {
  return {
    type: 21,
    condition: (value: unknown): boolean => value instanceof Uint8Array,
    serialize: (bytes: Uint8Array): string => base64.encode(bytes),
    deserialize: (text: unknown): Uint8Array => base64.decode(String(text)),
  }
}
