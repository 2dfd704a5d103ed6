import type { Readable } from 'node:stream'
import { type Entry, open as openZip, type ZipFile } from 'yauzl'
import { importLimits } from '../core/imports/limits.ts'
import { FileProblem } from './file-problem.ts'

/** The parts of a workbook by name, unpacked piece by piece; what comes out is counted, never believed. */
export interface WorkbookParts {
  has(name: string): boolean
  /** Unpacked, as the archive says; a part that is larger is `damaged` when it is read. */
  bytesOf(name: string): number
  /** May be read again. Throws FileProblem `too-much-inside`, `damaged`, `encrypted`. */
  read(name: string): AsyncGenerator<Buffer, void>
  close(): void
}

/** Throws FileProblem: `damaged`, `too-many-parts`, `too-much-inside`, `encrypted`. */
export async function openParts(path: string): Promise<WorkbookParts> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    openZip(
      path,
      { lazyEntries: true, autoClose: false, strictFileNames: false, validateEntrySizes: true },
      (error, file) => (error || !file ? reject(new FileProblem('damaged')) : resolve(file)),
    )
  })
  const entries = new Map<string, Entry>()
  try {
    await listEntries(zip, entries)
  } catch (error) {
    zip.close()
    throw error
  }
  let total = 0
  /** Bytes of each part that are in the total. */
  const counted = new Map<Entry, number>()
  return {
    has: (name) => entries.has(name.toLowerCase()),
    bytesOf: (name) => entries.get(name.toLowerCase())?.uncompressedSize ?? 0,
    async *read(name) {
      const entry = entries.get(name.toLowerCase())
      if (!entry) throw new FileProblem('damaged')
      if ((entry.generalPurposeBitFlag & 1) !== 0) throw new FileProblem('encrypted')
      const stream = await new Promise<Readable>((resolve, reject) => {
        zip.openReadStream(entry, (error, opened) =>
          error || !opened ? reject(new FileProblem('damaged')) : resolve(opened),
        )
      })
      let bytes = 0
      try {
        for await (const piece of stream) {
          const chunk = piece as Buffer
          bytes += chunk.length
          const more = Math.max(0, bytes - (counted.get(entry) ?? 0))
          if (more > 0) counted.set(entry, bytes)
          total += more
          if (bytes > importLimits.partBytes || total > importLimits.allPartsBytes)
            throw new FileProblem('too-much-inside')
          yield chunk
        }
      } catch (error) {
        throw error instanceof FileProblem ? error : new FileProblem('damaged')
      } finally {
        stream.destroy()
      }
    },
    close: () => zip.close(),
  }
}

/** Of the head before a part, without its name. */
const localHeadBytes = 30

function listEntries(zip: ZipFile, entries: Map<string, Entry>): Promise<void> {
  let claimed = 0
  const places: { from: number; to: number }[] = []
  return new Promise((resolve, reject) => {
    if (zip.entryCount > importLimits.sheetParts) {
      reject(new FileProblem('too-many-parts'))
      return
    }
    zip.on('error', () => reject(new FileProblem('damaged')))
    zip.on('end', () => {
      places.sort((one, other) => one.from - other.from)
      // Parts that lie on one another are how a small file becomes an endless one; no program writes them.
      if (places.some(({ from }, at) => at > 0 && from < places[at - 1]!.to)) reject(new FileProblem('damaged'))
      else resolve()
    })
    zip.on('entry', (entry: Entry) => {
      claimed += entry.uncompressedSize
      if (entries.size >= importLimits.sheetParts) return reject(new FileProblem('too-many-parts'))
      // A size that is a lie is found out while unpacking; one that is honest and too large need not be unpacked.
      if (entry.uncompressedSize > importLimits.partBytes || claimed > importLimits.allPartsBytes)
        return reject(new FileProblem('too-much-inside'))
      const name = entry.fileName.toLowerCase().replaceAll('\\', '/').replace(/^\//, '')
      if (entries.has(name)) return reject(new FileProblem('damaged'))
      entries.set(name, entry)
      const from = entry.relativeOffsetOfLocalHeader
      places.push({ from, to: from + localHeadBytes + entry.compressedSize })
      zip.readEntry()
    })
    zip.readEntry()
  })
}
