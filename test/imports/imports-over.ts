import { join } from 'node:path'
import { openImports } from '../../main/compose/imports.ts'
import { createSystemClock } from '../../main/runtime/system-clock.ts'
import { openStore } from '../../main/store/open.ts'
import { openSystem } from '../../main/systems/index.ts'
import { type CheckEvent, importPieceBytes, type Settings } from '../../preload/contract/index.ts'
import { createListLog } from '../core/calls/manual-clock.ts'

type Imports = ReturnType<typeof openImports>
type Check = Parameters<Imports['desk']['check']>[0]

/** Imports as the program has them, over a database file in `dir` and the first connection of the settings. */
export async function importsOver(dir: string, settings: Settings, onChange: () => void = () => undefined) {
  const log = createListLog()
  const clock = createSystemClock(log)
  const store = await openStore({ file: join(dir, 'frontbell.sqlite'), clock, log })
  const system = await openSystem(settings.connections[0]!, { log })
  const imports = openImports({
    ...{ clock, log, store, dataDir: dir, directory: store.directory },
    settings: () => settings,
    system: async () => system,
    onChange,
  })
  return {
    ...{ store, imports, log },
    async close(): Promise<void> {
      await imports.stop()
      await system.close()
      await store.close()
    },
  }
}

/** Hand a file over, piece by piece; → its id. */
export async function handOver({ desk }: Imports, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { id } = await desk.begin({ name: '客户.csv', size: bytes.length })
  for (let at = 0; at < bytes.length; at += importPieceBytes)
    await desk.append({ id, at, bytes: bytes.subarray(at, at + importPieceBytes) })
  return id
}

/** Try it, to the end. */
export async function tryOut({ desk }: Imports, check: Check): Promise<void> {
  const events = await desk.check(check)
  for await (const event of events as AsyncIterable<CheckEvent>) if (event.kind === 'done') break
}
