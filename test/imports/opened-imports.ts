import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type ImportPlan, type ImportProgress, Settings } from '../../preload/contract/index.ts'
import { handOver, importsOver, tryOut } from './imports-over.ts'

// Tests share one slow disk.
const memoryDisk = '/dev/shm'
const reading = { sheet: null, encoding: null, delimiter: null, hasHeader: null }

/** Imports with their reading thread and a database file, in a folder that is gone after the test. */
export async function openedImports(
  given: { dir?: string; baseUrl?: string; requestBytes?: number; onChange?(): void } = {},
) {
  const dir = given.dir ?? mkdtempSync(join(existsSync(memoryDisk) ? memoryDisk : tmpdir(), 'frontbell-imports-'))
  const connection = { id: 'pbx', system: 'telcrm', baseUrl: given.baseUrl ?? 'http://127.0.0.1:9', extension: '802' }
  const settings = Settings.parse({
    connections: [connection],
    ...(given.requestBytes !== undefined && { imports: { requestBytes: given.requestBytes } }),
  })
  const opened = await importsOver(dir, settings, () => given.onChange?.())
  const { store, imports, log } = opened
  let isOpen = true
  async function close(): Promise<void> {
    if (!isOpen) return
    isOpen = false
    await opened.close()
  }
  onTestFinished(async () => {
    await close()
    if (given.dir === undefined) rmSync(dir, { recursive: true, force: true })
  })

  /** Handed over, looked at and tried: a start is what comes next. */
  async function prepare(content: string | Uint8Array<ArrayBuffer>, plan: Partial<ImportPlan> = {}): Promise<string> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const id = await handOver(imports, bytes)
    const kind = plan.kind ?? 'contacts'
    const { mapping } = await imports.desk.inspect({ id, kind, reading })
    const whole: ImportPlan = {
      ...{ kind, mapping, target: 'local', connection: 'pbx', suggestions: [], known: 'fill' },
      ...{ pbxGroup: 1, pbxAssistant: -1, ...plan },
    }
    await tryOut(imports, { id, reading: { ...reading, hasHeader: true }, plan: whole, fixes: [] })
    return id
  }
  /** To its end. */
  async function run(
    content: string | Uint8Array<ArrayBuffer>,
    plan: Partial<ImportPlan> = {},
  ): Promise<ImportProgress> {
    const id = await prepare(content, plan)
    await imports.desk.start({ id })
    return imports.settled(id)
  }
  return { dir, store, imports, log, prepare, run, close }
}
