import type { ChosenFile } from '../../../preload/contract/index.ts'
import type { UploadFile } from '../ports/index.ts'

const pieceBytes = 64 * 1024

/** A file that lies in memory, sent in pieces so that its progress can be seen. */
export function uploadOf({ name, type, bytes }: ChosenFile): UploadFile {
  return {
    name,
    type,
    size: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
    },
  }
}

/** A file of which only the name is known: enough to show a request, never sent. */
export function namedFile(file: { name: string; type: string; size: number }): UploadFile {
  return { ...file, async *open() {} }
}
