import { rpc } from '../../rpc/index.ts'

/** The rows that did not get through, as a file that the browser saves. */
export async function saveReport(id: string): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for await (const event of await rpc.imports.report({ id })) {
    if (event.kind === 'data') pieces.push(new Uint8Array(event.bytes))
    if (event.kind !== 'done') continue
    const url = URL.createObjectURL(new Blob(pieces, { type: event.type }))
    const link = document.createElement('a')
    link.href = url
    link.download = event.fileName
    link.click()
    // The browser has taken the file by the next turn; the memory is given back after that.
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
}
