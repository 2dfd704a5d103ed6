import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { CoreError } from '../core/errors.ts'
import { UsageError } from './usage.ts'

/** A file that is there whole or not at all: written beside its place, moved there when it is complete. */
export interface OutputFile {
  write(chunk: Uint8Array): Promise<void>
  /** Everything has come. */
  keep(): Promise<void>
  /** It did not: nothing is left behind. */
  drop(): Promise<void>
}

/** Errors: UsageError when nothing can be written there. */
export async function openOutput(path: string, option = '--output'): Promise<OutputFile> {
  const target = resolve(path)
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.part`)
  if ((await stat(target).catch(() => null))?.isDirectory())
    throw new UsageError(`${option} ${path} is a folder`, `${option} ${path} 是文件夹，不是文件`)
  let file: FileHandle
  try {
    file = await open(draft, 'wx', 0o600)
  } catch (error) {
    throw new UsageError(
      `${option} ${path} cannot be written (${codeOf(error)})`,
      `${option} ${path} 写不进去（${codeOf(error)}）`,
    )
  }
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await file.close()
  }
  const drop = async () => {
    await close()
    await rm(draft, { force: true })
  }
  return {
    async write(chunk) {
      for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten
    },
    async keep() {
      try {
        await file.sync()
        await close()
        await rename(draft, target)
      } catch (cause) {
        await drop()
        const reason = `${path} cannot be written (${codeOf(cause)})`
        throw new CoreError('storage-failed', { field: option, reason }, cause)
      }
    },
    drop,
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown failure')
