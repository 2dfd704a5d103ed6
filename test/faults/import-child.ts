import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openImports } from '../../main/compose/imports.ts'
import { createSystemClock } from '../../main/runtime/system-clock.ts'
import { openStore } from '../../main/store/open.ts'
import { openSystem } from '../../main/systems/index.ts'
import type { CheckEvent } from '../../preload/contract/index.ts'
import { Settings } from '../../preload/contract/index.ts'
import { createListLog } from '../core/calls/manual-clock.ts'

// The program as far as an import needs it: goes on with what is under way, else begins; says at the end how it went.
const [dir = '', file = '', baseUrl = ''] = process.argv.slice(2)
const log = createListLog()
const realClock = createSystemClock(log)
const connection = { id: 'pbx', system: 'telcrm', baseUrl, extension: '802' }
const settings = Settings.parse({ connections: [connection] })
const store = await openStore({ file: join(dir, 'frontbell.sqlite'), clock: realClock, log })
const system = await openSystem(settings.connections[0]!, { log })
const imports = openImports({
  ...{ clock: realClock, log, dataDir: dir, store, directory: store.directory },
  settings: () => settings,
  system: async () => system,
  onChange: () => undefined,
})
await imports.restore()
let id = imports.snapshot().imports[0]?.id
if (id === undefined) {
  const bytes = readFileSync(file)
  ;({ id } = await imports.desk.begin({ name: '客户.csv', size: bytes.length }))
  await imports.desk.append({ id, at: 0, bytes: new Uint8Array(bytes) })
  const reading = { sheet: null, encoding: null, delimiter: null, hasHeader: null }
  const { mapping } = await imports.desk.inspect({ id, kind: 'contacts', reading })
  const plan = {
    ...{ kind: 'contacts' as const, mapping, target: 'both' as const, connection: 'pbx', suggestions: [] },
    ...{ known: 'fill' as const, pbxGroup: 1, pbxAssistant: -1 },
  }
  const events = await imports.desk.check({ id, reading: { ...reading, hasHeader: true }, plan, fixes: [] })
  for await (const event of events as AsyncIterable<CheckEvent>) if (event.kind === 'done') break
  await imports.desk.start({ id })
}
const end = await imports.settled(id)
process.stdout.write(`${JSON.stringify(end)}\n`)
await imports.stop()
await system.close()
await store.close()
